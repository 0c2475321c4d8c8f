import { personalTable, type PersonalTable } from '../../db/personal-table.ts';

const reminders = personalTable({
  table: 'reminders',
  column: 'user_id',
  removes: 'rows',
  holds:
    'Your reminders: text, time, language, time zone and where they go, until a week after they were sent. Removed, they will not come.',
  read: (sql, userId) => sql<object[]>`
    select about, due_at, repeat, time_zone, locale, guild_id, channel_id, state, reason
    from reminders where user_id = ${userId} order by id`,
});

const timeZones = personalTable({
  table: 'member_time_zones',
  column: 'user_id',
  removes: 'rows',
  holds: "The time zone that you chose for the times that you write. Removed, the server's is used.",
  read: (sql, userId) => sql<object[]>`
    select time_zone from member_time_zones where user_id = ${userId}`,
});

export const personalTables: readonly PersonalTable[] = [reminders, timeZones];
