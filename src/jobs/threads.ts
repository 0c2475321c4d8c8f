import { Piscina } from 'piscina';
import type { JobDefinition, JobThread } from '../features/job.ts';

/** A thread that was used is kept this long for the next job: starting one costs about 50 ms and its modules. */
const idleMs = 30_000;

/** Worker threads for the kinds that compute, a pool for each, so that one kind's memory limit and crashes are its own. */
export class Threads {
  readonly #pools = new Map<string, Piscina>();

  /**
   * Rejects with what the computation throws. When `signal` is aborted or the heap outgrows its limit, the thread is ended wherever it
   * is, also in an endless loop, and the promise rejects at once.
   */
  async compute({ kind, thread }: JobDefinition, input: unknown, signal: AbortSignal): Promise<unknown> {
    if (thread === undefined) throw new TypeError(`${kind.name} computes, but its definition has no thread`);
    const pool = this.#pools.get(kind.name) ?? createPool(thread, kind.concurrency);
    this.#pools.set(kind.name, pool);
    return pool.run(input, { signal });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }
}

function createPool({ module, memoryMb }: JobThread, concurrency: number): Piscina {
  const pool = new Piscina({
    filename: module.href,
    name: 'compute',
    minThreads: 0,
    maxThreads: concurrency,
    idleTimeout: idleMs,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    // Passwords and tokens are no business of a computation.
    env: {},
  });
  // The death of a thread is reported to whoever waits for its result; as an `error` without listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}
