import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Failure } from '../lib/failure.ts';
import type { ExitCode } from '../lib/exit-codes.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Of what a process printed, this much is shown when it fails. */
const KEPT_LINES = 20;

/** One of our processes under the demo. It ends by itself when the demo is gone: its IPC channel closes then. */
export class Child implements AsyncDisposable {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #printed: string[] = [];
  readonly #ended: Promise<Failure>;
  readonly #firstLine = Promise.withResolvers<string>();
  #code: number | undefined;

  /** `bin` is a starter's name: `manager`. */
  constructor(bin: string, args: readonly string[], environment: Environment, node = process.execPath) {
    this.name = bin;
    // Detached: Ctrl-C reaches the demo alone, which stops the parts in order.
    this.#process = fork(fileURLToPath(new URL(`../bin/${bin}.ts`, import.meta.url)), args, {
      execPath: node,
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.#keep(this.#process.stdout);
    this.#keep(this.#process.stderr);
    this.#ended = this.#end();
  }

  /** Its last lines. */
  get printed(): string {
    return this.#printed.join('\n');
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** The first line it prints. Throws a `Failure` when it ends before. */
  async firstLine(): Promise<string> {
    return this.#orFailure(this.#firstLine.promise);
  }

  /** Until it sends `message`. Throws a `Failure` when it ends before. */
  async message(message: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#process.on('message', (received) => {
      if (received === message) resolve();
    });
    return this.#orFailure(promise);
  }

  /** Until it ends well. Throws a `Failure` when it ends otherwise. */
  async done(): Promise<void> {
    const failure = await this.#ended;
    if (this.#code !== 0) throw failure;
  }

  /** Resolves with the reason once it has ended. */
  get ended(): Promise<Failure> {
    return this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGTERM');
    await this.#ended;
  }

  async #orFailure<T>(promise: Promise<T>): Promise<T> {
    const outcome = await Promise.race([promise, this.#ended]);
    if (outcome instanceof Failure) throw outcome;
    return outcome;
  }

  async #end(): Promise<Failure> {
    const [code, signal] = (await once(this.#process, 'close')) as [number | null, NodeJS.Signals | null];
    this.#code = code ?? undefined;
    const said = this.#printed.map((line) => `\n    ${line}`).join('');
    return new Failure(
      `${this.name} ended with ${signal ?? `code ${code}`}${said}`,
      (code ?? 70) as ExitCode,
    );
  }

  #keep(stream: Readable | null): void {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (line) => {
      this.#firstLine.resolve(line);
      this.#printed.push(line);
      if (this.#printed.length > KEPT_LINES) this.#printed.shift();
    });
  }
}
