import { rm } from 'node:fs/promises';
import path from 'node:path';
import { makeDataDirectory, makeServerDirectory, writeServerFile } from '../../src/local/data-directory.ts';
import type { Environment } from '../../src/local/environment.ts';
import { findProgram } from '../../src/local/find-program.ts';
import type { Program } from '../../src/local/package-installation.ts';
import { runCommand, type Account } from '../../src/local/run-command.ts';
import { runSql } from '../../src/local/run-sql.ts';
import { startServer } from '../../src/local/running-server.ts';
import { serverAccount } from '../../src/local/server-account.ts';
import { ServerProcess } from '../../src/local/server-process.ts';
import { eventually } from './eventually.ts';

/** pg_dump and pg_restore: the PostgreSQL of npm has neither, so drills that need them use Debian's own, version 15. */
export const postgres15Program: Program = {
  command: 'pg_restore',
  apt: 'postgresql-15',
  brew: 'postgresql@15',
};

/** Debian keeps the programs of each version apart, on nobody's PATH; Homebrew likewise. */
export const postgres15Environment: Environment = {
  ...process.env,
  PATH: ['/usr/lib/postgresql/15/bin', '/opt/homebrew/opt/postgresql@15/bin', process.env['PATH']].join(':'),
};

/** Why tests that need it are skipped, or false. */
export const withoutPostgres15: string | false =
  findProgram(postgres15Program.command, postgres15Environment) === undefined
    ? 'needs the package postgresql-15'
    : false;

const password = 'fake-password';
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'dynamic_shared_memory_type=mmap',
  'max_connections=50',
  'shared_buffers=32MB',
  'shared_preload_libraries=pg_stat_statements',
].flatMap((setting) => ['-c', setting]);

/** One server, of whose superuser `postgres` the URL is. */
export interface Postgres15 {
  readonly url: string;
  readonly port: number;
  readonly directory: string;
  readonly process: ServerProcess;
}

/** PostgreSQL 15 servers of one test file; disposing of it ends them all and removes their data. */
export class Postgres15World implements AsyncDisposable {
  readonly directory: string;
  readonly account: Account | undefined;
  readonly #servers: ServerProcess[] = [];

  private constructor(directory: string, account: Account | undefined) {
    this.directory = directory;
    this.account = account;
  }

  static async make(): Promise<Postgres15World> {
    const account = await serverAccount(postgres15Environment);
    return new Postgres15World(await makeDataDirectory(postgres15Environment, account), account);
  }

  async startPrimary(): Promise<Postgres15> {
    const directory = await this.#newDirectory();
    const passwordFile = `${directory}.password`;
    await writeServerFile(passwordFile, [password], this.account);
    const login = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    const kind = ['--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
    await this.#run('initdb', ['-D', directory, ...login, ...kind]);
    return this.#start(directory);
  }

  /** A server that has ended, on its port and its data; after SIGKILL its last backends may be about to notice it. */
  restart({ directory, port }: Postgres15): Promise<Postgres15> {
    return eventually('PostgreSQL starts again', () => this.#start(directory, port), 30_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers.toReversed()) await server.stop();
    await rm(this.directory, { recursive: true });
  }

  async #start(directory: string, fixedPort?: number): Promise<Postgres15> {
    const started = await startServer({
      run: (port) => this.#track(directory, [...settings, '-p', String(port)]),
      probe: (port, signal) => runSql(urlOf(port), 'select 1', signal),
      signal: new AbortController().signal,
      ...(fixedPort !== undefined && { nextPort: () => Promise.resolve(fixedPort) }),
    });
    return { ...started, url: urlOf(started.port), directory };
  }

  #track(directory: string, args: readonly string[]): ServerProcess {
    const server = new ServerProcess({
      name: path.basename(directory),
      program: programPath('postgres'),
      args: ['-D', directory, ...args],
      directory,
      account: this.account,
      environment: postgres15Environment,
      stopSignal: 'SIGQUIT',
      orphanSignal: 'QUIT',
    });
    this.#servers.push(server);
    return server;
  }

  #newDirectory(): Promise<string> {
    return makeServerDirectory(
      this.directory,
      `postgres-${Math.random().toString(36).slice(2)}`,
      this.account,
    );
  }

  async #run(program: string, args: readonly string[]): Promise<void> {
    const options = { environment: postgres15Environment, account: this.account, cwd: this.directory };
    const { code, output } = await runCommand(programPath(program), args, options);
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${output}`);
  }
}

function urlOf(port: number): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

function programPath(name: string): string {
  const found = findProgram(name, postgres15Environment);
  if (found === undefined) throw new Error(`${name} is not on PATH`);
  return found;
}
