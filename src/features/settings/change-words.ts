import { defineWords } from '../../i18n/i18n.ts';

/** What is said while settings are changed and reset. */
export const changeWords = defineWords({
  en: {
    nothingChosen: 'Please choose at least one setting to change.',
    notAColour: 'That is not a colour. Please use six hexadecimal digits, like {example}.',
    notATimeZone:
      'I do not know the time zone “{given}”. Please choose one from the list that Discord shows while you type, like Europe/Berlin.',
    cannotLog: 'I cannot write in {channel} yet. I need these permissions there: **{permissions}**.',
    keep: 'Keep it as it is',
    kept: 'Nothing was changed.',
    reset: 'Reset',
    resetAsk: 'Reset to the default: {part}?',
    resetDone: 'Reset',
    resetNote:
      'This is how it is now. What is reset cannot be brought back; </settings export> keeps a copy.',
  },
  de: {
    nothingChosen: 'Bitte wähle mindestens eine Einstellung, die du ändern möchtest.',
    notAColour: 'Das ist keine Farbe. Bitte nimm sechs hexadezimale Ziffern, wie {example}.',
    notATimeZone:
      'Die Zeitzone „{given}“ kenne ich nicht. Bitte wähle eine aus der Liste, die Discord beim Tippen zeigt, wie Europe/Berlin.',
    cannotLog: 'In {channel} kann ich noch nicht schreiben. Dort fehlt mir: **{permissions}**.',
    keep: 'So lassen',
    kept: 'Es wurde nichts geändert.',
    reset: 'Zurücksetzen',
    resetAsk: 'Auf den Anfang zurücksetzen: {part}?',
    resetDone: 'Zurückgesetzt',
    resetNote:
      'So ist es jetzt. Was zurückgesetzt ist, lässt sich nicht wiederherstellen; </settings export> bewahrt eine Kopie.',
  },
  fr: {
    nothingChosen: 'Veuillez choisir au moins un paramètre à modifier.',
    notAColour: 'Ce n’est pas une couleur. Veuillez utiliser six chiffres hexadécimaux, comme {example}.',
    notATimeZone:
      'Je ne connais pas le fuseau horaire « {given} ». Veuillez en choisir un dans la liste que Discord affiche pendant la saisie, comme Europe/Paris.',
    cannotLog: 'Je ne peux pas encore écrire dans {channel}. Il m’y manque : **{permissions}**.',
    keep: 'Laisser tel quel',
    kept: 'Rien n’a été modifié.',
    reset: 'Réinitialiser',
    resetAsk: 'Remettre à la valeur de départ : {part} ?',
    resetDone: 'Réinitialisé',
    resetNote:
      'Voici l’état actuel. Ce qui est réinitialisé ne peut pas être récupéré ; </settings export> en garde une copie.',
  },
  es: {
    nothingChosen: 'Elige al menos un ajuste para cambiar.',
    notAColour: 'Eso no es un color. Usa seis cifras hexadecimales, como {example}.',
    notATimeZone:
      'No conozco la zona horaria «{given}». Elige una de la lista que Discord muestra mientras escribes, como Europe/Madrid.',
    cannotLog: 'Todavía no puedo escribir en {channel}. Allí me falta: **{permissions}**.',
    keep: 'Dejarlo como está',
    kept: 'No se ha cambiado nada.',
    reset: 'Restablecer',
    resetAsk: '¿Devolver al valor inicial: {part}?',
    resetDone: 'Restablecido',
    resetNote:
      'Así está ahora. Lo que se restablece no se puede recuperar; </settings export> guarda una copia.',
  },
  ko: {
    nothingChosen: '바꿀 설정을 하나 이상 골라 주세요.',
    notAColour: '색이 아니에요. {example}처럼 16진수 여섯 자리를 써 주세요.',
    notATimeZone:
      '“{given}” 시간대를 몰라요. 입력할 때 Discord가 보여주는 목록에서 골라 주세요. 예: Asia/Seoul',
    cannotLog: '아직 {channel}에 쓸 수 없어요. 거기에서 없는 권한: **{permissions}**.',
    keep: '그대로 두기',
    kept: '바뀐 것은 없어요.',
    reset: '초기화',
    resetAsk: '처음 값으로 되돌릴까요: {part}',
    resetDone: '되돌렸어요',
    resetNote:
      '지금은 이래요. 되돌린 것은 복구할 수 없어요. </settings export> 명령어로 사본을 남길 수 있어요.',
  },
});
