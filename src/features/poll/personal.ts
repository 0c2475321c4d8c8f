import { personalTable } from '../../db/personal-table.ts';

export const pollsPersonalData = personalTable({
  table: 'polls',
  column: 'created_by',
  removes: ['created_by', 'creator_locale'],
  holds: {
    en: 'The polls that you made, and the language in which I write to you about them. Once this is deleted, the polls stay, since others voted in them, but nothing says that they were yours.',
    de: 'Die Umfragen, die du gestartet hast, und die Sprache, in der ich dir darüber schreibe. Nach dem Löschen bleiben sie, weil andere abgestimmt haben, aber nicht, dass sie von dir waren.',
    fr: 'Les sondages que vous avez créés, et la langue dans laquelle je vous écris à leur sujet. Après suppression, ils restent, car d’autres y ont voté, mais plus rien ne dit qu’ils étaient les vôtres.',
    es: 'Las encuestas que creaste y el idioma en que te escribo sobre ellas. Al borrarlo se quedan, porque otros han votado, pero no que eran tuyas.',
    ko: '직접 만드신 투표와, 그에 관해 안내해 드릴 때 쓰는 언어예요. 지우면 다른 분들이 참여한 투표는 남지만, 누가 만들었는지는 남지 않아요.',
  },
  read: (sql, userId) => sql<object[]>`
    select guild_id, channel_id, message_id, question, answers, anonymous, multiple, creator_locale, closes_at, closed_at
    from polls where created_by = ${userId} order by id`,
});

export const votesPersonalData = personalTable({
  table: 'poll_votes',
  column: 'user_id',
  removes: 'rows',
  holds: {
    en: 'What you voted for in polls. Once this is deleted, your vote no longer counts in polls that are open; closed ones keep their numbers.',
    de: 'Wofür du in Umfragen gestimmt hast. Nach dem Löschen zählt es in offenen Umfragen nicht mehr; beendete behalten ihre Zahlen.',
    fr: 'Ce que vous avez voté dans les sondages. Après suppression, cela ne compte plus dans les sondages ouverts ; ceux qui sont clos gardent leurs chiffres.',
    es: 'Lo que votaste en las encuestas. Al borrarlo, ya no cuenta en las que están abiertas; las cerradas conservan sus cifras.',
    ko: '투표에서 고르신 답이에요. 지우면 진행 중인 투표에서는 더 이상 세지 않고, 끝난 투표의 숫자는 그대로예요.',
  },
  read: (sql, userId) => sql<object[]>`
    select question, answers, choices, anonymous, closes_at
    from poll_votes join polls on id = poll_id where user_id = ${userId} order by poll_id`,
});
