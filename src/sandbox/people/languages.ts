/** A small grammar: `{slot}` stands for any line of the slot's own list, which may hold slots in turn. */
export type Language = Readonly<Record<'sentence' | 'opener' | 'reply', readonly string[]>> & {
  readonly slots: Readonly<Record<string, readonly string[]>>;
};

const english: Language = {
  sentence: [
    '{who} {did} {thing} {when}{end}',
    'has anyone {seen} {thing}?',
    '{feeling}, {thing} {is} {quality}{end}',
    'who wants to {activity} {when}?',
    'I think {thing} {is} {quality}{end}',
    'can someone {help} with {thing}?',
    '{activity} {when}, then {activity}{end}',
  ],
  opener: ['hey', 'ok so', 'lol', 'well', 'by the way,', 'hmm', 'good morning,', 'honestly'],
  reply: [
    'same',
    'no way',
    'agreed',
    'that {is} {quality}',
    'thanks!',
    'ask {who}',
    'not sure about {thing}',
  ],
  slots: {
    who: ['I', 'my brother', 'somebody', 'the new one', 'everyone'],
    did: ['finished', 'broke', 'tried', 'found', 'forgot', 'uploaded', 'rewrote'],
    seen: ['seen', 'tested', 'played', 'fixed', 'heard of'],
    thing: [
      'the {quality} map',
      'that song',
      'the last match',
      'the update',
      'my build',
      'this channel',
      'the recipe',
    ],
    is: ['is', 'looks', 'sounds', 'feels'],
    quality: ['great', 'slow', 'odd', 'better than before', 'too loud', 'really clever', 'unfinished'],
    when: ['tonight', 'yesterday', 'in an hour', 'right now', 'on Sunday', 'after work'],
    feeling: ['nice', 'oh no', 'finally', 'I like it', 'fair enough'],
    activity: ['queue up', 'watch the stream', 'draw something', 'practise', 'take a break', 'cook'],
    help: ['help', 'give me a hand', 'explain what is wrong'],
    end: ['.', '!', '', ' :)', '…'],
  },
};

const german: Language = {
  sentence: [
    '{who} {did} {when} {thing} {done}{end}',
    'kennt jemand {thing}?',
    '{feeling}, {thing} ist {quality}{end}',
    'wer hat {when} Lust auf {activity}?',
    'ich glaube, {thing} ist {quality}{end}',
    'kann mir wer bei {activity} helfen?',
  ],
  opener: ['hey', 'na gut,', 'haha', 'übrigens', 'hm', 'moin,', 'ehrlich gesagt:'],
  reply: ['stimmt', 'nie im Leben', 'danke!', 'das ist {quality}', 'frag mal {whom}', 'keine Ahnung'],
  slots: {
    who: ['ich', 'wer', 'jemand'],
    whom: ['die Neuen', 'irgendwen', 'die anderen'],
    did: ['habe', 'hab'],
    done: ['repariert', 'gefunden', 'ausprobiert', 'vergessen', 'hochgeladen'],
    thing: ['die {quality}e Karte', 'das Lied', 'die letzte Runde', 'das Update', 'den Kanal', 'das Rezept'],
    quality: ['gut', 'langsam', 'seltsam', 'laut', 'schlau', 'halb fertig'],
    when: ['heute Abend', 'gestern', 'gleich', 'am Sonntag', 'nach der Arbeit'],
    feeling: ['schön', 'oh nein', 'endlich', 'gefällt mir'],
    activity: ['eine Runde', 'den Stream', 'Zeichnen', 'Üben', 'Kochen'],
    end: ['.', '!', '', ' :)', '…'],
  },
};

const spanish: Language = {
  sentence: [
    '{who} {did} {thing} {when}{end}',
    '¿alguien conoce {thing}?',
    '{feeling}, {thing} está {quality}{end}',
    '¿quién quiere {activity} {when}?',
    'creo que {thing} está {quality}{end}',
    'vamos a {activity} {when}{end}',
  ],
  opener: ['oye', 'bueno,', 'jaja', 'por cierto,', 'buenas,', 'la verdad:'],
  reply: ['igual', 'ni hablar', 'de acuerdo', '¡gracias!', 'está {quality}', 'no sé nada de {thing}'],
  slots: {
    who: ['mi hermana', 'alguien', 'el nuevo', 'mi vecino'],
    did: ['terminó', 'rompió', 'encontró', 'probó', 'olvidó'],
    thing: ['el mapa', 'esa canción', 'la última partida', 'mi equipo', 'este canal', 'la receta'],
    quality: ['genial', 'muy lento', 'raro', 'mejor que antes', 'sin terminar'],
    when: ['esta noche', 'ayer', 'en una hora', 'ahora mismo', 'el domingo'],
    feeling: ['qué bien', 'ay no', 'por fin', 'me gusta'],
    activity: ['jugar', 'ver el directo', 'dibujar', 'practicar', 'cocinar'],
    end: ['.', '!', '', ' :)', '…'],
  },
};

const french: Language = {
  sentence: [
    '{who} a {did} {thing} {when}{end}',
    'quelqu’un connaît {thing} ?',
    '{feeling}, {thing} est {quality}{end}',
    'qui veut {activity} {when} ?',
    'je crois que {thing} est {quality}{end}',
    'on va {activity} {when}{end}',
  ],
  opener: ['salut,', 'bon,', 'mdr', 'au fait,', 'euh', 'franchement,'],
  reply: ['pareil', 'pas possible', 'd’accord', 'merci !', 'c’est {quality}', 'aucune idée pour {thing}'],
  slots: {
    who: ['ma sœur', 'quelqu’un', 'le nouveau', 'tout le monde'],
    did: ['fini', 'cassé', 'trouvé', 'essayé', 'oublié'],
    thing: ['la carte', 'cette chanson', 'la dernière partie', 'la mise à jour', 'ce salon', 'la recette'],
    quality: ['super', 'trop lent', 'bizarre', 'mieux qu’avant', 'à moitié fait'],
    when: ['ce soir', 'hier', 'dans une heure', 'dimanche', 'après le travail'],
    feeling: ['pas mal', 'oh non', 'enfin', 'j’aime bien'],
    activity: ['jouer', 'regarder le direct', 'dessiner', 's’entraîner', 'cuisiner'],
    end: ['.', ' !', '', ' :)', '…'],
  },
};

/** The first is the most widespread. */
export const languages = [english, german, spanish, french] as const;
