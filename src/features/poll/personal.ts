import type { PersonalTable } from '../../db/personal-table.ts';

export const pollsPersonalData: PersonalTable = {
  table: 'polls',
  columns: ['created_by'],
  holds:
    'The polls that you made. Removed, they stay, since others voted in them, but not that they were yours.',
  read: (sql, userId) => sql<object[]>`
    select guild_id, channel_id, message_id, question, answers, anonymous, multiple, closes_at, closed_at
    from polls where created_by = ${userId} order by id`,
  async erase(sql, userId) {
    const { count } =
      await sql`update polls set created_by = null, creator_locale = null where created_by = ${userId}`;
    return count;
  },
};

export const votesPersonalData: PersonalTable = {
  table: 'poll_votes',
  columns: ['user_id'],
  holds:
    'What you voted for in polls. Removed, it no longer counts where the poll is open; a closed poll keeps its numbers.',
  read: (sql, userId) => sql<object[]>`
    select question, answers, choices, anonymous, closes_at
    from poll_votes join polls on id = poll_id where user_id = ${userId} order by poll_id`,
  async erase(sql, userId) {
    const { count } = await sql`delete from poll_votes where user_id = ${userId}`;
    return count;
  },
};
