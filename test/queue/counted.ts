import type { Sql } from '../../src/db/db.ts';
import type { FactKind } from '../../src/queue/fact.ts';

export const countedTables = `
  create table counted_keys (key text primary key);
  create table counted (name text primary key check (name <> 'refused'), n integer not null);`;

/** Adds up: a fact that is written twice would show, since the keys alone say which of a batch are new. */
export const counted: FactKind<{ readonly name: string }> = countedAs('counted');

export function countedAs(kind: string): FactKind<{ readonly name: string }> {
  return {
    name: kind,
    async write(sql, facts) {
      const rows = JSON.stringify(facts.map(({ key, body }) => ({ key, name: body.name })));
      const [written] = await sql<{ n: number }[]>`
        with fact as (
          select distinct on (key) key, name from json_to_recordset(${rows}::text::json) as f (key text, name text)
        ), fresh as (
          insert into counted_keys select key from fact on conflict do nothing returning key
        ), added as (
          insert into counted select name, count(*) from fact join fresh using (key) group by name
          on conflict (name) do update set n = counted.n + excluded.n
        ) select count(*)::int as n from fresh`;
      return written?.n ?? 0;
    },
  };
}

/** How often facts of this name were counted. */
export async function countOf(sql: Sql, name: string): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select n from counted where name = ${name}`;
  return row?.n ?? 0;
}
