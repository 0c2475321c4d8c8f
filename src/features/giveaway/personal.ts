import type { PersonalTable } from '../../db/personal-table.ts';

export const giveawaysPersonalData: PersonalTable = {
  table: 'giveaways',
  columns: ['host_id'],
  holds:
    'The giveaways that you started. Removed, they stay, since others entered them, but not that they were yours.',
  read: (sql, userId) => sql<object[]>`
    select guild_id, channel_id, message_id, prize, winners, role_id, state, ends_at, ended_at
    from giveaways where host_id = ${userId} order by id`,
  async erase(sql, userId) {
    const { count } =
      await sql`update giveaways set host_id = null, host_locale = null where host_id = ${userId}`;
    return count;
  },
};

export const entriesPersonalData: PersonalTable = {
  table: 'giveaway_entries',
  columns: ['user_id'],
  holds: 'The giveaways that you entered. Removed, you no longer take part in those that are open.',
  read: (sql, userId) => sql<object[]>`
    select prize, entered, state, ends_at
    from giveaway_entries join giveaways on id = giveaway_id where user_id = ${userId} order by giveaway_id`,
  async erase(sql, userId) {
    const { count } = await sql`delete from giveaway_entries where user_id = ${userId}`;
    return count;
  },
};

export const winnersPersonalData: PersonalTable = {
  table: 'giveaway_winners',
  columns: ['user_id'],
  holds: 'What you won in giveaways. Removed, I no longer know that you won.',
  read: (sql, userId) => sql<object[]>`
    select prize, number, place from giveaway_winners join giveaways on id = giveaway_id
    where user_id = ${userId} order by giveaway_id, number`,
  async erase(sql, userId) {
    const { count } = await sql`delete from giveaway_winners where user_id = ${userId}`;
    return count;
  },
};
