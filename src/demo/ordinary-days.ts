import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxClient } from '../sandbox/client.ts';

/** An hour in a minute is lively in a few guilds; with many it would be a load test. */
const fastest = 60;
const guildsAtLifesPace = 1_000;

const lookEveryMs = 2_000;

/** One ordinary day after the other, until `stop`, or until somebody stops one on the page. */
export async function ordinaryDays(sandbox: SandboxClient, guilds: number, stop: AbortSignal): Promise<void> {
  const speed = Math.max(1, Math.min(fastest, guildsAtLifesPace / guilds));
  for (let seed = 1; ; seed += 1) {
    const { id } = await sandbox.startScenario({ name: 'ordinary-day', speed, seed });
    if (!(await isLivedThrough(sandbox, id, stop))) return;
  }
}

async function isLivedThrough(sandbox: SandboxClient, id: number, stop: AbortSignal): Promise<boolean> {
  for (;;) {
    await delay(lookEveryMs, undefined, { signal: stop, ref: false });
    const day = (await sandbox.runningScenarios()).find((each) => each.id === id);
    if (day?.state !== 'running') return day?.state === 'over';
  }
}
