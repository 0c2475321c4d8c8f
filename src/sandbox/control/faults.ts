import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { faultForm } from './fault-forms.ts';
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

const faultSight = z.object({
  id: z.int(),
  settings: faultForm,
  struck: z.int().describe('How often by now'),
  endsInMs: z.number().nullable().describe('Null where no time ends it'),
});

export type FaultSight = z.output<typeof faultSight>;

export const switchOnFault = endpoint({
  method: 'POST',
  path: '/faults',
  summary: 'Switches a fault on, or lets happen at once what happens at a moment',
  input: faultForm,
  answer: z.object({
    fault: faultSight,
    affected: z.int().describe('The connections that it concerned at once'),
  }),
});

export const listFaults = endpoint({
  method: 'GET',
  path: '/faults',
  summary: 'The faults that are switched on, the oldest first',
  input: nothing,
  answer: z.array(faultSight).readonly(),
});

export const clearFault = endpoint({
  method: 'DELETE',
  path: '/faults/{id}',
  summary: 'Switches one off',
  input: z.strictObject({ id: z.coerce.number<number | string>().int() }),
  answer: nothing,
});

export const clearFaults = endpoint({
  method: 'DELETE',
  path: '/faults',
  summary: 'Switches all off',
  input: nothing,
  answer: z.object({ cleared: z.int() }),
});
