import { personalTable } from '../../db/personal-table.ts';

export const giveawaysPersonalData = personalTable({
  table: 'giveaways',
  column: 'host_id',
  removes: ['host_id', 'host_locale'],
  holds: {
    en: 'The giveaways that you started, and the language in which I write to you about them. Once this is deleted, the giveaways stay, since others entered them, but nothing says that they were yours.',
    de: 'Die Verlosungen, die du gestartet hast, und die Sprache, in der ich dir darüber schreibe. Nach dem Löschen bleiben sie, weil andere teilnehmen, aber nicht, dass sie von dir waren.',
    fr: 'Les tirages au sort que vous avez lancés, et la langue dans laquelle je vous écris à leur sujet. Après suppression, ils restent, car d’autres y participent, mais plus rien ne dit qu’ils étaient les vôtres.',
    es: 'Los sorteos que iniciaste y el idioma en que te escribo sobre ellos. Al borrarlo se quedan, porque otros participan, pero no que eran tuyos.',
    ko: '직접 시작하신 추첨과, 그에 관해 안내해 드릴 때 쓰는 언어예요. 지우면 다른 분들이 참여한 추첨은 남지만, 누가 시작했는지는 남지 않아요.',
  },
  read: (sql, userId) => sql<object[]>`
    select guild_id, channel_id, message_id, prize, winners, role_id, host_locale, state, ends_at, ended_at
    from giveaways where host_id = ${userId} order by id`,
});

export const entriesPersonalData = personalTable({
  table: 'giveaway_entries',
  column: 'user_id',
  removes: 'rows',
  holds: {
    en: 'The giveaways that you entered. Once this is deleted, you no longer take part in those that are open.',
    de: 'Die Verlosungen, an denen du teilgenommen hast. Nach dem Löschen nimmst du an den noch offenen nicht mehr teil.',
    fr: 'Les tirages au sort auxquels vous avez participé. Après suppression, vous ne participez plus à ceux qui sont ouverts.',
    es: 'Los sorteos en los que participaste. Al borrarlo, ya no participas en los que están abiertos.',
    ko: '참여하신 추첨이에요. 지우면 진행 중인 추첨에서 빠져요.',
  },
  read: (sql, userId) => sql<object[]>`
    select prize, entered, state, ends_at
    from giveaway_entries join giveaways on id = giveaway_id where user_id = ${userId} order by giveaway_id`,
});

export const winnersPersonalData = personalTable({
  table: 'giveaway_winners',
  column: 'user_id',
  removes: 'rows',
  holds: {
    en: 'What you won in giveaways. Once this is deleted, I no longer know that you won.',
    de: 'Was du in Verlosungen gewonnen hast. Nach dem Löschen weiß ich nicht mehr, dass du gewonnen hast.',
    fr: 'Ce que vous avez gagné aux tirages au sort. Après suppression, je ne sais plus que vous avez gagné.',
    es: 'Lo que ganaste en sorteos. Al borrarlo, ya no sé que ganaste.',
    ko: '추첨에서 당첨되신 내역이에요. 지우면 당첨되신 것을 더는 알지 못해요.',
  },
  read: (sql, userId) => sql<object[]>`
    select prize, number, place from giveaway_winners join giveaways on id = giveaway_id
    where user_id = ${userId} order by giveaway_id, number`,
});
