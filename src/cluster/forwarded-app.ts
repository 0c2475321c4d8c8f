import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import { errorText } from '../lib/error-text.ts';
import type { Shards } from './shards.ts';

/**
 * What needs a feature, the database or a cache: the manager has none, so it asks a shard.
 *
 * - `GET /settings/:guild` → the guild's settings, read by the guild's shard
 * - `GET /cache` → `{ shards: [{ shardId, namespaces }] }`; `namespaces` is missing where a shard gave no answer
 * - `POST /cache/:namespace/purge` → `{ removed, unpurged: ids }`: entries, and the shards that gave no answer
 */
export function forwardedApp(shards: Shards): Hono {
  return new Hono()
    .get('/settings/:guild', async (context) => {
      const guildId = context.req.param('guild');
      const shardId = shardOf(guildId, shards.shardCount);
      const shard = shards.all.find((each) => each.shardId === shardId);
      if (shard === undefined) throw refusal(400, `guild ${guildId} is on shard ${shardId}, on another host`);
      try {
        return context.json(await shard.request('guild-settings', 2 * IPC_ANSWER_MS, guildId));
      } catch (error) {
        throw refusal(503, `shard ${shardId} has no answer: ${errorText(error)}`);
      }
    })
    .get('/cache', async (context) => {
      const answers = await shards.ask('cache-stats');
      return context.json({ shards: answers.map(({ shardId, value }) => ({ shardId, namespaces: value })) });
    })
    .post('/cache/:namespace/purge', async (context) => {
      const namespace = context.req.param('namespace');
      const known = (await shards.ask('cache-stats')).flatMap(({ value }) => value ?? []);
      if (!known.some((each) => each.namespace === namespace)) {
        const names = [...new Set(known.map((each) => each.namespace))].join(', ');
        throw refusal(
          400,
          `there is no cache namespace ${namespace}; there is ${names || 'none that answers'}`,
        );
      }
      const answers = await shards.ask('cache-purge', namespace);
      return context.json({
        removed: answers.reduce((sum, { value }) => sum + (value ?? 0), 0),
        unpurged: answers.flatMap(({ shardId, value }) => (value === undefined ? shardId : [])),
      });
    });
}

/** shard_id = (guild_id >> 22) % num_shards (topics/gateway, "Sharding"). */
function shardOf(guildId: string, shardCount: number): number {
  if (!/^\d{15,20}$/.test(guildId)) throw refusal(400, `${JSON.stringify(guildId)} is not a guild's id`);
  return Number((BigInt(guildId) >> 22n) % BigInt(shardCount));
}

function refusal(status: 400 | 503, message: string): HTTPException {
  return new HTTPException(status, { message });
}
