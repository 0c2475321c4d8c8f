import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import type { ProcessExit } from '../ipc/supervision.ts';
import { errorText } from '../lib/error-text.ts';
import type { LogLevel } from '../telemetry/log.ts';
import { ShardProcess, type ShardProcessOptions } from './shard-process.ts';

type GroupOptions = Omit<ShardProcessOptions, 'standby'> & {
  readonly onStarted: (process: ShardProcess) => void;
};

/** Everything of one group of shards that runs: also a predecessor that finishes its commands, and a successor on standby. */
export class ShardProcesses {
  readonly #options: GroupOptions;
  readonly #onEnded: (process: ShardProcess, exit: ProcessExit) => void;
  readonly #running = new Set<ShardProcess>();
  #stopping = false;
  /** Processes started so far. */
  starts = 0;
  /** Whether later processes leave the interactions to another set of shards. */
  muted: boolean;
  /** What later processes are told; `undefined`: what the environment says. */
  logLevel: LogLevel | undefined;

  constructor(options: GroupOptions, onEnded: (process: ShardProcess, exit: ProcessExit) => void) {
    this.#options = options;
    this.#onEnded = onEnded;
    this.muted = options.muted;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Throws when the operating system does not start it, or when all of it is being stopped. */
  async start(standby: boolean): Promise<ShardProcess> {
    if (this.#stopping) throw new Error('the manager is stopping');
    const muted = this.muted;
    const process = await ShardProcess.start({ ...this.#options, standby, muted });
    this.starts += 1;
    this.#running.add(process);
    this.#options.onStarted(process);
    void process.warm.then(() => {
      if (muted && !this.muted)
        void this.unmute(process).catch(() => process.kill('it could not be unmuted'));
      return this.#tellLevel(process);
    });
    void process.exited.then((exit) => {
      this.#running.delete(process);
      this.#onEnded(process, exit);
    });
    return process;
  }

  /** Rejects when the process does not answer, or cannot do it now. */
  async unmute(process: ShardProcess): Promise<void> {
    if ((await process.request('unmute', IPC_ANSWER_MS)) === 'redis fails')
      throw new Error('REDIS_STATE_URL does not answer, and without it nothing can be answered once');
  }

  /** Ends whatever runs, and starts nothing any more. Resolves when all of it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#running].map((process) => process.stop()));
  }

  async #tellLevel(process: ShardProcess): Promise<void> {
    if (this.logLevel === undefined) return;
    await process.request('log-level', IPC_ANSWER_MS, this.logLevel).catch((error: unknown) => {
      this.#options.log.warn({ reason: errorText(error) }, 'a new process logs at its own level');
    });
  }
}
