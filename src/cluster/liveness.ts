import { LIVENESS_TICK_MS } from '../../config/liveness.ts';

/**
 * Tells `passed`, twice a second, how much time went by. The manager's own pauses do not count: after one (it was stopped, or its
 * machine overloaded) the beats of the meantime are still unread, and its shards would look dead. One look never counts for more
 * than two ticks; the beats are read before the next one.
 */
export function watchLiveness(passed: (ms: number) => void): { stop(): void } {
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    passed(Math.min(nowMs - lastMs, 2 * LIVENESS_TICK_MS));
    lastMs = nowMs;
  }, LIVENESS_TICK_MS);
  return { stop: () => clearInterval(timer) };
}
