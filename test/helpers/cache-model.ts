import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import { keys } from '../../src/redis/keys.ts';
import type { Redis } from '../../src/redis/redis.ts';
import { itemOptions } from './cache-members.ts';
import { eventually } from './eventually.ts';

/** Whoever reads and writes through a cache of its own. */
export interface Party {
  /** Rejects with `away` in its message when the database is away and nothing stale is left. */
  read(key: string): Promise<number>;
  put(key: string, version: number): Promise<void>;
  end(): Promise<void>;
}

/** What may happen at once: to one of three parties and one of three keys, or to Redis. */
export type Step =
  | { readonly do: 'read' | 'write'; readonly party: number; readonly key: number }
  | { readonly do: 'kill'; readonly party: number }
  | { readonly do: 'expire' | 'evict' | 'outlast'; readonly key: number }
  | { readonly do: 'deafen' | 'cut' | 'away' };

const parties = 3;
const keyCount = 3;
/** Of the database's answers, and between a commit and its announcement: so that they overtake each other. */
const slownessMs = 8;
const anyParty = fc.nat(parties - 1);
const anyKey = fc.nat(keyCount - 1);

export const histories: fc.Arbitrary<Step[][]> = fc.array(
  fc.array(
    fc.oneof(
      {
        weight: 12,
        arbitrary: fc.record({ do: fc.constant('read' as const), party: anyParty, key: anyKey }),
      },
      {
        weight: 5,
        arbitrary: fc.record({ do: fc.constant('write' as const), party: anyParty, key: anyKey }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('expire', 'evict', 'outlast'), key: anyKey }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('deafen', 'cut', 'away') }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const), party: anyParty }) },
    ),
    { minLength: 1, maxLength: 5 },
  ),
  { minLength: 5, maxLength: 25 },
);

type Join = (read: (key: string) => Promise<number | undefined>) => Promise<Party>;

/**
 * Plays a history, its groups one after another, the steps of a group at once, and holds the cache to this: nobody is given a
 * version that was never committed, or an older one than it was given before it asked; a failed load brings nothing; in the
 * end all are given the newest, a newcomer too.
 */
export async function playHistory(history: readonly Step[][], redis: Redis, join: Join): Promise<void> {
  const committed = new Map<string, number>();
  const prefix = `${process.hrtime.bigint()}:`;
  let isAway = false;
  const database = async (key: string) => {
    const version = committed.get(key) ?? 0;
    await delay(Math.random() * slownessMs);
    return isAway ? undefined : version;
  };
  const members = await Promise.all(Array.from({ length: parties }, () => reader(join, database, committed)));
  const act = async (step: Step): Promise<void> => {
    const key = `${prefix}${'key' in step ? step.key : 0}`;
    const member = members['party' in step ? step.party : 0];
    assert.ok(member);
    if (step.do === 'read') await member.read(key);
    else if (step.do === 'write') await member.write(key);
    else if (step.do === 'kill') await member.restart();
    else if (step.do === 'deafen') await redis.client('KILL', 'TYPE', 'PUBSUB');
    else if (step.do === 'cut') await redis.call('CLIENT', 'KILL', 'TYPE', 'NORMAL', 'SKIPME', 'YES');
    else if (step.do === 'away') isAway = true;
    else if (step.do === 'evict') await redis.del(keys.cacheEntry('items', key));
    else {
      const left = itemOptions.staleSec * 1_000 - (step.do === 'expire' ? 1 : 10_001);
      await redis.pexpire(keys.cacheEntry('items', key), left);
    }
  };
  try {
    for (const steps of history) {
      isAway = false;
      await Promise.all(steps.map(act));
    }
    isAway = false;
    members.push(await reader(join, database, committed));
    for (const [key, version] of committed)
      for (const member of members)
        await eventually(`${key} at ${version}`, async () => (await member.read(key)) === version, 5_000);
  } finally {
    await Promise.all(members.map((member) => member.end()));
  }
}

async function reader(
  join: Join,
  database: (key: string) => Promise<number | undefined>,
  committed: Map<string, number>,
) {
  let party = await join(database);
  let seen = new Map<string, number>();
  return {
    async read(key: string): Promise<number | undefined> {
      const [asked, seenThen] = [seen, seen.get(key) ?? 0];
      const from = party;
      try {
        const version = await from.read(key);
        assert.ok(version >= seenThen, `${key}: given ${version} after ${seenThen}`);
        assert.ok(version <= (committed.get(key) ?? 0), `${key}: ${version} was never committed`);
        asked.set(key, Math.max(version, asked.get(key) ?? 0));
        return version;
      } catch (error) {
        if (error instanceof Error && /away|SIGKILL|closed/.test(error.message)) return undefined;
        throw error;
      }
    },
    async write(key: string): Promise<void> {
      const version = (committed.get(key) ?? 0) + 1;
      committed.set(key, version);
      await delay(Math.random() * slownessMs);
      await party.put(key, version);
    },
    async restart(): Promise<void> {
      const old = party;
      party = await join(database);
      seen = new Map();
      await old.end();
    },
    end: () => party.end(),
  };
}
