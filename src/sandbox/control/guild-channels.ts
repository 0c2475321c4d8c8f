import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id } from './shapes.ts';

const channelSight = z.object({
  id: z.string(),
  name: z.string(),
  type: z.int().describe('Discord’s ChannelType'),
  parentId: z.string().nullable().describe('A thread’s channel, or a channel’s category'),
  mayWrite: z.boolean(),
  mayAttach: z.boolean(),
  mayManage: z.boolean().describe('Whether the member may delete the messages of others'),
  mayStartThreads: z.boolean(),
});

/** A channel or a thread, as a member's client lists it. */
export type ChannelSight = z.output<typeof channelSight>;

export const listGuildChannels = endpoint({
  method: 'GET',
  path: '/guilds/{guild_id}/channels',
  summary: 'The channels and the open threads that a member sees, the threads after the channels',
  input: z.strictObject({
    guild_id: id,
    user_id: id.optional().describe('Default: the guild’s ordinary member'),
  }),
  answer: z.array(channelSight).readonly(),
});
