import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Connection } from '../../src/db/connection.ts';
import { makeServerDirectory, writeServerFile } from '../../src/local/data-directory.ts';
import { ensurePrograms } from '../../src/local/ensure-programs.ts';
import { renderPgbouncerConfig } from '../../src/local/pgbouncer-config.ts';
import { runSql } from '../../src/local/run-sql.ts';
import { startServer } from '../../src/local/running-server.ts';
import { pgbouncerProgram } from '../../src/local/server-programs.ts';
import { ServerProcess } from '../../src/local/server-process.ts';
import { freeze, postgresPids, type Frozen } from '../helpers/freeze.ts';
import { Postgres15World, postgres15Environment, type Postgres15 } from '../helpers/postgres-15.ts';
import { root } from '../helpers/processes.ts';

/** PostgreSQL 15 behind PgBouncer with the configuration that ships, each to be killed, frozen and started again in its place. */
export class PooledPostgres implements AsyncDisposable {
  readonly #world: Postgres15World;
  readonly #programs: ReadonlyMap<string, string>;
  #postgres: Postgres15;
  #pgbouncer: { readonly process: ServerProcess; readonly port: number } | undefined;

  private constructor(world: Postgres15World, programs: ReadonlyMap<string, string>, postgres: Postgres15) {
    this.#world = world;
    this.#programs = programs;
    this.#postgres = postgres;
  }

  static async start(): Promise<PooledPostgres> {
    const programs = await ensurePrograms([pgbouncerProgram], { environment: process.env });
    const world = await Postgres15World.make();
    const started = new PooledPostgres(world, programs, await world.startPrimary());
    const connection = new Connection(started.adminUrl);
    await connection.sql`create role shoal_app login password 'fake-app'`;
    await connection.sql`alter role shoal_app set statement_timeout = '5s'`;
    const [role] =
      await connection.sql`select rolpassword as verifier from pg_authid where rolname = 'shoal_app'`;
    await connection.end();
    await started.#configure(String(role?.['verifier']));
    await started.startPgbouncer();
    return started;
  }

  /** The superuser, directly. */
  get adminUrl(): string {
    return this.#postgres.url;
  }

  /** The app role, through PgBouncer. */
  get appUrl(): string {
    return `postgres://shoal_app:fake-app@127.0.0.1:${this.#pgbouncer?.port}/postgres`;
  }

  async freezePostgres(): Promise<Frozen> {
    return freeze(await postgresPids(this.adminUrl));
  }

  freezePgbouncer(): Frozen {
    return freeze([this.#pgbouncer?.process.pid ?? 0]);
  }

  async endPostgres(signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
    process.kill(this.#postgres.process.pid ?? 0, signal);
    await this.#postgres.process.ended;
  }

  async startPostgres(): Promise<void> {
    this.#postgres = await this.#world.restart(this.#postgres);
  }

  async endPgbouncer(): Promise<void> {
    await this.#pgbouncer?.process.stop();
  }

  async startPgbouncer(): Promise<void> {
    const before = this.#pgbouncer?.port;
    this.#pgbouncer = await startServer({
      run: (port) => this.#runPgbouncer(port),
      probe: (port, signal) =>
        runSql(`postgres://shoal_app:fake-app@127.0.0.1:${port}/postgres`, 'select 1', signal),
      signal: new AbortController().signal,
      ...(before !== undefined && { nextPort: () => Promise.resolve(before) }),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.endPgbouncer();
    await this.#world[Symbol.asyncDispose]();
  }

  get #directory(): string {
    return path.join(this.#world.directory, 'pgbouncer');
  }

  async #configure(verifier: string): Promise<void> {
    await makeServerDirectory(this.#world.directory, 'pgbouncer', this.#world.account);
    const users = path.join(this.#directory, 'userlist.txt');
    await writeServerFile(users, [`"shoal_app" "${verifier}"`], this.#world.account);
  }

  async #runPgbouncer(port: number): Promise<ServerProcess> {
    const config = path.join(this.#directory, `${port}.ini`);
    const shipped = await readFile(path.join(root, 'pgbouncer/pgbouncer.ini'), 'utf8');
    const lines = renderPgbouncerConfig(shipped, {
      '*': `host=127.0.0.1 port=${this.#postgres.port}`,
      listen_addr: '127.0.0.1',
      listen_port: String(port),
      auth_file: path.join(this.#directory, 'userlist.txt'),
    });
    await writeServerFile(config, lines, this.#world.account);
    return new ServerProcess({
      name: 'pgbouncer',
      program: this.#programs.get(pgbouncerProgram.command) ?? '',
      args: [config],
      directory: this.#directory,
      account: this.#world.account,
      environment: postgres15Environment,
      stopSignal: 'SIGKILL',
      orphanSignal: 'KILL',
    });
  }
}
