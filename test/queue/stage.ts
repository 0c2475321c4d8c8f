import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import postgres from 'postgres';
import { connectDb, type Db } from '../../src/db/db.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openWriteQueue, type WriteQueue, type WriteQueueOptions } from '../../src/queue/queue.ts';
import { migratedData } from '../helpers/postgres-template.ts';
import { root } from '../helpers/processes.ts';
import { testServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { counted, countedTables } from './counted.ts';

/** Real servers, a migrated database, and folders for queues. */
export interface QueueStage {
  readonly servers: TestServers;
  readonly db: Db;
  /** The owner's connection, past PgBouncer. */
  readonly sql: postgres.Sql;
  /** A fresh WRITE_QUEUE_DIR. */
  folder(): Promise<string>;
  /** A queue of the kind `counted` unless `options` says more; it is stopped at the end. */
  open(options?: Partial<WriteQueueOptions>): Promise<WriteQueue>;
  close(): Promise<void>;
}

export async function queueStage(): Promise<QueueStage> {
  const servers = await testServers(migratedData());
  const closings: (() => Promise<unknown>)[] = [() => servers.stop()];
  const sql = postgres(servers.directUrl, { max: 2, onnotice: () => undefined });
  closings.unshift(() => sql.end({ timeout: 1 }));
  await sql.unsafe(countedTables);
  const appRole = new URL(servers.postgresUrl).username;
  const folder = path.join(root, 'migrations');
  await migrate({ directUrl: servers.directUrl, appRole, folder, log: silentLog });
  const db = await connectDb({ url: servers.postgresUrl, poolMax: 5, log: silentLog });
  closings.unshift(() => db.close());
  const stage = {
    servers,
    db,
    sql,
    async folder() {
      const fresh = await mkdtemp('/tmp/shoal-test-queue-');
      closings.push(() => rm(fresh, { recursive: true, force: true }));
      return fresh;
    },
    async open(options: Partial<WriteQueueOptions> = {}) {
      const queue = await openWriteQueue({
        root: options.root ?? (await stage.folder()),
        label: 'test',
        db,
        kinds: [counted],
        log: silentLog,
        limits: { lingerMs: 10 },
        ...options,
      });
      closings.unshift(() => queue.stop(500));
      return queue;
    },
    async close() {
      for (const closing of closings) await closing();
    },
  };
  return stage;
}
