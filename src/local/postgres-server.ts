import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { copyServerDirectory, makeServerDirectory, writeServerFile } from './data-directory.ts';
import { postgresPrograms, type PostgresPrograms } from './postgres-programs.ts';
import { runCommand } from './run-command.ts';
import { runSql } from './run-sql.ts';
import { startServer } from './running-server.ts';
import { newPassword, scramVerifier } from './scram.ts';
import type { LocalPart, ServerContext } from './server-context.ts';
import { ServerProcess } from './server-process.ts';

export interface StartedPostgres {
  readonly part: LocalPart;
  /** Straight to the server, as the role that owns the database. */
  readonly ownerUrl: string;
  /** The role of the bot: its password, and what PgBouncer must hold to let it through. */
  readonly app: { readonly user: string; readonly password: string; readonly verifier: string };
  readonly port: number;
}

export const databaseName = 'shoal';
const owner = 'shoal_owner';
const appUser = 'shoal_app';

const settings = {
  listen_addresses: '127.0.0.1',
  // No socket, hence no lock file in /tmp.
  unix_socket_directories: '',
  // In the data directory instead of /dev/shm: whatever happens, it goes with the directory.
  dynamic_shared_memory_type: 'mmap',
  // 25 through PgBouncer for each database in use at once (one per test file), and direct ones for migrations.
  max_connections: '200',
  shared_buffers: '64MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** `begun`: a data directory to copy, of a server of ours that has ended in order; its database and roles are kept, passwords are new. */
export async function startPostgres(context: ServerContext, begun?: string): Promise<StartedPostgres> {
  const programs = await postgresPrograms(context);
  const directory = await makeServerDirectory(context.dataDirectory, 'postgres', context.account);
  const ownerPassword = newPassword();
  const appPassword = newPassword();
  const verifier = scramVerifier(appPassword);
  // Before the first of its programs runs: each may be killed, and leave a segment.
  context.afterStop(() => removeSharedMemory(directory, context));
  const passwords = { [owner]: scramVerifier(ownerPassword), [appUser]: verifier };
  if (begun === undefined) await initialise(programs, directory, context);
  else await copyServerDirectory(begun, directory, context);
  await prepare(
    programs,
    directory,
    begun === undefined ? rolesWith(passwords) : changed(passwords),
    context,
  );
  const urlOf = (port: number): string =>
    `postgres://${owner}:${ownerPassword}@127.0.0.1:${port}/${databaseName}`;
  const { process, port } = await startServer({
    run: (port) => context.track(postgresProcess(programs, directory, port, context)),
    probe: (port, signal) => runSql(urlOf(port), 'select 1', signal),
    signal: context.signal,
  });
  const version = await runSql(urlOf(port), 'select 1', context.signal);
  const part = { name: 'postgres', address: `127.0.0.1:${port}`, pid: process.pid, version } as const;
  return { part, port, ownerUrl: urlOf(port), app: { user: appUser, password: appPassword, verifier } };
}

function postgresProcess(
  programs: PostgresPrograms,
  directory: string,
  port: number,
  context: ServerContext,
): ServerProcess {
  return new ServerProcess({
    ...context,
    name: 'postgres',
    program: programs.postgres,
    args: ['-D', directory, '-p', String(port)],
    directory,
    // Immediate shutdown: no checkpoint of data that is thrown away, but shared memory is given back.
    stopSignal: 'SIGQUIT',
    orphanSignal: 'QUIT',
  });
}

async function initialise(
  programs: PostgresPrograms,
  directory: string,
  context: ServerContext,
): Promise<void> {
  const args = [
    ['-D', directory, '--username=postgres', '--encoding=UTF8', '--no-instructions'],
    ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    // The superuser has no password and no way in from outside.
    ['--auth=reject'],
    // Segments of 1 MB instead of 16: a start writes so much less.
    ['--wal-segsize=1'],
    // Only the freshly made files are not synced; the server itself keeps fsync on, so that crash tests mean something.
    ['--no-sync'],
    Object.entries(settings).map(([name, value]) => `--set=${name}=${value}`),
  ].flat();
  const made = await runCommand(programs.initdb, args, { ...context, cwd: directory });
  if (made.code !== 0) throw new Failure(`initdb failed (exit code ${made.code}): ${made.summary}`);
  const access = ['host all all 127.0.0.1/32 scram-sha-256'];
  await writeServerFile(join(directory, 'pg_hba.conf'), access, context.account);
}

interface Verifiers {
  readonly [owner]: string;
  readonly [appUser]: string;
}

function changed(verifiers: Verifiers): readonly string[] {
  return Object.entries(verifiers).map(([role, verifier]) => `alter role ${role} password '${verifier}'`);
}

function rolesWith(verifiers: Verifiers): readonly string[] {
  return [
    `create role ${owner} login password '${verifiers[owner]}'`,
    `create role ${appUser} login password '${verifiers[appUser]}'`,
    // Through a transaction pooler a time-out holds only when it is set on the role.
    `alter role ${appUser} set statement_timeout = '5s'`,
    `alter role ${appUser} set idle_in_transaction_session_timeout = '10s'`,
    // So that the migrations may set the app role's limits themselves.
    `grant ${appUser} to ${owner}`,
    // The one that initdb made: to create another would copy 7 MB.
    `alter database postgres rename to ${databaseName}`,
    `alter database ${databaseName} owner to ${owner}`,
  ];
}

/** Before the first start, in single-user mode: no superuser ever has to log in. */
async function prepare(
  programs: PostgresPrograms,
  directory: string,
  statements: readonly string[],
  context: ServerContext,
): Promise<void> {
  const args = ['--single', '-D', directory, '-c', 'exit_on_error=true', 'template1'];
  // One statement a line, as single-user mode reads them.
  const input = `${statements.join('\n')}\n`;
  const done = await runCommand(programs.postgres, args, { ...context, cwd: directory, input });
  if (done.code !== 0) throw new Failure(`PostgreSQL's roles could not be created: ${done.summary}`);
}

/**
 * A server that ended by SIGKILL left its lock file and the System V segment that the file's last line but one names
 * ("key id"; PostgreSQL, src/include/utils/pidfile.h). One that ended in order left neither.
 */
async function removeSharedMemory(directory: string, context: ServerContext): Promise<void> {
  const lock = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
  const id = /^ *\d+ +(\d+) *$/m.exec(lock)?.[1];
  if (id !== undefined) await runCommand('ipcrm', ['-m', id], { environment: context.environment });
}
