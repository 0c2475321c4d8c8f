import path from 'node:path';
import { Redis } from 'ioredis';
import { Breakers } from '../../../src/breaker/breaker.ts';
import { createCache, jsonCodec } from '../../../src/cache/cache.ts';
import { connectRedis } from '../../../src/redis/redis.ts';
import { eventually } from '../../helpers/eventually.ts';
import { silentLog } from '../../helpers/silent-log.ts';

/** About what a guild's settings weigh. */
export interface Row {
  readonly guildId: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly logChannelId: null;
  readonly accentColor: number;
  readonly version: number;
}

export interface Contender {
  read(key: string, load: () => Promise<Row>): Promise<Row>;
  write(key: string, row: Row): Promise<unknown>;
}

export interface ContenderOptions {
  readonly url: string;
  readonly ttlMs: number;
  readonly maxEntries: number;
}

export const contenderNames = ['shoal', 'bentocache', 'cacheable', 'ioredis'] as const;
export type ContenderName = (typeof contenderNames)[number];

/** All do the same work with the same times; `ioredis` has no memory of its own, no flight and no invalidation. */
export async function openContender(name: ContenderName, options: ContenderOptions): Promise<Contender> {
  if (name === 'shoal') return openShoal(options);
  if (name === 'ioredis') return openBare(options);
  // Their packages are installed when the benchmark runs, so tsc cannot look into them.
  const { peers } = (await import(path.join(import.meta.dirname, '../peers/caches.js'))) as {
    peers: Record<string, (options: ContenderOptions) => Contender>;
  };
  const open = peers[name];
  if (open === undefined) throw new Error(`no contender ${name}`);
  return open(options);
}

async function openShoal({ url, ttlMs, maxEntries }: ContenderOptions): Promise<Contender> {
  const redis = await connectRedis({ url, role: 'cache', log: silentLog });
  const cache = createCache({ redis, url, breakers: new Breakers(silentLog), log: silentLog });
  const rows = cache.namespace<Row>({
    name: 'rows',
    maxEntries,
    maxBytes: 64 * 1_024 * 1_024,
    ttlMs,
    sharedTtlSec: ttlMs / 1_000,
    absentTtlSec: ttlMs / 1_000,
    staleSec: 60,
    codec: jsonCodec<Row>(1, (value): value is Row => typeof value === 'object' && value !== null),
  });
  await eventually('the cache hears', () => cache.heard);
  const entryOf = (value: Row) => ({ value, version: value.version });
  return {
    read: (key, load) => rows.get(key, () => load().then(entryOf)),
    write: (key, row) => rows.put(key, row, row.version),
  };
}

function openBare({ url, ttlMs }: ContenderOptions): Contender {
  const redis = new Redis(url);
  const write = (key: string, row: Row) => redis.set(`bare:${key}`, JSON.stringify(row), 'PX', ttlMs);
  return {
    write,
    async read(key, load) {
      const text = await redis.get(`bare:${key}`);
      if (text !== null) return JSON.parse(text) as Row;
      const row = await load();
      await write(key, row);
      return row;
    },
  };
}
