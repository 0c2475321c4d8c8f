import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis, type RedisOptions } from 'ioredis';
import { findProgram } from '../../src/local/find-program.ts';
import { freePort } from '../../src/local/free-port.ts';
import { ServerProcess } from '../../src/local/server-process.ts';
import { eventually } from './eventually.ts';

/** Servers of one test, in a directory that goes with them. */
export class RedisNodes implements AsyncDisposable {
  readonly directory: string;
  readonly #nodes: RedisNode[] = [];

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async make(): Promise<RedisNodes> {
    return new RedisNodes(await mkdtemp(path.join(tmpdir(), 'shoal-redis-')));
  }

  /** Starts one more; `lines` come on top of a configuration without files. Options are for the connections of the test itself. */
  async add(lines: readonly string[] | LinesFor, options: AddOptions = {}): Promise<RedisNode> {
    const port = options.port ?? (await freePort());
    const directory = path.join(this.directory, String(port));
    await mkdir(directory);
    const config = path.join(directory, 'redis.conf');
    const own = ['bind 127.0.0.1', 'save ""', 'appendonly no', `port ${port}`];
    await writeFile(config, [...own, ...(typeof lines === 'function' ? lines(port) : lines)].join('\n'));
    const node = new RedisNode({ port, config, directory, ...options });
    this.#nodes.push(node);
    await node.start();
    return node;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.stop()));
    await rm(this.directory, { recursive: true });
  }
}

type LinesFor = (port: number) => readonly string[];

interface NodeOptions extends AddOptions {
  readonly port: number;
  readonly config: string;
  readonly directory: string;
}

interface AddOptions extends Pick<RedisOptions, 'tls' | 'username' | 'password'> {
  readonly sentinel?: boolean;
  readonly port?: number;
}

/** A redis-server, or a Sentinel, as a process of its own. */
export class RedisNode {
  readonly port: number;
  readonly #options: NodeOptions;
  #process: ServerProcess | undefined;

  constructor(options: NodeOptions) {
    this.port = options.port;
    this.#options = options;
  }

  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error('it does not run');
    return pid;
  }

  /** Also again, after `kill`, with what its directory kept. */
  async start(): Promise<void> {
    const { config, directory, sentinel } = this.#options;
    const server = new ServerProcess({
      name: 'redis',
      program: findProgram('redis-server', process.env) ?? 'redis-server',
      args: [config, ...(sentinel ? ['--sentinel'] : [])],
      directory,
      account: undefined,
      environment: process.env,
      stopSignal: 'SIGTERM',
      orphanSignal: 'KILL',
    });
    this.#process = server;
    const ended = server.obituary().then((how) => Promise.reject(new Error(`redis ended with ${how}`)));
    const answers = async () => (await this.ask('ping')) === 'PONG';
    await Promise.race([ended, eventually(`redis on ${this.port} answers`, answers)]);
  }

  async kill(): Promise<void> {
    process.kill(this.pid, 'SIGKILL');
    await this.#process?.ended;
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
  }

  async isPrimary(): Promise<boolean> {
    return ((await this.ask('role')) as unknown[])[0] === 'master';
  }

  /** One command over a connection of its own. */
  async ask(command: string, ...args: readonly (string | number)[]): Promise<unknown> {
    const { tls, username, password } = this.#options;
    const login = { ...(tls && { tls }), ...(username && { username }), ...(password && { password }) };
    const client = new Redis(this.port, '127.0.0.1', {
      retryStrategy: null,
      enableReadyCheck: false,
      ...login,
    });
    try {
      client.on('error', () => undefined);
      return await client.call(command, ...args);
    } finally {
      client.disconnect();
    }
  }
}
