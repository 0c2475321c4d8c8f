import { ChannelType, OverwriteType } from 'discord-api-types/v10';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, nothing } from './shapes.ts';

/** What somebody other than the bot does; refused where Discord's client would not let them. */
const deed = {
  guild_id: id,
  by: id.optional().describe('Who does it; default: the guild’s owner'),
  reason: z.string().max(512).optional(),
};
const upon = { ...deed, user_id: id };
const bitSet = z.string().regex(/^\d{1,20}$/);

export const joinGuild = endpoint({
  method: 'POST',
  path: '/members/join',
  summary: 'Somebody joins a guild: a user of the world, or, without an id, one who is new to Discord',
  input: z.strictObject({
    guild_id: id,
    user_id: id.optional(),
    invite: z.string().optional().describe('The code they come by, which is counted'),
  }),
  answer: z.object({ id: z.string(), username: z.string() }),
});

export const leaveGuild = endpoint({
  method: 'POST',
  path: '/members/leave',
  summary: 'A member leaves a guild',
  input: z.strictObject({ guild_id: id, user_id: id }),
  answer: nothing,
});

export const kick = endpoint({
  method: 'POST',
  path: '/members/kick',
  summary: 'A moderator kicks a member; the bot, too',
  input: z.strictObject(upon),
  answer: nothing,
});

export const ban = endpoint({
  method: 'POST',
  path: '/bans/add',
  summary: 'A moderator bans a user',
  input: z.strictObject(upon),
  answer: nothing,
});

export const unban = endpoint({
  method: 'POST',
  path: '/bans/remove',
  summary: 'A moderator lifts a ban',
  input: z.strictObject(upon),
  answer: nothing,
});

export const editMember = endpoint({
  method: 'POST',
  path: '/members/edit',
  summary: 'A moderator changes a member’s nickname or roles, or times them out',
  input: z.strictObject({
    ...upon,
    nick: z.string().max(32).nullable().optional(),
    roles: z.array(id).optional().describe('All of them, without @everyone'),
    timeout_seconds: z
      .int()
      .min(0)
      .max(28 * 86_400)
      .optional()
      .describe('0 ends it'),
  }),
  answer: nothing,
});

export const editRole = endpoint({
  method: 'POST',
  path: '/roles/edit',
  summary: 'Somebody makes a role, or, with an id, changes one',
  input: z.strictObject({
    ...deed,
    role_id: id.optional(),
    name: z.string().min(1).max(100).optional(),
    permissions: bitSet.optional(),
    position: z.int().min(1).optional(),
  }),
  answer: z.object({ id: z.string() }),
});

export const deleteRole = endpoint({
  method: 'POST',
  path: '/roles/delete',
  summary: 'Somebody deletes a role',
  input: z.strictObject({ ...deed, role_id: id }),
  answer: nothing,
});

export const createChannel = endpoint({
  method: 'POST',
  path: '/channels/create',
  summary: 'Somebody makes a channel',
  input: z.strictObject({
    ...deed,
    name: z.string().min(1).max(100),
    type: z
      .literal([
        ChannelType.GuildText,
        ChannelType.GuildVoice,
        ChannelType.GuildCategory,
        ChannelType.GuildAnnouncement,
        ChannelType.GuildForum,
      ])
      .default(ChannelType.GuildText),
    overwrites: z
      .array(z.strictObject({ id, type: z.enum(OverwriteType), allow: bitSet, deny: bitSet }))
      .optional(),
  }),
  answer: z.object({ id: z.string() }),
});

export const deleteChannel = endpoint({
  method: 'POST',
  path: '/channels/delete',
  summary: 'Somebody deletes a channel or a thread',
  input: z.strictObject({ ...deed, channel_id: id }),
  answer: nothing,
});

export const createThread = endpoint({
  method: 'POST',
  path: '/threads/create',
  summary: 'A member begins a thread, at a message or without one',
  input: z.strictObject({
    ...deed,
    channel_id: id,
    message_id: id.optional().describe('The message that it begins at; such a thread is public'),
    name: z.string().min(1).max(100),
    is_private: z.boolean().default(false),
  }),
  answer: z.object({ id: z.string() }),
});

export const addBot = endpoint({
  method: 'POST',
  path: '/guilds/add-bot',
  summary: 'The bot is added to a guild: to one that it left, or, without an id, to one that is new',
  input: z.strictObject({ guild_id: id.optional() }),
  answer: z.object({ id: z.string() }),
});

export const sendDirectMessage = endpoint({
  method: 'POST',
  path: '/direct-messages',
  summary: 'Somebody writes the bot a direct message',
  input: z.strictObject({ user_id: id, content: z.string().min(1).max(2_000) }),
  answer: z.object({ id: z.string(), channelId: z.string() }),
});
