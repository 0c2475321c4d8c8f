import type { PersonalTable } from '../db/personal-table.ts';

/** A payload names the person whose job it is as `userId`. */
export const personalJobs: PersonalTable = {
  table: 'jobs',
  columns: ['payload'],
  holds: {
    en: 'What is to be done for you later, like a timer, and when. Once this is deleted, it will not happen.',
    de: 'Was später für dich zu tun ist, etwa ein Timer, und wann. Nach dem Löschen geschieht es nicht.',
    fr: 'Ce qui est à faire pour vous plus tard, comme un minuteur, et quand. Après suppression, cela n’aura pas lieu.',
    es: 'Lo que haré por ti más tarde, como un temporizador, y cuándo. Al borrarlo, no ocurrirá.',
    ko: '타이머처럼 나중에 해 드릴 일과 그 시간이에요. 지우면 그 일은 일어나지 않아요.',
  },
  read: (sql, userId) => sql<object[]>`
    select kind, run_at, payload from jobs where payload ->> 'userId' = ${userId} order by id`,
  async erase(sql, userId) {
    const { count } = await sql`delete from jobs where payload ->> 'userId' = ${userId}`;
    return count;
  },
};
