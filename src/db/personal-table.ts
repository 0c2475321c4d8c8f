import type { Language } from '../i18n/i18n.ts';
import type { Sql } from './connection.ts';

/** A table that says something of a person: how they get it, and how it is removed. */
export interface PersonalTable {
  readonly table: string;
  /** Those that hold a person's id. */
  readonly columns: readonly string[];
  /** What it says of them, in words for them. */
  readonly holds: Readonly<Record<Language, string>>;
  /** The rows, or the parts of rows, that are about this person. */
  read(sql: Sql, userId: string): PromiseLike<readonly object[]>;
  /** Removes the person from it, and nothing that belongs to others; returns how many rows that were. */
  erase(sql: Sql, userId: string): Promise<number>;
}

/** A table with the person's id in one column. Removed from it, the rows go too (`rows`), or stay without what these columns hold. */
export function personalTable({
  table,
  column,
  removes,
  ...rest
}: Pick<PersonalTable, 'table' | 'holds' | 'read'> & {
  readonly column: string;
  readonly removes: 'rows' | readonly string[];
}): PersonalTable {
  return {
    ...rest,
    table,
    columns: [column],
    async erase(sql, userId) {
      const from = sql(table);
      const isThem = sql`${sql(column)} = ${userId}`;
      const { count } =
        removes === 'rows'
          ? await sql`delete from ${from} where ${isThem}`
          : await sql`update ${from} set ${sql(Object.fromEntries(removes.map((name) => [name, null])))} where ${isThem}`;
      return count;
    },
  };
}
