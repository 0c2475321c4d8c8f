import { personalTable } from '../../db/personal-table.ts';

export const giveawaysPersonalData = personalTable({
  table: 'giveaways',
  column: 'host_id',
  removes: ['host_id', 'host_locale'],
  holds:
    'The giveaways that you started, and the language in which I write to you about them. Removed, they stay, since others entered them, but not that they were yours.',
  read: (sql, userId) => sql<object[]>`
    select guild_id, channel_id, message_id, prize, winners, role_id, host_locale, state, ends_at, ended_at
    from giveaways where host_id = ${userId} order by id`,
});

export const entriesPersonalData = personalTable({
  table: 'giveaway_entries',
  column: 'user_id',
  removes: 'rows',
  holds: 'The giveaways that you entered. Removed, you no longer take part in those that are open.',
  read: (sql, userId) => sql<object[]>`
    select prize, entered, state, ends_at
    from giveaway_entries join giveaways on id = giveaway_id where user_id = ${userId} order by giveaway_id`,
});

export const winnersPersonalData = personalTable({
  table: 'giveaway_winners',
  column: 'user_id',
  removes: 'rows',
  holds: 'What you won in giveaways. Removed, I no longer know that you won.',
  read: (sql, userId) => sql<object[]>`
    select prize, number, place from giveaway_winners join giveaways on id = giveaway_id
    where user_id = ${userId} order by giveaway_id, number`,
});
