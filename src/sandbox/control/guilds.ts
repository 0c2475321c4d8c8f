import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id } from './shapes.ts';

const guildSight = z.object({
  id: z.string(),
  name: z.string(),
  shardId: z.int().describe('Under the recommended number of shards'),
  channels: z
    .array(z.object({ id: z.string(), name: z.string(), type: z.int().describe('Discord’s ChannelType') }))
    .readonly(),
  roles: z.array(z.object({ id: z.string(), name: z.string(), permissions: z.string() })).readonly(),
  members: z
    .array(
      z.object({
        id: z.string(),
        username: z.string(),
        kind: z.enum(['owner', 'moderator', 'member', 'bot']),
        permissions: z.string(),
      }),
    )
    .readonly(),
  memberCount: z.int().describe('All of them and the bot; `members` shows 25 at most'),
});

export type GuildSight = z.output<typeof guildSight>;

export const listGuilds = endpoint({
  method: 'GET',
  path: '/guilds',
  summary: 'The guilds of the world, the oldest first',
  input: z.strictObject({
    limit: z.coerce.number<number | string>().int().min(1).max(1_000).default(100),
    after: id.optional(),
  }),
  answer: z.array(guildSight).readonly(),
});
