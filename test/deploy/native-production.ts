import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import postgres from 'postgres';
import { Child } from '../../src/demo/child.ts';
import { findProgram } from '../../src/local/find-program.ts';
import { freePort } from '../../src/local/free-port.ts';
import { renderPgbouncerConfig } from '../../src/local/pgbouncer-config.ts';
import { writeServerFile } from '../../src/local/data-directory.ts';
import { ServerProcess } from '../../src/local/server-process.ts';
import { sandboxClient } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { Postgres15World, postgres15Environment } from '../helpers/postgres-15.ts';
import { root, runToEnd, type Ended } from '../helpers/processes.ts';
import { stablePort } from '../helpers/stable-port.ts';
import { healthTest, interpolated, readCompose, type Service } from './compose-file.ts';
import { makeApp, stageEnvironment } from './image.ts';

const ports: Readonly<Record<string, string>> = {
  manager: '9470',
  jobs: '9471',
  'jobs-2': '9471',
  prometheus: '9090',
  alertmanager: '9093',
  'node-exporter': '9100',
  'postgres-exporter': '9187',
  'redis-exporter': '9121',
  'pgbouncer-exporter': '9127',
  postgres: '5432',
  pgbouncer: '6432',
  'redis-cache': '6379',
  'redis-state': '6379',
};

/** Opens nothing. */
export const githubToken = 'not_a_token_of_github_it_opens_nothing';

/**
 * The services of docker-compose.production.yml as processes of this machine: the same commands, variables, secrets, configuration files
 * and health checks, with other ports and folders, the sandbox for Discord, and Debian's PostgreSQL 15.
 */
export class NativeProduction implements AsyncDisposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'shoal-production-'));
  /** All that any of our processes printed. */
  printed = '';
  /** The database's superuser, straight to PostgreSQL. */
  superuserUrl = '';
  /** Discord's stand-in, by the members' side. */
  sandbox = sandboxClient('http://127.0.0.1:9');
  /** What the operator writes into `.env` beside the compose file. */
  readonly settings: Readonly<Record<string, string>> = {
    SHOAL_GRAFANA_URL: 'https://grafana.example.org',
    SHOAL_RUNBOOK_URL: 'https://git.example.org/runbook.md',
    SHOAL_REVISION: '0a1b2c3d4e5f',
  };
  /** The volume that backups write and node exporter reads. */
  readonly metricsFolder = path.join(this.folder, 'metrics');
  readonly #compose = readCompose();
  readonly #opened = new AsyncDisposableStack();
  readonly #ports = new Map<string, number>();
  #discordUrl = '';

  static async start(): Promise<NativeProduction> {
    const world = new NativeProduction();
    try {
      await world.#start();
      return world;
    } catch (error) {
      await world[Symbol.asyncDispose]();
      throw error;
    }
  }

  service(name: string): Service {
    const found = this.#compose.services[name];
    if (found === undefined) throw new Error(`there is no service ${name}`);
    return found;
  }

  /** What `secrets/` holds, as one text for each file. */
  secrets(): readonly string[] {
    return readdirSync(path.join(this.folder, 'run/secrets')).map((name) => this.secret(name));
  }

  port(name: string): number | undefined {
    return this.#ports.get(name);
  }

  /** What is started beside these, and where it listens. */
  listens(name: string, port: number): void {
    this.#ports.set(name, port);
  }

  /** A text in which services listen at their names and ports, with where those that are started listen here. */
  moved(text: string): string {
    return text.replaceAll(/\b([a-z][a-z\d-]*):(\d+)\b/g, (all, name: string, port: string) => {
      const here = ports[name] === port ? this.#ports.get(name) : undefined;
      return here === undefined ? all : `127.0.0.1:${here}`;
    });
  }

  secret(name: string): string {
    return readFileSync(path.join(this.folder, 'run/secrets', name), 'utf8').trim();
  }

  /** One statement over a connection of its own, in the simple protocol, which PgBouncer's console alone takes. */
  async ask(url: string, statement: string): Promise<readonly unknown[]> {
    const client = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
    try {
      return await client.unsafe(statement).simple();
    } finally {
      await client.end();
    }
  }

  /** Runs a service's command, in the folder that its image would have, to its end or until it is stopped. */
  run(name: string): {
    readonly stop: () => void;
    readonly pid: number;
    readonly ended: Promise<number | null>;
  } {
    const [program = '', ...args] = this.command(name);
    const child = spawn(process.execPath, [program, ...args], {
      cwd: path.join(this.folder, 'app'),
      env: this.environment(name),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
    const ended = once(child, 'close').then(([code]) => code as number | null);
    this.#opened.defer(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    return { pid: child.pid ?? 0, stop: () => void child.kill('SIGTERM'), ended };
  }

  /** The same command in a container of the service: `docker compose exec`. */
  exec(name: string, bin: string, args: readonly string[]): Promise<Ended> {
    return runToEnd(bin, args, this.environment(name));
  }

  command(name: string): readonly string[] {
    return this.service(name).command.map((word) => this.#here(name, word));
  }

  environment(name: string): Readonly<Record<string, string>> {
    const { image: tag, environment } = this.service(name);
    const build = Object.values(this.#compose.services).find(
      (each) => each.build && each.image === tag,
    )?.build;
    const args = Object.entries(build?.args ?? {}).map(([arg, text]) => [
      arg,
      interpolated(text, this.settings),
    ]);
    const image = stageEnvironment('bot', Object.fromEntries(args) as Record<string, string>);
    const all = { ...image, ...environment, METRICS_HOST: '127.0.0.1' };
    const here = Object.entries(all).map(([key, value]) => [key, this.#here(name, value)]);
    const PATH = [path.dirname(process.execPath), postgres15Environment['PATH']].join(':');
    // As in shoal.env; at this level everything is logged that could hold a secret.
    const own = {
      DISCORD_API_URL: this.#discordUrl,
      DISCORD_SHARDS: '1',
      LOG_LEVEL: 'trace',
      GITHUB_TOKEN_FILE: this.#here(name, '/run/optional/github_token'),
    };
    // The files are copies in a new place each time: nothing of theirs is to be kept with what other tests compile.
    const NODE_COMPILE_CACHE = path.join(this.folder, 'compiled');
    return { PATH, NODE_COMPILE_CACHE, ...own, ...Object.fromEntries(here) };
  }

  /** Whether the service's health check succeeds; `port` as if it listened there. */
  async healthy(name: string, port?: number): Promise<boolean> {
    const [kind, ...words] = (healthTest(this.service(name)) ?? []).map((word) =>
      this.#here(name, interpolated(word), port),
    );
    const [program = '', ...args] = kind === 'CMD-SHELL' ? ['/bin/sh', '-c', ...words] : words;
    const { PATH, NODE_COMPILE_CACHE } = this.environment('manager');
    const child = spawn(program, args, {
      env: { PATH, NODE_COMPILE_CACHE },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [[code]] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
    return code === 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
    rmSync(this.folder, { recursive: true });
  }

  async #start(): Promise<void> {
    for (const place of ['app', 'run/shoal', 'data', 'backups', 'metrics', 'redis-cache', 'redis-state'])
      mkdirSync(path.join(this.folder, place), { recursive: true });
    makeApp(path.join(this.folder, 'app'));
    await this.#makeSecrets();
    for (const name of ['manager', 'jobs', 'jobs-2', 'pgbouncer-exporter', 'redis-cache', 'redis-state'])
      this.#ports.set(name, await stablePort());
    await Promise.all([
      this.#startDatabase(),
      this.#startRedis('cache'),
      this.#startRedis('state'),
      this.#startDiscord(),
    ]);
    this.#moveSecrets(path.join(this.folder, 'run/secrets'));
  }

  async #makeSecrets(): Promise<void> {
    const made = await runToEnd('make-secrets', ['--out', path.join(this.folder, 'secrets')], process.env);
    if (made.code !== 0) throw new Error(made.stderr);
    writeFileSync(path.join(this.folder, 'secrets/optional/github_token'), `${githubToken}\n`);
    mkdirSync(path.join(this.folder, 'run/secrets'));
    for (const [name, { file }] of Object.entries(this.#compose.secrets))
      if (name !== 'discord_token')
        renameSync(path.join(this.folder, file), path.join(this.folder, 'run/secrets', name));
  }

  async #startDiscord(): Promise<void> {
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const args = ['--json', '--guilds', '4'];
    const sandbox = this.#opened.use(new Child('sandbox', args, { PATH, NODE_COMPILE_CACHE }));
    const { restUrl, controlUrl, token } = JSON.parse(await sandbox.firstLine()) as Readonly<
      Record<'restUrl' | 'controlUrl' | 'token', string>
    >;
    this.sandbox = sandboxClient(controlUrl);
    this.#discordUrl = restUrl;
    writeFileSync(path.join(this.folder, 'run/secrets/discord_token'), `${token}\n`);
  }

  async #startDatabase(): Promise<void> {
    const world = this.#opened.use(await Postgres15World.make());
    const primary = await world.startPrimary();
    this.#ports.set('postgres', primary.port);
    this.superuserUrl = primary.url;
    const database = this.service('postgres').environment['POSTGRES_DB'] ?? '';
    await this.ask(primary.url, `create database ${database}`);
    // What the image does with the files of /docker-entrypoint-initdb.d: in that database, as the superuser.
    await this.ask(primary.url.replace(/\/postgres$/, `/${database}`), this.secret('postgres_roles'));
    await this.#startPgbouncer(world, primary.port);
  }

  async #startPgbouncer({ account, directory }: Postgres15World, postgresPort: number): Promise<void> {
    const port = await freePort();
    this.#ports.set('pgbouncer', port);
    const template = readFileSync(path.join(root, 'pgbouncer/pgbouncer.ini'), 'utf8');
    const authFile = path.join(directory, 'userlist.txt');
    const list = readFileSync(path.join(this.folder, 'run/secrets/pgbouncer_userlist'), 'utf8');
    await writeServerFile(authFile, [list], account);
    const values = {
      '*': `host=127.0.0.1 port=${postgresPort}`,
      listen_addr: '127.0.0.1',
      listen_port: String(port),
      auth_file: authFile,
    };
    const config = path.join(directory, 'pgbouncer.ini');
    await writeServerFile(config, renderPgbouncerConfig(template, values), account);
    this.#serve('pgbouncer', findProgram('pgbouncer', process.env) ?? '', [config], { directory, account });
    await eventually('PgBouncer is healthy', () => this.healthy('pgbouncer'), 60_000);
  }

  async #startRedis(role: 'cache' | 'state'): Promise<void> {
    const name = `redis-${role}`;
    const [program = '', ...args] = this.command(name);
    const directory = path.join(this.folder, name);
    const own = ['--bind', '127.0.0.1', '--port', String(this.#ports.get(name))];
    this.#serve(name, findProgram(program, process.env) ?? program, [...args, ...own], { directory });
    await eventually(`${name} is healthy`, () => this.healthy(name), 60_000);
  }

  #serve(
    name: string,
    program: string,
    args: readonly string[],
    place: { readonly directory: string; readonly account?: Postgres15World['account'] },
  ): void {
    const environment = process.env;
    const signals = { stopSignal: 'SIGKILL', orphanSignal: 'KILL' } as const;
    const server = new ServerProcess({
      name,
      program,
      args,
      account: undefined,
      environment,
      ...signals,
      ...place,
    });
    this.#opened.defer(() => server.stop());
  }

  /** What the secrets say about hosts and ports is true inside Docker's networks; here it is another. */
  #moveSecrets(folder: string): void {
    for (const name of readdirSync(folder)) {
      const file = path.join(folder, name);
      const moved = readFileSync(file, 'utf8').replaceAll(
        /@([\w-]+):(\d+)/g,
        (all, host: string, port: string) => {
          const here = ports[host] === port ? this.#ports.get(host) : undefined;
          if (here === undefined) throw new Error(`${name} names ${all}, where no service listens`);
          return `@127.0.0.1:${here}`;
        },
      );
      rmSync(file);
      writeFileSync(file, moved);
    }
  }

  /** A word of a command line, a variable or a health check, with this machine's folders and port. */
  #here(name: string, word: string, port = this.#ports.get(name)): string {
    for (const [source = '', target = ''] of this.service(name).volumes.map((volume) => volume.split(':')))
      if (source.startsWith('./') && word.startsWith(`${target}/`)) {
        const place = source.startsWith('./secrets/') ? this.folder : root;
        return path.join(place, source, word.slice(target.length));
      }
    const data = name.startsWith('redis') ? name : 'data';
    const moved = word
      .replace(/^\/data\b/, path.join(this.folder, data))
      .replaceAll(/(?<![\w.])\/(run\/secrets|run\/shoal|backups|metrics)\b/g, `${this.folder}/$1`);
    const inside = ports[name];
    return inside === undefined || port === undefined
      ? moved
      : moved.replaceAll(new RegExp(String.raw`(?<!\d)${inside}(?!\d)`, 'g'), String(port));
  }
}
