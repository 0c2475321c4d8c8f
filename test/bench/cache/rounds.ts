import { contenderNames, type ContenderName, type ContenderOptions } from './contenders.ts';
import { ContenderProcess } from './contender-processes.ts';
import { medianOf, quantileOf } from './figures.ts';
import type { Figures } from './orders.ts';

/** Keys of one round. */
const count = 1_000;

/** Until V8 has compiled what is measured: ours took 207 µs in the first 2,000 reads, and 136 after 8,000. */
const warmUpRounds = 5;

export interface Processes extends AsyncDisposable {
  readonly all: readonly ContenderProcess[];
}

export async function startProcesses(
  name: ContenderName,
  count: number,
  options: ContenderOptions,
): Promise<Processes> {
  await using started = new AsyncDisposableStack();
  const all: ContenderProcess[] = [];
  // One after another: a start takes a core for itself.
  for (let index = 0; index < count; index++)
    all.push(started.use(await ContenderProcess.start(name, options)));
  const kept = started.move();
  return { all, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Medians of µs per read, by contender, of interleaved rounds: from memory, and from Redis where another process wrote it. */
export async function timeReads(options: ContenderOptions, rounds: number) {
  await using stack = new AsyncDisposableStack();
  const pairs = new Map<ContenderName, readonly ContenderProcess[]>();
  for (const name of contenderNames) pairs.set(name, stack.use(await startProcesses(name, 2, options)).all);
  const near = new Map<ContenderName, number[]>();
  const far = new Map<ContenderName, number[]>();
  for (let round = -warmUpRounds; round < rounds; round++) {
    const prefix = `far${round}-`;
    // All are written before the first is read: what the writes announce is heard by then.
    for (const [writer] of pairs.values()) await writer?.ask({ do: 'fill', prefix, count });
    for (const [name, [, reader]] of pairs) {
      const first = await reader?.ask({ do: 'time', prefix, count, times: 1 });
      const again = await reader?.ask({ do: 'time', prefix, count, times: 10 });
      if (round < 0) continue;
      push(far, name, first);
      push(near, name, again);
    }
  }
  return { near, far };
}

/** The most loads that one cold key took, of `keys`, asked for by 4 processes with 200 callers each. */
export async function countColdLoads(name: ContenderName, options: ContenderOptions, keys: number) {
  await using processes = await startProcesses(name, 4, options);
  const loads: number[] = [];
  for (let key = 0; key < keys; key++) {
    const order = { do: 'stampede', key: `cold${key}`, callers: 200 } as const;
    const figures = await Promise.all(processes.all.map((one) => one.ask(order)));
    loads.push(figures.reduce((sum, { loads = 0 }) => sum + loads, 0));
  }
  return { most: Math.max(...loads), median: medianOf(loads) };
}

/** Milliseconds from a write in one process until each of seven others gives it out; those that never did within 2 s apart. */
export async function timeInvalidation(name: ContenderName, options: ContenderOptions, writes: number) {
  await using processes = await startProcesses(name, 8, options);
  const [writer, ...readers] = processes.all;
  const key = 'invalidated';
  const took: number[] = [];
  let never = 0;
  await writer?.ask({ do: 'write', key, version: 1 });
  await Promise.all(readers.map((one) => one.ask({ do: 'watch', key, version: 1 })));
  for (let version = 2; version <= writes + 1; version++) {
    const watching = readers.map((one) => one.ask({ do: 'watch', key, version }));
    const start = Number(process.hrtime.bigint()) / 1e6;
    await writer?.ask({ do: 'write', key, version });
    for (const { atMs = -1 } of await Promise.all(watching))
      if (atMs < 0) never += 1;
      else took.push(atMs - start);
  }
  return { p50: quantileOf(took, 0.5), p99: quantileOf(took, 0.99), never };
}

/** Sums over 8 processes of what `zipf` tells: a TTL's length to warm up, then as long again that counts. */
export async function readZipf(name: ContenderName, options: ContenderOptions, perSecond: number) {
  await using processes = await startProcesses(name, 8, options);
  const run = (ms: number) =>
    Promise.all(
      processes.all.map((one, process) =>
        one.ask({ do: 'zipf', guilds: 20_000, process, processes: 8, perSecond, ms }),
      ),
    );
  await run(options.ttlMs);
  const sums: Record<string, number> = {};
  for (const figures of await run(options.ttlMs))
    for (const [figure, value] of Object.entries(figures)) sums[figure] = (sums[figure] ?? 0) + value;
  return sums;
}

function push(
  map: Map<ContenderName, number[]>,
  name: ContenderName,
  { us = Number.NaN }: Figures = {},
): void {
  map.set(name, [...(map.get(name) ?? []), us]);
}
