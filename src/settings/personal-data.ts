import { personalTable } from '../db/personal-table.ts';

/** The settings are the guild's; who changed them last is the person's. */
export const settingsPersonalData = personalTable({
  table: 'guild_settings',
  column: 'updated_by',
  removes: ['updated_by'],
  holds: {
    en: "The servers whose settings you changed last, and when. Once this is deleted, the settings stay, since they are the server's.",
    de: 'Die Server, deren Einstellungen du zuletzt geändert hast, und wann. Nach dem Löschen bleiben die Einstellungen, denn sie gehören dem Server.',
    fr: 'Les serveurs dont vous avez été la dernière personne à changer les paramètres, et quand. Après suppression, les paramètres restent, car ils sont ceux du serveur.',
    es: 'Los servidores cuyos ajustes fuiste la última persona en cambiar, y cuándo. Al borrarlo, los ajustes se quedan, porque son del servidor.',
    ko: '마지막으로 설정을 바꾸신 서버와 그 시간이에요. 지워도 설정은 서버의 것이라 그대로 남아요.',
  },
  read: (sql, userId) => sql<{ guild_id: string; updated_at: Date }[]>`
    select guild_id, updated_at from guild_settings where updated_by = ${userId} order by guild_id`,
});
