import { setTimeout as delay } from 'node:timers/promises';
import { restartSteps } from '../../src/ipc/admin-client.ts';
import { again, type Fault } from './fault.ts';
import { everySec } from './quick-motion.ts';
import type { World } from './world.ts';

/** Often enough to find each new process soon. */
const lookEveryMs = 500;

/** Long enough for a scrape to see that it served. */
const seenMs = 1.5 * everySec * 1_000;

/** What goes wrong with shards and their manager. */
export const shardFaults: readonly Fault[] = [
  {
    name: 'shard-killed',
    what: 'shard 0 is killed each time that it serves',
    alerts: [
      { alert: 'ShardFlapping', labels: { shard: '0' } },
      { alert: 'ShardCrashLoop', labels: { shard: '0' } },
    ],
    async strike(world) {
      const stop = signalServing(world, [0], 'SIGKILL', seenMs);
      return async () => {
        await stop();
        const socket = world.bot.env['ADMIN_SOCKET'] ?? '';
        for await (const { step } of restartSteps(socket, [0])) if (step === 'serving') break;
      };
    },
  },
  {
    name: 'shard-stopped',
    what: 'shard 1 is stopped (SIGSTOP) each time that it serves',
    alerts: [
      { alert: 'ShardDown', labels: { shard: '1' } },
      { alert: 'ShardsReplaced', labels: { reason: 'hung' } },
    ],
    strike: async (world) => signalServing(world, [1], 'SIGSTOP'),
  },
  {
    name: 'all-shards-stopped',
    what: 'both shards are stopped (SIGSTOP) each time that they serve',
    alerts: [{ alert: 'AllShardsDown' }, { alert: 'ShardDown', labels: { shard: '0' }, silenced: true }],
    strike: async (world) => signalServing(world, [0, 1], 'SIGSTOP'),
  },
  {
    name: 'manager-killed',
    what: 'the manager is killed, and with it its shards',
    alerts: [{ alert: 'ManagerDown' }, { alert: 'TargetDown', labels: { job: 'manager' }, silenced: true }],
    async strike(world) {
      process.kill(world.managerPid(), 'SIGKILL');
      return () => world.startManager();
    },
  },
];

/** What is stopped the manager kills and replaces by itself. */
function signalServing(world: World, shardIds: readonly number[], signal: NodeJS.Signals, afterMs = 0) {
  return again(lookEveryMs, async () => {
    for (const { shardId, state, pid } of await world.shards()) {
      if (!shardIds.includes(shardId) || state !== 'ready' || pid === null) continue;
      await delay(afterMs);
      process.kill(pid, signal);
    }
  });
}
