import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, nothing } from './shapes.ts';

export const dispatch = endpoint({
  method: 'POST',
  path: '/dispatch',
  summary: 'Sends any event to the sessions of the guild’s shard, as far as their intents allow it',
  input: z.strictObject({
    guild_id: id.nullable().describe('Null for what happens in a direct message: shard 0'),
    event: z.string().regex(/^[A-Z_]+$/),
    data: z.unknown(),
  }),
  answer: z.object({ sessionIds: z.array(z.string()).readonly() }),
});

export const dropConnections = endpoint({
  method: 'POST',
  path: '/drop-connections',
  summary: 'Drops every gateway socket without a close frame',
  input: nothing,
  answer: z.object({ dropped: z.int() }),
});

export const reconnect = endpoint({
  method: 'POST',
  path: '/reconnect',
  summary: 'Asks every client that has a session to reconnect (op 7)',
  input: nothing,
  answer: z.object({ asked: z.int() }),
});

export const invalidateSessions = endpoint({
  method: 'POST',
  path: '/invalidate-sessions',
  summary: 'Op 9 to every client that has a session; sessions that are not resumable end',
  input: z.strictObject({ resumable: z.boolean() }),
  answer: z.object({ invalidated: z.int() }),
});

export const revokeToken = endpoint({
  method: 'POST',
  path: '/revoke-token',
  summary: 'Sessions end with 4004 and the token is refused from now on',
  input: z.strictObject({ gateway_only: z.boolean().default(false).describe('REST goes on accepting it') }),
  answer: nothing,
});

export const delayRest = endpoint({
  method: 'POST',
  path: '/delay-rest',
  summary: 'Makes every REST request wait; 0 ends it',
  input: z.strictObject({ ms: z.int().min(0).max(60_000) }),
  answer: nothing,
});
