import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import postgres, { type Sql } from 'postgres';
import { writeServerFile } from '../../src/local/data-directory.ts';
import { runCommand, type Account } from '../../src/local/run-command.ts';
import { newPassword } from '../../src/local/scram.ts';
import { eventually } from './eventually.ts';

/** A local PostgreSQL that runs. */
export interface Primary {
  readonly pid: number;
  readonly directory: string;
  /** Of any of its users. */
  readonly url: string;
  readonly account: Account | undefined;
}

const superuser = 'postgres';
export const slotName = 'replica';

/** https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP-DATA: what a copy leaves out. */
const leftOut =
  /^(?:pg_(?:wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)\/|postmaster\.(?:pid|opts)$)|(?:^|\/)(?:pgsql_tmp|pg_internal\.init)/;

/**
 * The superuser, who has no password and no way in: whoever may write the server's files lets them in for as long as it
 * takes to set one. Replicas may log in as them, too. Returns the URL.
 */
export async function openToSuperuser({ pid, directory, url, account }: Primary): Promise<string> {
  const opened = new URL(url);
  opened.username = superuser;
  opened.password = newPassword();
  const file = path.join(directory, 'pg_hba.conf');
  const access = (await readFile(file, 'utf8')).trimEnd();
  const letIn = async (line: string): Promise<void> => {
    await writeServerFile(file, [line, access], account);
    process.kill(pid, 'SIGHUP');
  };
  await letIn(`host all ${superuser} 127.0.0.1/32 trust`);
  await inSession(opened.href, (sql) =>
    eventually('the superuser is let in', () =>
      sql.unsafe(`alter role ${superuser} password '${opened.password}'`),
    ),
  );
  await letIn(`host replication ${superuser} 127.0.0.1/32 scram-sha-256`);
  return opened.href;
}

/**
 * Copies the data directory of a running server, to which nobody adds tables or databases meanwhile, by the low-level
 * backup API; there is no pg_basebackup among npm's programs. What it writes later is kept for who reads the slot.
 */
export async function baseBackup(
  superuserUrl: string,
  { directory, account }: Primary,
  to: string,
): Promise<void> {
  const filter = (source: string) => !leftOut.test(path.relative(directory, source));
  await inSession(superuserUrl, async (sql) => {
    await sql`select pg_create_physical_replication_slot(${slotName}, true)`;
    await sql`select pg_backup_start('replica', true)`;
    await cp(directory, to, { recursive: true, filter });
    const [stopped] = await sql<{ labelfile: string }[]>`select labelfile from pg_backup_stop(false)`;
    await writeFile(path.join(to, 'backup_label'), stopped?.labelfile ?? '');
  });
  if (account === undefined) return;
  const { uid, gid } = account;
  await runCommand('chown', ['-R', `${uid}:${gid}`, to], { environment: process.env });
}

async function inSession(url: string, work: (sql: Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
