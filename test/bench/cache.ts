import { loadavg } from 'node:os';
import path from 'node:path';
import { ensurePackages } from '../helpers/ensure-packages.ts';
import { freeze } from '../helpers/freeze.ts';
import { testServers } from '../helpers/servers.ts';
import { timeCodecs } from './cache/codecs.ts';
import { contenderNames, type ContenderName } from './cache/contenders.ts';
import { medianOf, rounded } from './cache/figures.ts';
import { countColdLoads, readZipf, startProcesses, timeInvalidation, timeReads } from './cache/rounds.ts';

/**
 * The cache beside bentocache, cacheable and bare ioredis: the same work, in one run. Prints a table for each question and, last,
 * one line of JSON. A ratio is the other's time by ours: above 1 ours is the faster.
 */
const rounds = 7;
const twoTiers = ['shoal', 'bentocache', 'cacheable'] as const;

const say = (line: string) => process.stdout.write(`${line}\n`);
await ensurePackages(path.join(import.meta.dirname, 'peers'), { environment: process.env, onProgress: say });
await using servers = await testServers();
const lasting = { url: servers.redisUrl, ttlMs: 600_000, maxEntries: 20_000 };

say('\na row in Redis: bytes, µs to write, µs to read');
for (const [name, { bytes, encode, decode }] of await timeCodecs())
  say(`${name.padEnd(12)}${bytes}  ${rounded(encode)}  ${rounded(decode)}`);

const { near, far } = await timeReads(lasting, rounds);
table('µs of one read from memory (ioredis: from Redis)', near);
table('µs of one read from Redis', far);

say('\nloads of one cold key, 4 processes × 200 callers: most (median) of 10 keys');
const coldLoads = new Map<ContenderName, number>();
for (const name of contenderNames) {
  const { most, median } = await countColdLoads(name, lasting, 10);
  coldLoads.set(name, most);
  say(`${name.padEnd(12)}${most} (${median})`);
}

say(
  '\nms until a write is seen by 7 other processes: p50, p99 of 50 writes, and reads that had not seen it after 2 s',
);
const invalidation = new Map<ContenderName, number>();
for (const name of ['shoal', 'bentocache'] as const) {
  const { p50, p99, never } = await timeInvalidation(name, lasting, 50);
  invalidation.set(name, p99);
  say(`${name.padEnd(12)}${rounded(p50)}  ${rounded(p99)}  ${never}`);
}

const perSecond = 15_000;
const short = { url: servers.redisUrl, ttlMs: 20_000, maxEntries: 2_000 };
say(
  '\nreads that no load was made for, 20,000 guilds by Zipf over 8 processes, 300,000 reads in a TTL (5,000 a second at 60 s)',
);
const hitRates = new Map<ContenderName, number>();
let tiers = {};
for (const name of twoTiers) {
  const sums = await readZipf(name, short, perSecond);
  const rate = rounded(1 - (sums['loads'] ?? 0) / (sums['reads'] ?? 0), 4);
  hitRates.set(name, rate);
  if (name === 'shoal') tiers = tiersOf(sums);
  say(`${name.padEnd(12)}${rate}`);
}
say(`by tier      ${JSON.stringify(tiers)}`);

say('\nms of a cold key with Redis frozen (given up after 5 s)');
const frozenMs = await readFrozen();
for (const [name, ms] of frozenMs) say(`${name.padEnd(12)}${Math.round(ms)}`);

const ratio = (times: typeof near, other: ContenderName) =>
  rounded(medianOf(times.get(other) ?? []) / medianOf(times.get('shoal') ?? []));
say(
  JSON.stringify({
    cold_key_loads: coldLoads.get('shoal'),
    frozen_redis_ms: Math.round(frozenMs.get('shoal') ?? Number.NaN),
    invalidation_p99_ms: rounded(invalidation.get('shoal') ?? Number.NaN),
    cache_hit_rate: hitRates.get('shoal'),
    cache_hit_rate_by_tier: tiers,
    near_ratio_bentocache: ratio(near, 'bentocache'),
    near_ratio_cacheable: ratio(near, 'cacheable'),
    near_ratio_ioredis: ratio(near, 'ioredis'),
    far_ratio_bentocache: ratio(far, 'bentocache'),
    far_ratio_cacheable: ratio(far, 'cacheable'),
    far_ratio_ioredis: ratio(far, 'ioredis'),
    cold_key_loads_others: Object.fromEntries(coldLoads),
    load_average: rounded(loadavg()[0] ?? 0),
  }),
);

function table(title: string, times: ReadonlyMap<ContenderName, readonly number[]>): void {
  say(`\n${title}: median, spread of ${rounds} rounds`);
  for (const [name, values] of times)
    say(
      `${name.padEnd(12)}${rounded(medianOf(values))}  ${rounded(Math.min(...values))} to ${rounded(Math.max(...values))}`,
    );
}

/** Parts of all reads. A stale one was answered at once, and loaded behind the reader's back; the rest joined a read under way. */
function tiersOf(sums: Record<string, number>) {
  const part = (figure: string) => rounded((sums[figure] ?? 0) / (sums['reads'] ?? 0), 4);
  return { l1: part('l1 hit'), l2: part('l2 hit'), stale: part('l2 stale'), missed: part('l2 miss') };
}

async function readFrozen(): Promise<Map<ContenderName, number>> {
  await using stack = new AsyncDisposableStack();
  const took = new Map<ContenderName, number>();
  const readers = new Map<ContenderName, Awaited<ReturnType<typeof startProcesses>>>();
  for (const name of contenderNames) readers.set(name, stack.use(await startProcesses(name, 1, lasting)));
  const frozen = freeze([servers.pid('redis-cache')]);
  try {
    for (const [name, { all }] of readers) {
      const figures = await all[0]?.ask({ do: 'cold', key: 'frozen' });
      took.set(name, figures?.['ms'] ?? Number.NaN);
    }
  } finally {
    frozen.thaw();
  }
  return took;
}
