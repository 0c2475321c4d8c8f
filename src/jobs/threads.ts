import { Piscina } from 'piscina';
import type { JobDefinition, JobThread } from '../features/job.ts';
import { inTime } from '../lib/within.ts';

/** A thread that was used is kept this long for the next job: starting one costs about 50 ms and its modules. */
const idleMs = 30_000;
const stopMs = 500;

/**
 * Node ends a thread at its limit, and lets it have 16 MiB more until it has ended; beyond that V8 aborts the whole process. What one
 * collection may move out of the young generation (48 MiB by default) must therefore be less.
 */
const youngMb = 4;

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
    // A pool may wait for ever for a thread that died of its memory; the process ends anyway.
    await inTime(Promise.all([...this.#pools.values()].map((pool) => pool.destroy())), stopMs);
  }
}

function createPool({ module, memoryMb }: JobThread, concurrency: number): Piscina {
  const pool = new Piscina({
    filename: module.href,
    name: 'compute',
    minThreads: 0,
    maxThreads: concurrency,
    idleTimeout: idleMs,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
    // Passwords and tokens are no business of a computation.
    env: {},
  });
  // The death of a thread is reported to whoever waits for its result; as an `error` without listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}
