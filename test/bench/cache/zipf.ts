import { setTimeout as delay } from 'node:timers/promises';
import type { ZipfOrder } from './orders.ts';

const tickMs = 10;

/** Reads guilds for `ms`; `read` is not awaited, so that a slow one does not hold back those after it. */
export async function readByZipf(order: ZipfOrder, read: (key: string) => void): Promise<number> {
  const { ranks, sums, share } = sharesOf(order);
  const start = performance.now();
  let sent = 0;
  for (let passed = 0; passed < order.ms; passed = performance.now() - start) {
    const due = (Math.min(passed, order.ms) / 1_000) * order.perSecond * share;
    for (; sent < due; sent++) read(`guild${ranks[drawn(sums)]}`);
    await delay(tickMs);
  }
  return sent;
}

/** This process's ranks, their weights summed up, and what part of all reads it has. */
function sharesOf({ guilds, process, processes }: ZipfOrder) {
  const ranks: number[] = [];
  const sums: number[] = [];
  let [own, all] = [0, 0];
  for (let rank = 1; rank <= guilds; rank++) {
    all += 1 / rank;
    if (rank % processes !== process) continue;
    ranks.push(rank);
    sums.push((own += 1 / rank));
  }
  return { ranks, sums, share: own / all };
}

/** The position of the first sum above a random one. */
function drawn(sums: readonly number[]): number {
  const wanted = Math.random() * (sums.at(-1) ?? 0);
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
