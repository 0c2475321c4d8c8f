import { Hono } from 'hono';
import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import { errorText } from '../lib/error-text.ts';
import type { Fleet } from './fleet.ts';
import { refusal } from './requests.ts';

/**
 * What needs a feature, the database or a cache: the manager has none, so it asks a shard.
 *
 * - `GET /settings/:guild` → the guild's settings, read by the guild's shard
 * - `GET /breakers` → `{ processes: [{ shardIds, breakers }] }`; `breakers` is missing where a process gave no answer
 * - `GET /cache` → `{ processes: [{ shardIds, namespaces }] }`; `namespaces` is missing where a process gave no answer
 * - `POST /cache/:namespace/purge` → `{ removed, unpurged: ids }`: entries, and the shards that gave no answer
 */
export function forwardedApp(fleet: Fleet): Hono {
  return new Hono()
    .get('/settings/:guild', async (context) => {
      const guildId = context.req.param('guild');
      const shardId = shardOf(guildId, fleet.current.shardCount);
      const group = fleet.current.groupOf(shardId);
      if (group === undefined) throw refusal(400, `guild ${guildId} is on shard ${shardId}, on another host`);
      try {
        return context.json(await group.request('guild-settings', 2 * IPC_ANSWER_MS, guildId));
      } catch (error) {
        throw refusal(503, `shard ${shardId} has no answer: ${errorText(error)}`);
      }
    })
    .get('/breakers', async (context) => {
      const answers = await fleet.current.ask('breakers');
      return context.json({
        processes: answers.map(({ shardIds, value }) => ({ shardIds, breakers: value })),
      });
    })
    .get('/cache', async (context) => {
      const answers = await fleet.current.ask('cache-stats');
      return context.json({
        processes: answers.map(({ shardIds, value }) => ({ shardIds, namespaces: value })),
      });
    })
    .post('/cache/:namespace/purge', async (context) => {
      const namespace = context.req.param('namespace');
      const known = (await fleet.current.ask('cache-stats')).flatMap(({ value }) => value ?? []);
      if (!known.some((each) => each.namespace === namespace)) {
        const names = [...new Set(known.map((each) => each.namespace))].join(', ');
        throw refusal(
          400,
          `there is no cache namespace ${namespace}; there is ${names || 'none that answers'}`,
        );
      }
      const answers = await fleet.current.ask('cache-purge', namespace);
      return context.json({
        removed: answers.reduce((sum, { value }) => sum + (value ?? 0), 0),
        unpurged: answers.flatMap(({ shardIds, value }) => (value === undefined ? shardIds : [])),
      });
    });
}

/** shard_id = (guild_id >> 22) % num_shards (topics/gateway, "Sharding"). */
function shardOf(guildId: string, shardCount: number): number {
  if (!/^\d{15,20}$/.test(guildId)) throw refusal(400, `${JSON.stringify(guildId)} is not a guild's id`);
  return Number((BigInt(guildId) >> 22n) % BigInt(shardCount));
}
