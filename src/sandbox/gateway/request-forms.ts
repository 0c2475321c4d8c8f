import { z } from 'zod';

const id = z.string().regex(/^\d{1,20}$/);

/** The data of what a client with a session may send (events/gateway-events.mdx, Send Events). */
export const forms = {
  presence: z.looseObject({
    since: z.number().nullish(),
    activities: z.array(z.looseObject({ name: z.string(), type: z.int() })),
    status: z.enum(['online', 'dnd', 'idle', 'invisible', 'offline']),
    afk: z.boolean().optional(),
  }),
  voiceState: z.looseObject({
    guild_id: id,
    channel_id: id.nullable(),
    self_mute: z.boolean(),
    self_deaf: z.boolean(),
  }),
  guildMembers: z
    .looseObject({
      guild_id: id,
      query: z.string().optional(),
      limit: z.int().min(0).default(0),
      user_ids: z.union([id.transform((one) => [one]), z.array(id)]).optional(),
      presences: z.boolean().default(false),
      /** One that is too long is ignored, not refused. */
      nonce: z.unknown().optional(),
    })
    .refine(({ query, user_ids }) => query !== undefined || user_ids !== undefined),
  soundboardSounds: z.looseObject({ guild_ids: z.array(id) }),
  channelInfo: z.looseObject({ guild_id: id, fields: z.array(z.string()) }),
};

export type MembersRequest = z.output<typeof forms.guildMembers>;
