import type { PersonalTable } from '../db/personal-table.ts';

/** A payload names the person whose job it is as `userId`. */
export const personalJobs: PersonalTable = {
  table: 'jobs',
  columns: ['payload'],
  holds: 'What is to be done for you later, like a timer, and when. Removed, it will not happen.',
  read: (sql, userId) => sql<object[]>`
    select kind, run_at, payload from jobs where payload ->> 'userId' = ${userId} order by id`,
  async erase(sql, userId) {
    const { count } = await sql`delete from jobs where payload ->> 'userId' = ${userId}`;
    return count;
  },
};
