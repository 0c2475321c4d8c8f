import { personalTable, type PersonalTable } from '../../db/personal-table.ts';

const reminders = personalTable({
  table: 'reminders',
  column: 'user_id',
  removes: 'rows',
  holds: {
    en: 'Your reminders: text, time, language, time zone and where they go, until a week after they were sent, or a month after they could not be. Once this is deleted, they will not come.',
    de: 'Deine Erinnerungen: Text, Zeit, Sprache, Zeitzone und wohin sie gehen, bis eine Woche nach dem Senden, oder einen Monat, wenn das nicht möglich war. Nach dem Löschen kommen sie nicht.',
    fr: 'Vos rappels : texte, heure, langue, fuseau horaire et destination, jusqu’à une semaine après leur envoi, ou un mois s’il a été impossible. Après suppression, ils ne viendront pas.',
    es: 'Tus recordatorios: texto, hora, idioma, zona horaria y adónde van, hasta una semana después de enviarse, o un mes si no se pudo. Al borrarlo, no llegarán.',
    ko: '설정하신 알림이에요: 내용, 시간, 언어, 시간대, 보낼 곳. 보낸 뒤 일주일, 보내지 못했으면 한 달 동안 저장해요. 지우면 알림이 가지 않아요.',
  },
  read: (sql, userId) => sql<object[]>`
    select about, due_at, repeat, time_zone, locale, guild_id, channel_id, state, reason
    from reminders where user_id = ${userId} order by id`,
});

const timeZones = personalTable({
  table: 'member_time_zones',
  column: 'user_id',
  removes: 'rows',
  holds: {
    en: "The time zone that you chose for the times that you write. Once this is deleted, the server's is used.",
    de: 'Die Zeitzone, die du für die Zeiten gewählt hast, die du schreibst. Nach dem Löschen gilt die des Servers.',
    fr: 'Le fuseau horaire que vous avez choisi pour les heures que vous écrivez. Après suppression, celui du serveur s’applique.',
    es: 'La zona horaria que elegiste para las horas que escribes. Al borrarlo, se usa la del servidor.',
    ko: '입력하시는 시각을 읽을 때 쓰도록 고르신 시간대예요. 지우면 서버의 시간대를 써요.',
  },
  read: (sql, userId) => sql<object[]>`
    select time_zone from member_time_zones where user_id = ${userId}`,
});

export const personalTables: readonly PersonalTable[] = [reminders, timeZones];
