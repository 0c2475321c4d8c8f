import { setTimeout as delay } from 'node:timers/promises';
import { cacheRequestsTotal } from '../../../src/telemetry/cache.ts';
import { openContender, type ContenderName, type ContenderOptions, type Row } from './contenders.ts';
import { medianOf } from './figures.ts';
import type { Figures, Order } from './orders.ts';
import { readByZipf } from './zipf.ts';

/** A process with one contender: `process.argv` says which and how. Answers each order with its figures. */
const [name = '', options = ''] = process.argv.slice(2);
const contender = await openContender(name as ContenderName, JSON.parse(options) as ContenderOptions);
let loads = 0;

process.on('disconnect', () => process.exit());
process.on('message', ({ id, order }: { id: number; order: Order }) => {
  obey(order).then(
    (figures) => process.send?.({ id, figures }),
    (error: unknown) => process.send?.({ id, reason: String(error) }),
  );
});
process.send?.({ id: -1, figures: {} });

async function obey(order: Order): Promise<Figures> {
  switch (order.do) {
    case 'fill':
      for (let item = 0; item < order.count; item++) await contender.write(`${order.prefix}${item}`, row(1));
      return {};
    case 'time':
      return { us: await timed(order.prefix, order.count, order.times) };
    case 'stampede':
      loads = 0;
      await Promise.all(Array.from({ length: order.callers }, () => contender.read(order.key, loadSlowly)));
      return { loads };
    case 'cold':
      return { ms: await cold(order.key) };
    case 'write':
      await contender.write(order.key, row(order.version));
      return {};
    case 'watch':
      return { atMs: await watched(order.key, order.version) };
    case 'zipf':
      return zipf(order);
    default:
      throw new Error(`unknown order ${String(order satisfies never)}`);
  }
}

/** Each read by itself where it has to be; very short ones are taken together, since a clock's reading costs as much. */
async function timed(prefix: string, count: number, times: number): Promise<number> {
  const each: number[] = [];
  for (let item = 0; item < count; item++) {
    const key = `${prefix}${item}`;
    const start = performance.now();
    for (let time = 0; time < times; time++) await contender.read(key, loadRow);
    each.push(((performance.now() - start) * 1_000) / times);
  }
  return medianOf(each);
}

async function cold(key: string): Promise<number> {
  const start = performance.now();
  await Promise.race([contender.read(key, loadRow), delay(5_000)]);
  return performance.now() - start;
}

async function watched(key: string, version: number): Promise<number> {
  const end = performance.now() + 2_000;
  while (performance.now() < end) {
    // On a busy machine a read may find Redis too slow, which is no answer.
    const found = await contender.read(key, mustNotLoad).catch(() => undefined);
    if (found !== undefined && found.version >= version) return Number(process.hrtime.bigint()) / 1e6;
    await delay(1);
  }
  return -1;
}

async function zipf(order: Extract<Order, { do: 'zipf' }>): Promise<Figures> {
  loads = 0;
  const before = await counted();
  const pending = new Set<Promise<unknown>>();
  const reads = await readByZipf(order, (key) => {
    const read = contender.read(key, loadRow).finally(() => pending.delete(read));
    pending.add(read);
  });
  await Promise.all(pending);
  const after = await counted();
  const tiers = Object.entries(after).map(([key, value]) => [key, value - (before[key] ?? 0)] as const);
  return { reads, loads, ...Object.fromEntries(tiers) };
}

/** Shoal's own metrics: `l1 hit`, `l2 stale`, … */
async function counted(): Promise<Record<string, number>> {
  const { values } = await cacheRequestsTotal.get();
  return Object.fromEntries(
    values.map(({ labels, value }) => [`${labels.tier} ${labels.result}`, value] as const),
  );
}

function row(version: number): Row {
  return {
    guildId: '123456789012345678',
    locale: 'en-US',
    timeZone: 'Europe/Berlin',
    logChannelId: null,
    accentColor: 7,
    version,
  };
}

async function loadRow(): Promise<Row> {
  loads += 1;
  await delay(1);
  return row(1);
}

async function loadSlowly(): Promise<Row> {
  loads += 1;
  await delay(50);
  return row(1);
}

function mustNotLoad(): Promise<Row> {
  return Promise.reject(new Error('the write is in Redis'));
}
