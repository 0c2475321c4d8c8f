import { setTimeout as delay } from 'node:timers/promises';
import type { Expected } from './alarm.ts';
import type { World } from './world.ts';

/** Puts right again what a fault broke. */
export type Repair = () => Promise<void>;

/** Something that goes wrong for real, and what must be said of it. */
export interface Fault {
  readonly name: string;
  readonly what: string;
  readonly alerts: readonly Expected[];
  /** Why it cannot be made on this machine, if so. */
  readonly without?: string;
  readonly strike: (world: World) => Promise<Repair>;
}

/** Does `work` again and again until it is repaired; what fails meanwhile is part of the fault. */
export function again(everyMs: number, work: (turn: number) => Promise<void>): Repair {
  const stopped = new AbortController();
  const loop = (async () => {
    for (let turn = 0; !stopped.signal.aborted; turn++) {
      await work(turn).catch(() => {});
      await delay(everyMs, undefined, { signal: stopped.signal }).catch(() => {});
    }
  })();
  return async () => {
    stopped.abort();
    await loop;
  };
}
