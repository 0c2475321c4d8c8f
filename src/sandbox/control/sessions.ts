import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { nothing } from './shapes.ts';

const sessionsSight = z.object({
  sessions: z
    .array(
      z.object({
        sessionId: z.string(),
        shardId: z.int(),
        shardCount: z.int(),
        connected: z.boolean().describe('False for a session that waits for a RESUME'),
        sequence: z.int(),
        resumes: z.int(),
      }),
    )
    .readonly(),
  identifies: z.int().describe('Accepted since the start'),
  resumes: z.int(),
  violations: z
    .array(z.object({ shardId: z.int(), bucket: z.int(), afterMs: z.number() }))
    .readonly()
    .describe('IDENTIFYs that came before their bucket was open again'),
  doubleOwners: z
    .array(
      z.object({
        shardId: z.int(),
        shardCount: z.int(),
        sessionIds: z.array(z.string()).readonly().describe('The newcomer is the last'),
      }),
    )
    .readonly()
    .describe(
      'Times at which a session came up while another of its shard, under the same shard count, was connected',
    ),
});

export type SessionsSight = z.output<typeof sessionsSight>;

export const listSessions = endpoint({
  method: 'GET',
  path: '/sessions',
  summary: 'Who is connected, and what was wrong about it',
  input: nothing,
  answer: sessionsSight,
});
