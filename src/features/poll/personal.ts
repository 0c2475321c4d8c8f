import { personalTable } from '../../db/personal-table.ts';

export const pollsPersonalData = personalTable({
  table: 'polls',
  column: 'created_by',
  removes: ['created_by', 'creator_locale'],
  holds:
    'The polls that you made, and the language in which I write to you about them. Removed, they stay, since others voted in them, but not that they were yours.',
  read: (sql, userId) => sql<object[]>`
    select guild_id, channel_id, message_id, question, answers, anonymous, multiple, creator_locale, closes_at, closed_at
    from polls where created_by = ${userId} order by id`,
});

export const votesPersonalData = personalTable({
  table: 'poll_votes',
  column: 'user_id',
  removes: 'rows',
  holds:
    'What you voted for in polls. Removed, it no longer counts where the poll is open; a closed poll keeps its numbers.',
  read: (sql, userId) => sql<object[]>`
    select question, answers, choices, anonymous, closes_at
    from poll_votes join polls on id = poll_id where user_id = ${userId} order by poll_id`,
});
