import { personalTable } from '../db/personal-table.ts';

/** The settings are the guild's; who changed them last is the person's. */
export const settingsPersonalData = personalTable({
  table: 'guild_settings',
  column: 'updated_by',
  removes: ['updated_by'],
  holds:
    "The servers whose settings you changed last, and when. Removed, the settings stay, since they are the server's.",
  read: (sql, userId) => sql<{ guild_id: string; updated_at: Date }[]>`
    select guild_id, updated_at from guild_settings where updated_by = ${userId} order by guild_id`,
});
