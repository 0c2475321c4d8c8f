import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { findProgram } from '../../src/local/find-program.ts';
import { ServerProcess } from '../../src/local/server-process.ts';
import { makeCertificates, type Certificates } from './certificates.ts';
import { eventually } from './eventually.ts';
import { stablePort } from './stable-port.ts';

/** Servers of one test, in a directory that goes with them. */
export class RedisNodes implements AsyncDisposable {
  /** They speak nothing but TLS, also with each other. */
  readonly certificates: Certificates | undefined;
  readonly #directory: string;
  readonly #nodes: RedisNode[] = [];

  private constructor(directory: string, certificates: Certificates | undefined) {
    this.#directory = directory;
    this.certificates = certificates;
  }

  static async make({ tls = false } = {}): Promise<RedisNodes> {
    const directory = await mkdtemp(path.join(tmpdir(), 'shoal-redis-'));
    return new RedisNodes(directory, tls ? await makeCertificates(directory) : undefined);
  }

  /** Starts one more; `lines` come on top of a configuration without files. */
  async add(lines: readonly string[], options: AddOptions = {}): Promise<RedisNode> {
    const { certificates } = this;
    const port = options.port ?? (await stablePort());
    const directory = path.join(this.#directory, String(port));
    await mkdir(directory);
    const config = path.join(directory, 'redis.conf');
    const own = ['bind 127.0.0.1', 'save ""', 'appendonly no', ...portLines(port, certificates)];
    await writeFile(config, [...own, ...lines].join('\n'));
    const node = new RedisNode({ ...options, port, config, directory, ca: certificates?.ca });
    this.#nodes.push(node);
    await node.start();
    return node;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.stop()));
    await rm(this.#directory, { recursive: true });
  }
}

function portLines(port: number, certificates: Certificates | undefined): string[] {
  if (certificates === undefined) return [`port ${port}`];
  const { ca, cert, key } = certificates;
  const files = [`tls-ca-cert-file ${ca}`, `tls-cert-file ${cert}`, `tls-key-file ${key}`];
  return [
    'port 0',
    `tls-port ${port}`,
    ...files,
    'tls-auth-clients no',
    'tls-replication yes',
    'tls-cluster yes',
  ];
}

interface AddOptions {
  /** Of the test's own connections. */
  readonly username?: string;
  readonly password?: string;
  readonly sentinel?: boolean;
  readonly port?: number;
}

interface NodeOptions extends AddOptions {
  readonly port: number;
  readonly config: string;
  readonly directory: string;
  readonly ca: string | undefined;
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
    const { ca, username, password } = this.#options;
    const client = new Redis(this.port, '127.0.0.1', {
      retryStrategy: null,
      enableReadyCheck: false,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(ca !== undefined && { tls: { ca: readFileSync(ca) } }),
    });
    try {
      client.on('error', () => undefined);
      return await client.call(command, ...args);
    } finally {
      client.disconnect();
    }
  }
}
