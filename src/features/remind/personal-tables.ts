import type { PersonalTable } from '../../db/personal-table.ts';

const reminders: PersonalTable = {
  table: 'reminders',
  columns: ['user_id'],
  holds:
    'Your reminders: text, time, language, time zone and where they go, until a week after they were sent. Removed, they will not come.',
  read: (sql, userId) => sql<object[]>`
    select about, due_at, repeat, time_zone, locale, guild_id, channel_id, state, reason
    from reminders where user_id = ${userId} order by id`,
  async erase(sql, userId) {
    const { count } = await sql`delete from reminders where user_id = ${userId}`;
    return count;
  },
};

const timeZones: PersonalTable = {
  table: 'member_time_zones',
  columns: ['user_id'],
  holds: "The time zone that you chose for your reminders. Removed, the server's is used.",
  read: (sql, userId) => sql<object[]>`
    select time_zone from member_time_zones where user_id = ${userId}`,
  async erase(sql, userId) {
    const { count } = await sql`delete from member_time_zones where user_id = ${userId}`;
    return count;
  },
};

export const personalTables: readonly PersonalTable[] = [reminders, timeZones];
