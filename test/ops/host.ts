import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../src/local/free-port.ts';
import { startLocalServers } from '../../src/local/local.ts';
import { runCommand, type CommandResult } from '../../src/local/run-command.ts';
import { NativeProduction } from '../deploy/native-production.ts';
import { postgres15Environment } from '../helpers/postgres-15.ts';
import { root } from '../helpers/processes.ts';

/** What a clone has that the runbook's commands use. */
const release = [
  'src',
  'config',
  'migrations',
  'pgbouncer',
  'prometheus',
  'alertmanager',
  'ecosystem.config.cjs',
  'backups.config.cjs',
  'package.json',
];

/** A host as the README sets one up: the bot's folder with its `.env`, its own PM2, PostgreSQL 15 behind PgBouncer, two Redis, the sandbox. */
export class Host implements AsyncDisposable {
  readonly world: NativeProduction;
  readonly folder: string;
  readonly #opened = new AsyncDisposableStack();
  #redis: Awaited<ReturnType<typeof startLocalServers>> | undefined;

  private constructor(world: NativeProduction) {
    this.world = world;
    this.folder = path.join(world.folder, 'bot');
    this.#opened.use(world);
  }

  static async start(): Promise<Host> {
    const host = new Host(await NativeProduction.start());
    try {
      await host.#start();
      return host;
    } catch (error) {
      await host[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Runs a command line in the bot's folder, as an operator who has just logged in; `folder` is another host's. */
  shell(line: string, folder = this.folder): Promise<CommandResult> {
    const { HOME } = process.env;
    const { PATH } = postgres15Environment;
    const environment = {
      PATH,
      HOME,
      PM2_HOME: path.join(folder, 'pm2'),
      npm_config_update_notifier: 'false',
    };
    return runCommand('sh', ['-c', line], { environment, cwd: folder });
  }

  /** Writes these variables over those of `.env`, by an editor's work. */
  set(changes: Readonly<Record<string, string>>): void {
    const file = path.join(this.folder, '.env');
    const lines = readFileSync(file, 'utf8').split('\n');
    const kept = lines.filter((line) => line !== '' && !((line.split('=')[0] ?? '') in changes));
    const set = Object.entries(changes).map(([name, value]) => `${name}=${value}`);
    writeFileSync(file, `${[...kept, ...set].join('\n')}\n`);
  }

  /** The value of a variable of `.env`. */
  get(name: string): string {
    return (
      new RegExp(`^${name}=(.*)$`, 'm').exec(readFileSync(path.join(this.folder, '.env'), 'utf8'))?.[1] ?? ''
    );
  }

  /** A second host: the same release and `.env`, with ports, socket and queue of its own. */
  async second(): Promise<string> {
    const folder = path.join(this.world.folder, 'other');
    this.#release(folder);
    const env = readFileSync(path.join(this.folder, '.env'), 'utf8');
    writeFileSync(path.join(folder, '.env'), env.replaceAll(/^(\w*_PORT)=.*$/gm, '$1=0'));
    this.#stopAtEnd(folder);
    return folder;
  }

  /** Whether a promoted replica of the database takes a write. */
  async promoteReplica(): Promise<boolean> {
    const { superuserUrl: url, database } = this.world;
    if (database === undefined) throw new Error('no PostgreSQL was started');
    const replica = await database.startReplica({ port: Number(new URL(url).port) });
    const options = {
      environment: postgres15Environment,
      account: database.account,
      cwd: database.directory,
    };
    await runCommand('pg_ctl', ['promote', '-D', replica.directory], options);
    await this.world.ask(replica.url, 'create table written (id int)');
    return true;
  }

  redisPids(): readonly number[] {
    return (this.#redis?.parts ?? [])
      .filter(({ name }) => name.startsWith('redis'))
      .map(({ pid }) => pid ?? 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
  }

  async #start(): Promise<void> {
    this.#release(this.folder);
    const { PATH } = process.env;
    const database = {
      POSTGRES_URL: this.world.secret('postgres_url'),
      POSTGRES_DIRECT_URL: this.world.secret('postgres_direct_url'),
    };
    this.#redis = await startLocalServers({ environment: { PATH, ...database } });
    this.#opened.defer(() => this.#redis?.stop());
    writeFileSync(path.join(this.folder, '.env'), '');
    this.set({
      ...database,
      REDIS_URL: this.#redis.env.REDIS_URL.replace('//:', '//default:'),
      REDIS_STATE_URL: this.#redis.env.REDIS_STATE_URL.replace('//:', '//default:'),
      DISCORD_TOKEN: this.world.secret('discord_token'),
      DISCORD_API_URL: this.world.environment('manager')['DISCORD_API_URL'] ?? '',
      DISCORD_SHARDS: '2',
      METRICS_PORT: String(await freePort()),
      JOBS_METRICS_PORT: '0',
      PGBOUNCER_EXPORTER_PORT: String(await freePort()),
    });
    this.#stopAtEnd(this.folder);
  }

  #stopAtEnd(folder: string): void {
    this.#opened.defer(async () => {
      await this.shell('npx pm2 kill', folder);
    });
  }

  #release(folder: string): void {
    for (const name of release) cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    for (const name of ['backups', 'metrics']) mkdirSync(path.join(folder, name));
  }
}
