import { createHash, randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, globSync, readFileSync } from 'node:fs';
import { access, cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { migrate } from '../../src/db/migrate.ts';
import { startLocalServers } from '../../src/local/local.ts';
import { eventually } from './eventually.ts';
import { root } from './processes.ts';
import { silentLog } from './silent-log.ts';

const folder = path.join(root, 'node_modules', '.cache', 'shoal-postgres');

const readable = constants.R_OK | constants.X_OK;

/** What decides how a fresh database looks; and the day, because a migration makes the partitions of that time. */
const sources = ['package.json', 'migrations/*.sql', 'src/local/*.ts', 'src/db/*.ts'];

/** Where the data directory of a migrated database is kept; it may not be there yet. */
function templatePath(): string {
  const hash = createHash('sha256').update(new Date().toISOString().slice(0, 10));
  for (const file of globSync(sources, { cwd: root }).toSorted())
    hash.update(readFileSync(path.join(root, file)));
  return path.join(folder, hash.digest('hex').slice(0, 32));
}

/** For `startLocalServers`: `undefined` where test/setup.ts did not run, or could not make it. */
export function migratedData(): string | undefined {
  const made = templatePath();
  try {
    accessSync(made, readable);
    return made;
  } catch {
    return undefined;
  }
}

/**
 * Makes it, unless it is there: a copy costs 0.1 s of CPU, initdb and the migrations 1.4 s, fifty times in a run. Throws where this user
 * may not read the one that is there, nor write where it is kept.
 */
export async function ensureMigratedData(environment: NodeJS.ProcessEnv): Promise<void> {
  const wanted = templatePath();
  // PostgreSQL wants it closed to other users; who made it may be another.
  if (existsSync(wanted)) return await access(wanted, readable);
  await mkdir(folder, { recursive: true });
  await access(folder, constants.W_OK);
  await removeOld();
  const own = `${wanted}.${randomUUID()}`;
  const { PATH, TMPDIR, HOME, NODE_COMPILE_CACHE } = environment;
  const servers = await startLocalServers({ environment: { PATH, TMPDIR, HOME, NODE_COMPILE_CACHE } });
  try {
    const { POSTGRES_DIRECT_URL: directUrl, POSTGRES_URL } = servers.env;
    const appRole = new URL(POSTGRES_URL).username;
    await migrate({ directUrl, appRole, folder: path.join(root, 'migrations'), log: silentLog });
    await endInOrder(servers.parts.find(({ name }) => name === 'postgres')?.pid);
    await cp(path.join(servers.directory ?? '', 'postgres'), own, { recursive: true });
    // Another run may have been quicker.
    await rename(own, wanted).catch(() => rm(own, { recursive: true }));
  } finally {
    await servers.stop();
  }
}

/** PostgreSQL's "fast shutdown": nothing is left to recover. */
async function endInOrder(pid: number | undefined): Promise<void> {
  if (pid === undefined) throw new Error('no PostgreSQL was started');
  process.kill(pid, 'SIGINT');
  await eventually('PostgreSQL has ended', () => !isAlive(pid), 20_000);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Those of other days and migrations; one of today may be in use by a run beside this one. */
async function removeOld(): Promise<void> {
  const dayMs = 86_400_000;
  for (const name of await readdir(folder).catch(() => [])) {
    const old = path.join(folder, name);
    // Another user's are left to them.
    if (Date.now() - (await stat(old)).mtimeMs > dayMs)
      await rm(old, { recursive: true, force: true }).catch(() => {});
  }
}
