import type { Db, Sql } from '../db/db.ts';
import type { PersonalTable } from '../db/personal-table.ts';
import { personalJobs } from '../queue/personal-jobs.ts';
import { settingsPersonalData } from '../settings/personal-data.ts';

/** The tables of the tools that hold a person's id; features name theirs. A test compares them all with the database. */
const ownTables: readonly PersonalTable[] = [settingsPersonalData, personalJobs];

export function personalTables(ofFeatures: readonly PersonalTable[]): readonly PersonalTable[] {
  return [...ownTables, ...ofFeatures];
}

/** What one table says of a person. */
export interface PersonalData {
  readonly table: string;
  readonly holds: PersonalTable['holds'];
  readonly rows: readonly object[];
}

export interface Privacy {
  /** Everything that is stored about a person, table by table. Rejects with a `DbError`. */
  read(userId: string): Promise<readonly PersonalData[]>;
  /** Removes all of it or nothing; returns how many rows that were. Rejects with a `DbError`. */
  erase(userId: string): Promise<number>;
}

export function createPrivacy(db: Db, tables: readonly PersonalTable[]): Privacy {
  return {
    read: (userId) => db.read('privacy.read', (sql) => readAll(sql, tables, userId), { sees: keyOf(userId) }),
    erase: (userId) =>
      db.transaction(
        'privacy.erase',
        async (sql) => {
          let rows = 0;
          for (const personal of tables) rows += await personal.erase(sql, userId);
          return rows;
        },
        { wrote: keyOf(userId) },
      ),
  };
}

async function readAll(sql: Sql, tables: readonly PersonalTable[], userId: string): Promise<PersonalData[]> {
  const found: PersonalData[] = [];
  for (const personal of tables) {
    const { table, holds } = personal;
    found.push({ table, holds, rows: await personal.read(sql, userId) });
  }
  return found;
}

/** Who has just deleted something shall not get it from a replica that is behind. */
function keyOf(userId: string): string {
  return `user:${userId}`;
}
