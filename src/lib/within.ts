import { setTimeout as delay } from 'node:timers/promises';

/**
 * Settles as `work` does, or rejects with `late()` after `ms` milliseconds.
 * Only the caller is freed: `work` goes on, and what it still settles to is dropped.
 */
export async function within<T>(work: PromiseLike<T>, ms: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether `work` resolved within `ms` milliseconds. Rejects as it does. */
export function inTime(work: Promise<unknown>, ms: number): Promise<boolean> {
  return Promise.race([work.then(() => true), delay(ms, false, { ref: false })]);
}
