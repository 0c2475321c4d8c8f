import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { nothing } from './shapes.ts';

const at = z.number().describe('Milliseconds since 1970');
const shard = { shardId: z.int(), shardCount: z.int() };

const lostInteraction = z.object({
  interactionId: z.string(),
  name: z.string(),
  guildId: z.string().nullable(),
  shardId: z.int().nullable().describe('Null where no session could be given it, connected or not'),
  sentAt: at,
  ageMs: z.number().describe('By now'),
  why: z
    .enum(['unanswered', 'reconnect', 'away'])
    .describe(
      '`unanswered`: a session was connected all the while. `reconnect`: the shard went away and was back before the window closed. `away`: it was not back by then',
    ),
  backAfterMs: z
    .number()
    .nullable()
    .describe(
      'How old the interaction was when the session connected that was there as the window closed: 0 for `unanswered`, null for `away`',
    ),
  lateMs: z
    .number()
    .nullable()
    .describe('How old it was when a callback came too late; null where none came'),
});

const doubleAnswer = z.object({
  interactionId: z.string(),
  refused: z.int().describe('Callbacks beyond the first, each refused with 40060'),
  sessionIds: z.array(z.string()).readonly().describe('All sessions that were given it'),
});

const doubleOwner = z.object({
  ...shard,
  sessionIds: z.array(z.string()).readonly().describe('The newcomer is the last'),
  from: at,
  overlapMs: z.number().describe('How long both were connected, up to now'),
});

const absence = z.object({
  ...shard,
  longestMs: z.number().describe('The longest time without a connected session since it first had one'),
  connected: z.boolean().describe('By now'),
});

const report = z.object({
  since: at,
  until: at,
  complete: z.boolean().describe('False where something that happened since then is no longer kept'),
  lost: z
    .array(lostInteraction)
    .readonly()
    .describe('See GET /report for which interactions these are; in order of sending'),
  doubleAnswers: z.array(doubleAnswer).readonly(),
  doubleOwners: z
    .array(doubleOwner)
    .readonly()
    .describe('Two sessions of one shard under one shard count that were connected at the same time'),
  identifies: z.int().describe('Accepted'),
  resumes: z.int().describe('Accepted'),
  identifyViolations: z
    .array(z.object({ at, ...shard }))
    .readonly()
    .describe('IDENTIFYs that were refused because their bucket was not open'),
  absences: z.array(absence).readonly().describe('Of each shard that ever had a session'),
  rateLimits: z.object({
    user: z.int().describe('429s of a route’s bucket'),
    global: z.int(),
    shared: z.int(),
    banned: z.int().describe('429s of an address that is banned'),
    invalidRequests: z.int().describe('401, 403 and 429 (not shared) in the window of the ban, up to now'),
    invalidRequestsAllowed: z.int().describe('In the window of the ban'),
  }),
  firstAnswerMs: z
    .object({ p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() })
    .nullable()
    .describe('From sending to the first callback; null where there was none'),
  counts: z.object({
    interactions: z.int(),
    answered: z.int().describe('In time'),
    open: z.int().describe('Unanswered, their window not yet closed'),
    followUps: z.int(),
    requests: z.int(),
    serverErrors: z.int().describe('5xx, and requests without an answer'),
    closes: z.record(z.string(), z.int()).describe('By close code'),
  }),
});

export type Report = z.output<typeof report>;
export type LostInteraction = z.output<typeof lostInteraction>;

export const readReport = endpoint({
  method: 'GET',
  path: '/report',
  summary:
    'What went wrong, and how fast answers were. Lost is an interaction that a simulated member sent since then and whose window of the first answer (3 s) closed without an accepted callback, whether or not its shard was connected',
  input: z.strictObject({
    since: z.coerce
      .number<number | string>()
      .min(0)
      .optional()
      .describe('Milliseconds since 1970; default: the latest reset, else the start'),
  }),
  answer: report,
});

export const resetReport = endpoint({
  method: 'POST',
  path: '/report/reset',
  summary: 'From now on a report that names no time begins here',
  input: nothing,
  answer: z.object({ since: at }),
});
