import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../src/local/free-port.ts';
import { startLocalServers } from '../../src/local/local.ts';
import { runCommand, type CommandResult } from '../../src/local/run-command.ts';
import { NativeProduction } from '../deploy/native-production.ts';
import { postgres15Environment } from '../helpers/postgres-15.ts';
import { root } from '../helpers/processes.ts';
import { testServers } from '../helpers/servers.ts';
import { StreamingReplica } from '../helpers/streaming-replica.ts';

/** What the runbook's commands use of a clone: as it stands here, committed or not. */
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
  'package-lock.json',
  '.npmrc',
];

/** A host as the README sets one up: a clone with its `.env` and no packages yet, its own PM2, PostgreSQL 15 behind PgBouncer, two Redis, the sandbox. */
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
      npm_config_prefer_offline: 'true',
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
    await this.#release(folder);
    const env = readFileSync(path.join(this.folder, '.env'), 'utf8');
    writeFileSync(path.join(folder, '.env'), env.replaceAll(/^(\w*_PORT)=.*$/gm, '$1=0'));
    this.#stopAtEnd(folder);
    return folder;
  }

  /** Whether a promoted replica has what its primary had, and takes a write; of the PostgreSQL that ships, not of the host's. */
  async promoteReplica(): Promise<boolean> {
    await using servers = await testServers();
    await this.world.ask(servers.directUrl, 'create table kept (id int)');
    await using replica = await StreamingReplica.of(servers);
    await replica.promote();
    await this.world.ask(replica.urlOf(servers.directUrl), 'insert into kept values (1)');
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
    await this.#release(this.folder);
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

  async #release(folder: string): Promise<void> {
    const { code, output } = await runCommand('git', ['clone', '--quiet', root, folder], {
      environment: process.env,
    });
    if (code !== 0) throw new Error(`there is no clone: ${output}`);
    for (const name of release) cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    for (const name of ['backups', 'metrics']) mkdirSync(path.join(folder, name));
  }
}
