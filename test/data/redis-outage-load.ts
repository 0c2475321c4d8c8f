import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Of the rows that all processes read and write. */
export const keyCount = 50;
/** How long an entry is fresh, in seconds: short, so that the bound on staleness is one that a run can show. */
export const sharedTtlSec = 5;

const processes = 3;
const script = path.join(import.meta.dirname, 'redis-outage-process.ts');

/** Of one process since its start. Times are milliseconds of the machine's monotonic clock. */
export interface Report {
  readonly reads: number;
  /** Why reads and writes rejected. */
  readonly failures: readonly string[];
  readonly loads: number;
  /** Loads that began, without Redis, while this process was loading the same key already and no write of its own came between. */
  readonly doubled: number;
  readonly slowestMs: number;
  /** Whether Redis is used: its breaker is closed and the other processes' writes are heard. */
  readonly usesRedis: boolean;
  /** Reads that were given something older than this process had seen before it asked. */
  readonly wentBack: readonly string[];
  /** When a version was last asked for, of those that it was given for. */
  readonly given: readonly Seen[];
  /** When the commit of a version had returned. */
  readonly written: readonly Seen[];
}

type Seen = readonly [key: number, version: number, ms: number];

/** Processes that read and write the same rows, each through a cache of its own, until it is disposed of. */
export class RedisOutageLoad implements AsyncDisposable {
  readonly #children: readonly ChildProcess[];

  constructor(redisUrl: string, postgresUrl: string) {
    this.#children = Array.from({ length: processes }, () => fork(script, [redisUrl, postgresUrl]));
  }

  /** One report a process. Rejects when one has ended. */
  async reports(): Promise<readonly Report[]> {
    return Promise.all(
      this.#children.map(async (child) => {
        const answer = once(child, 'message');
        child.send('report');
        const [report] = (await answer) as [Report];
        return report;
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = this.#children.map((child) => once(child, 'exit'));
    for (const child of this.#children) child.kill('SIGKILL');
    await Promise.all(ended);
  }
}

/** The longest time for which a version was given after the commit of the next one had returned. */
export function stalestMs(reports: readonly Report[]): number {
  const commits = new Map(
    reports.flatMap(({ written }) => written.map(([key, version, ms]) => [`${key}:${version}`, ms])),
  );
  const ages = reports.flatMap(({ given }) =>
    given.map(([key, version, askedMs]) => askedMs - (commits.get(`${key}:${version + 1}`) ?? askedMs)),
  );
  return Math.max(...ages);
}
