import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id } from './shapes.ts';

const feedKinds = ['dispatch', 'interaction', 'rest', 'session', 'fault'] as const;

const stamp = { id: z.int().describe('Counts from 1'), at: z.int().describe('Milliseconds since 1970') };
const shard = z.int().nullable();

const dispatchEvent = z.object({
  ...stamp,
  kind: z.literal('dispatch'),
  event: z.string(),
  guildId: z.string().nullable(),
  channelId: z.string().nullable(),
  shardIds: z.array(z.int()).readonly().describe('Of the sessions it went to'),
  to: z
    .array(
      z.object({
        sessionId: z.string(),
        sequence: z.int(),
        connected: z.boolean().describe('False where it waits for a RESUME, which replays it'),
      }),
    )
    .readonly()
    .describe('The sessions whose intents let them have it'),
  data: z
    .unknown()
    .optional()
    .describe('Of messages, reactions, typing, threads, channels and members; never of what is ephemeral'),
});

const interactionEvent = z.object({
  ...stamp,
  kind: z.literal('interaction'),
  interactionId: z.string(),
  type: z.int().describe('Discord’s InteractionType'),
  name: z.string().describe('The command’s name, or the custom id'),
  userId: z.string().nullable(),
  guildId: z.string().nullable(),
  channelId: z.string().nullable(),
  shardId: shard.describe('Null where no session of its shard was connected'),
  state: z.enum(['waiting', 'answered', 'thinking', 'failed']),
  answeredInMs: z.number().nullable(),
});

const restEvent = z.object({
  ...stamp,
  kind: z.literal('rest'),
  method: z.string(),
  route: z
    .string()
    .describe('Its pattern, `/channels/:channel/messages`; empty where there is no such route'),
  status: z.int().describe('0 where there was no answer'),
  ms: z.number(),
  code: z.int().optional().describe('Discord’s error code'),
  scope: z.string().optional().describe('Of a 429'),
});

const sessionEvent = z.object({
  ...stamp,
  kind: z.literal('session'),
  what: z
    .enum(['connect', 'identify', 'resume', 'close', 'invalid', 'refused', 'reconnect'])
    .describe(
      '`refused`: an IDENTIFY before its bucket was open, or a connection; `invalid`: op 9; `reconnect`: op 7',
    ),
  shardId: shard,
  shardCount: z.int().nullable(),
  sessionId: z.string().nullable(),
  code: z.int().optional().describe('Of a close; 1006 where there was no close frame'),
  by: z.enum(['client', 'gateway']).optional(),
});

const faultEvent = z.object({
  ...stamp,
  kind: z.literal('fault'),
  faultId: z.int(),
  fault: z.string().describe('Its kind'),
  on: z.boolean(),
  settings: z.record(z.string(), z.unknown()).describe('As it was switched on'),
});

const feedEvent = z.discriminatedUnion('kind', [
  dispatchEvent,
  interactionEvent,
  restEvent,
  sessionEvent,
  faultEvent,
]);

/** What one `data:` line of the live feed holds, told apart by `kind`. */
export type FeedEvent = z.output<typeof feedEvent>;
export type FeedKind = FeedEvent['kind'];
export type DispatchEvent = z.output<typeof dispatchEvent>;
export type InteractionEvent = z.output<typeof interactionEvent>;
export type RestEvent = z.output<typeof restEvent>;
export type SessionEvent = z.output<typeof sessionEvent>;
export type FaultEvent = z.output<typeof faultEvent>;

export const feed = endpoint({
  method: 'GET',
  path: '/feed',
  summary:
    'What happens, as Server-Sent Events: `id` and `data`, the latter one JSON object. Last-Event-ID resumes, as far as that is kept',
  input: z.strictObject({
    guild_id: id.optional().describe('Leaves out dispatches and interactions of other guilds'),
    kinds: z
      .string()
      .transform((names) => names.split(','))
      .pipe(z.array(z.enum(feedKinds)))
      .optional()
      .describe('Separated by commas; default: all'),
  }),
  answer: feedEvent,
  media: 'text/event-stream',
});

export type FeedFilter = z.output<typeof feed.input>;
