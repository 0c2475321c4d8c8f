import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '../helpers/eventually.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { startManager } from '../helpers/manager.ts';

export interface ColdStart {
  readonly ownSeconds: number;
  readonly stockSeconds: number;
}

/** As many shards as one window of `max_concurrency` takes, from starting the manager until all of them serve: ours, then discord.js's. */
export async function coldStart(shards: number): Promise<ColdStart> {
  await using world = await surroundings({ shards });
  const ownSeconds = await own(world);
  // Its IDENTIFYs are not to meet ours in one window.
  await eventually('our sessions are gone', async () => (await connected(world)) === 0);
  const stockSeconds = await stock(world, shards);
  return { ownSeconds, stockSeconds };
}

async function own(world: Surroundings): Promise<number> {
  const startedMs = performance.now();
  await using manager = startManager(world.env);
  await manager.ready;
  return secondsSince(startedMs);
}

async function stock(world: Surroundings, shards: number): Promise<number> {
  const startedMs = performance.now();
  const script = path.join(import.meta.dirname, 'stock', 'manager.ts');
  const child = spawn(process.execPath, [script, String(shards)], {
    env: { ...world.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    const lines = createInterface(child.stdout);
    const first = (await Promise.race([once(lines, 'line'), exited])) as [unknown];
    if (first[0] !== 'ready') throw new Error(`the stock manager ended with ${String(first[0])}`);
    const seconds = secondsSince(startedMs);
    if ((await connected(world)) !== shards) throw new Error('the stock bot does not serve every shard');
    return seconds;
  } finally {
    // Its shards end with it; stock ones outlive only a SIGKILL.
    child.kill('SIGTERM');
    await exited;
  }
}

async function connected(world: Surroundings): Promise<number> {
  return (await world.sandbox.sessions()).sessions.filter((session) => session.connected).length;
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1_000;
}
