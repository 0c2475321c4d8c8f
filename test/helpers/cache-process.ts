import { setTimeout as delay } from 'node:timers/promises';
import { joinCache } from './cache-members.ts';

/** What the parent says: `id` comes back with the answer. `loaded` answers a load, without a version if the database is away. */
export type Order =
  | { readonly id: number; readonly do: 'get'; readonly key: string; readonly times: number }
  | { readonly id: number; readonly do: 'put'; readonly key: string; readonly version: number }
  | { readonly id: number; readonly do: 'watch'; readonly key: string; readonly version: number }
  | { readonly do: 'loaded'; readonly id: number; readonly version: number | undefined };

export type Answer =
  | { readonly say: 'ready' }
  | { readonly say: 'load'; readonly id: number; readonly key: string }
  | { readonly say: 'done'; readonly id: number; readonly versions: readonly number[]; readonly atMs: number }
  | { readonly say: 'failed'; readonly id: number; readonly reason: string };

/** A process with a cache, `process.argv[2]` its Redis, patient where `process.argv[3]` says so, that does what its parent says; the parent is its database too. */
const { items } = await joinCache(process.argv[2] ?? '', { isPatient: process.argv[3] === 'patient' });
const loads: ((version: number | undefined) => void)[] = [];

process.on('disconnect', () => process.exit());
process.on('message', (order: Order) => void obey(order));
say({ say: 'ready' });

async function obey(order: Order): Promise<void> {
  if (order.do === 'loaded') {
    loads[order.id]?.(order.version);
    return;
  }
  try {
    const versions = await carriedOut(order);
    // CLOCK_MONOTONIC: the same for all processes of this machine.
    say({ say: 'done', id: order.id, versions, atMs: Number(process.hrtime.bigint()) / 1e6 });
  } catch (error) {
    say({ say: 'failed', id: order.id, reason: String(error) });
  }
}

async function carriedOut(order: Exclude<Order, { do: 'loaded' }>): Promise<readonly number[]> {
  const { key } = order;
  if (order.do === 'get') {
    const callers = Array.from({ length: order.times }, () => items.getEntry(key, () => load(key)));
    return [...new Set((await Promise.all(callers)).map(({ version }) => version))];
  }
  if (order.do === 'put') await items.put(key, { text: `v${order.version}` }, order.version);
  else while ((await items.getEntry(key, () => load(key))).version < order.version) await delay(1);
  return [];
}

async function load(key: string) {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const id = loads.push(resolve) - 1;
  say({ say: 'load', id, key });
  const version = await promise;
  if (version === undefined) throw Object.assign(new Error('database away'), { code: 'unavailable' });
  return { value: { text: `v${version}` }, version };
}

function say(answer: Answer): void {
  process.send?.(answer);
}
