import type { Db } from '../db/db.ts';
import { readRow } from './store.ts';

/** Whether staff of the guild have left the family switched on; read from PostgreSQL, for what has no cache. Rejects with a `DbError`. */
export async function isFamilyOn(db: Db, guildId: string, family: string): Promise<boolean> {
  return (await readRow(db, guildId))?.rules.families[family] !== false;
}
