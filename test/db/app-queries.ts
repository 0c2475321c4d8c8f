import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Db, Sql } from '../../src/db/db.ts';
import { pendingMigrations } from '../../src/db/migrate.ts';
import { bury, countDeadFacts, replayDeadFacts } from '../../src/queue/dead-facts.ts';
import { createPrivacy } from '../../src/privacy/privacy.ts';
import { compareAndSet, readRow } from '../../src/settings/store.ts';
import { defaultSettings } from '../../src/settings/guild-settings.ts';
import { root } from '../helpers/processes.ts';

/** Runs every query of the product as the product does, for a guild of its own. A new query is added here; `namesInSource` sees to it. */
export async function runAppQueries(db: Db, guildId: string): Promise<void> {
  await db.ping(1_000);
  await pendingMigrations(db, path.join(root, 'migrations'));
  const current = (await readRow(db, guildId)) ?? defaultSettings(guildId);
  await compareAndSet(db, { ...current, accentColor: (current.version * 7) % 0xffffff }, '1');
  const privacy = createPrivacy(db);
  await privacy.read('1');
  await privacy.erase('1');
  await runQueueQueries(db, guildId);
  // Where a replica is named it is looked at before the read: replica.written, replica.replayed.
  await db.read('look', (sql) => sql`select 1`);
}

/** A fact that is refused, and refused again, and one that is written at its second try. */
async function runQueueQueries(db: Db, guildId: string): Promise<void> {
  const name = `kind_${guildId}`;
  const fact = { key: 'one', atMs: 1, body: {} };
  await bury(db, name, fact, new Error('no'));
  assert.ok((await countDeadFacts(db)) > 0);
  const before = { kind: name, key: '' };
  await replayDeadFacts(db, [{ name, write: refused }], before);
  await replayDeadFacts(db, [{ name, write: () => Promise.resolve(1) }], before);
}

async function refused(sql: Sql): Promise<number> {
  await sql`select 1 / 0`;
  return 0;
}

/** The names that src gives to its queries. */
export async function namesInSource(): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const file of glob('src/**/*.ts', { cwd: root })) {
    const text = await readFile(path.join(root, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/\.(?:query|read|transaction|run)\(\s*'([a-z][\w. -]*)',/g))
      names.add(name);
  }
  return names;
}
