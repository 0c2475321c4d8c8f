import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { JoinOptions } from './cache-members.ts';
import type { Answer, Order } from './cache-process.ts';

/** The version of a row, or undefined while the database is away. */
export type ReadVersion = (key: string) => Promise<number | undefined>;

type Done = Extract<Answer, { say: 'done' }>;
type Asked = Order extends infer O ? (O extends { do: 'loaded' } ? never : Omit<O, 'id'>) : never;

const script = path.join(import.meta.dirname, 'cache-process.ts');

/** A cache in a process of its own; its loads come to `read` here. */
export class CacheProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting: PromiseWithResolvers<Done>[] = [];
  readonly #ready = Promise.withResolvers<void>();

  private constructor(redisUrl: string, read: ReadVersion, isPatient: boolean) {
    this.#child = fork(script, [redisUrl, ...(isPatient ? ['patient'] : [])]);
    this.#child.on('message', (answer: Answer) => void this.#hear(answer, read));
    this.#child.on('exit', (code, signal) => {
      const error = new Error(`the cache process ended with ${code ?? signal}`);
      this.#ready.reject(error);
      for (const { reject } of this.#waiting) reject(error);
    });
  }

  static async start(
    redisUrl: string,
    read: ReadVersion,
    { isPatient = false }: Pick<JoinOptions, 'isPatient'> = {},
  ): Promise<CacheProcess> {
    const started = new CacheProcess(redisUrl, read, isPatient);
    await started.#ready.promise;
    return started;
  }

  /** The versions that `times` callers at once were given, each once. */
  async get(key: string, times = 1): Promise<readonly number[]> {
    return (await this.#ask({ do: 'get', key, times })).versions;
  }

  async put(key: string, version: number): Promise<void> {
    await this.#ask({ do: 'put', key, version });
  }

  /** When it saw `version` of `key`, looking once a millisecond: milliseconds of the machine's monotonic clock. */
  async watch(key: string, version: number): Promise<number> {
    return (await this.#ask({ do: 'watch', key, version })).atMs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  #ask(order: Asked): Promise<Done> {
    const waiting = Promise.withResolvers<Done>();
    const id = this.#waiting.push(waiting) - 1;
    this.#send({ ...order, id });
    return waiting.promise;
  }

  async #hear(answer: Answer, read: ReadVersion): Promise<void> {
    if (answer.say === 'ready') this.#ready.resolve();
    else if (answer.say === 'done') this.#waiting[answer.id]?.resolve(answer);
    else if (answer.say === 'failed') this.#waiting[answer.id]?.reject(new Error(answer.reason));
    else this.#send({ do: 'loaded', id: answer.id, version: await read(answer.key) });
  }

  #send(order: Order): void {
    // A process that was killed need not hear it.
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }
}
