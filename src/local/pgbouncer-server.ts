import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeServerDirectory, writeServerFile } from './data-directory.ts';
import { renderPgbouncerConfig } from './pgbouncer-config.ts';
import { databaseName, type StartedPostgres } from './postgres-server.ts';
import { runCommand } from './run-command.ts';
import { runSql } from './run-sql.ts';
import { startServer } from './running-server.ts';
import type { LocalPart, ServerContext } from './server-context.ts';
import { ServerProcess } from './server-process.ts';

const template = new URL('../../pgbouncer/pgbouncer.ini', import.meta.url);

/** Starts PgBouncer before that PostgreSQL; it is ready when a query of the bot's role has gone through both. */
export async function startPgbouncer(
  program: string,
  postgres: StartedPostgres,
  context: ServerContext,
): Promise<{ part: LocalPart; url: string }> {
  const directory = await makeServerDirectory(context.dataDirectory, 'pgbouncer', context.account);
  const { user, password, verifier } = postgres.app;
  const authFile = join(directory, 'userlist.txt');
  await writeServerFile(authFile, [`"${user}" "${verifier}"`], context.account);
  const text = await readFile(template, 'utf8');
  const configOf = (port: number): string => join(directory, `${port}.ini`);
  const urlOf = (port: number): string => `postgres://${user}:${password}@127.0.0.1:${port}/${databaseName}`;
  const { process, port } = await startServer({
    run: async (port) => {
      const values = {
        '*': `host=127.0.0.1 port=${postgres.port}`,
        listen_addr: '127.0.0.1',
        listen_port: String(port),
        auth_file: authFile,
      };
      await writeServerFile(configOf(port), renderPgbouncerConfig(text, values), context.account);
      return context.track(pgbouncerProcess(program, directory, configOf(port), context));
    },
    probe: (port, signal) => runSql(urlOf(port), 'select 1', signal),
    signal: context.signal,
  });
  const version = await versionOf(program, context);
  const part = { name: 'pgbouncer', address: `127.0.0.1:${port}`, pid: process.pid, version } as const;
  return { part, url: urlOf(port) };
}

function pgbouncerProcess(
  program: string,
  directory: string,
  config: string,
  context: ServerContext,
): ServerProcess {
  return new ServerProcess({
    ...context,
    name: 'pgbouncer',
    program,
    args: [config],
    directory,
    // It keeps nothing that could be lost, and what its other signals mean changed with 1.23 (some wait for every client).
    stopSignal: 'SIGKILL',
    orphanSignal: 'KILL',
  });
}

async function versionOf(program: string, context: ServerContext): Promise<string> {
  const { output } = await runCommand(program, ['--version'], context);
  return /PgBouncer (\S+)/.exec(output)?.[1] ?? 'unknown';
}
