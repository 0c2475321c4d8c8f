import { setTimeout as delay } from 'node:timers/promises';
import { Breakers } from '../../src/breaker/breaker.ts';
import { createCache } from '../../src/cache/cache.ts';
import { connectDb } from '../../src/db/db.ts';
import { connectRedis } from '../../src/redis/redis.ts';
import { itemOptions } from '../helpers/cache-members.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { keyCount, sharedTtlSec, type Report } from './redis-outage-load.ts';

const readers = 8;
const readPauseMs = 10;
const writePauseMs = 50;

/** Reads and writes through a cache of its own, over Redis and PostgreSQL, as a shard does; reports to whoever sends a message. */
const [redisUrl = '', postgresUrl = ''] = process.argv.slice(2);
const redis = await connectRedis({ url: redisUrl, role: 'cache', log: silentLog });
const db = await connectDb({ url: postgresUrl, poolMax: 5, log: silentLog });
const breakers = new Breakers(silentLog);
const cache = createCache({ redis, url: redisUrl, breakers, log: silentLog });
const items = cache.namespace({ ...itemOptions, sharedTtlSec });

const seen = new Map<number, number>();
const given = new Map<string, readonly [number, number, number]>();
const written: [number, number, number][] = [];
const failures: string[] = [];
const wentBack: string[] = [];
const puts = new Map<number, number>();
const loading = new Map<string, number>();
let [reads, loads, doubled, slowestMs] = [0, 0, 0, 0];

process.on('disconnect', () => process.exit());
process.on('message', () => process.send?.(report()));
for (let reader = 0; reader < readers; reader += 1) void every(readPauseMs, read);
void every(writePauseMs, write);

async function every(pauseMs: number, act: (key: number) => Promise<void>): Promise<never> {
  for (;;) {
    await act(Math.floor(Math.random() * keyCount)).catch((error: unknown) => failures.push(String(error)));
    await delay(pauseMs);
  }
}

async function read(key: number): Promise<void> {
  const [before, askedMs] = [seen.get(key) ?? 0, nowMs()];
  const { version } = await items.getEntry(String(key), () => load(key));
  slowestMs = Math.max(slowestMs, nowMs() - askedMs);
  reads += 1;
  if (version < before) wentBack.push(`key ${key}: ${version} after ${before}`);
  seen.set(key, Math.max(version, seen.get(key) ?? 0));
  given.set(`${key}:${version}`, [key, version, askedMs]);
}

async function load(key: number) {
  // A load that a write has overtaken serves nobody who asks after it.
  const flight = `${key}:${puts.get(key) ?? 0}`;
  const others = loading.get(flight) ?? 0;
  loads += 1;
  // Nor does one that another process's write has overtaken, which is heard only while Redis is there.
  if (others > 0 && !cache.heard) doubled += 1;
  loading.set(flight, others + 1);
  try {
    const [row] = await db.query(
      'outage.read',
      (sql) => sql<{ version: number }[]>`select version from items where id = ${key}`,
    );
    return entryOf(row?.version ?? 0);
  } finally {
    loading.set(flight, (loading.get(flight) ?? 1) - 1);
  }
}

async function write(key: number): Promise<void> {
  const [row] = await db.query(
    'outage.write',
    (sql) =>
      sql<{ version: number }[]>`update items set version = version + 1 where id = ${key} returning version`,
  );
  const { value, version } = entryOf(row?.version ?? 0);
  written.push([key, version, nowMs()]);
  puts.set(key, (puts.get(key) ?? 0) + 1);
  await items.put(String(key), value, version);
}

function entryOf(version: number) {
  return { value: { text: `v${version}` }, version };
}

function report(): Report {
  const usesRedis = cache.heard && breakers.status().every(({ state }) => state === 'closed');
  const histories = { given: [...given.values()], written };
  return { reads, failures, loads, doubled, slowestMs, usesRedis, wentBack, ...histories };
}

function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
