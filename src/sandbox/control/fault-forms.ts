import { z } from 'zod';
import { upstreamNames } from '../upstream/upstream-names.ts';

const duration = z.int().min(0).max(86_400_000);

/** When it ends by itself; the earlier of both. Without them it ends when it is cleared. */
const end = {
  count: z.int().min(1).optional().describe('After it struck so often'),
  for_ms: z.int().min(1).max(86_400_000).optional(),
};
const shards = {
  ...end,
  shard_ids: z
    .array(z.int().min(0))
    .min(1)
    .optional()
    .describe('Default: all, and connections without a session'),
};
const share = z.number().gt(0).max(1).default(1).describe('The chance of each to be struck');
const dispatches = { ...shards, share };
const routes = {
  ...end,
  route: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      '`POST /channels/:channel/messages`, `/users/@me`, `/guilds/*`; `*` stands for anything; default: all',
    ),
  share,
};
const latency = { ms: duration, jitter_ms: duration.default(0).describe('Up to so much more') };
const every_ms = z.int().min(10).max(86_400_000).optional().describe('A storm; default: once, now');

function fault<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
  return z.strictObject({ kind: z.literal(kind), ...shape });
}

/** Every fault that can be switched on, told apart by `kind`. A new one is a line here and the place that asks for it. */
export const faultForm = z.discriminatedUnion('kind', [
  fault('gateway-latency', { ...shards, ...latency }).describe(
    'Of all that the gateway sends; its order is kept',
  ),
  fault('freeze', shards).describe('Of open sockets: nothing is read and nothing sent'),
  fault('drop-connections', { ...shards, every_ms, half_open: z.boolean().default(false) }).describe(
    'Without a close frame; half open: the gateway forgets the connection, the client is not told',
  ),
  fault('refuse-connections', { ...end, host: z.enum(['first', 'resume', 'any']).default('any') }).describe(
    '503, on the address of Get Gateway or that of resume_gateway_url',
  ),
  fault('no-hello', end),
  fault('no-heartbeat-ack', shards),
  fault('no-resume', shards).describe('RESUME stays without an answer, and the session where it was'),
  fault('reconnect', { ...shards, every_ms }).describe('Op 7'),
  fault('invalidate-sessions', { ...shards, every_ms, resumable: z.boolean() }).describe('Op 9'),
  fault('drop-dispatch', dispatches).describe('Numbered and kept for a RESUME, but not sent'),
  fault('duplicate-dispatch', dispatches),
  fault('reorder-dispatch', dispatches).describe('It changes places with the next'),
  fault('no-identifies-left', end).describe('The day’s budget reads 0, and an IDENTIFY costs the token'),
  fault('revoke-token', { gateway_only: z.boolean().default(false) }).describe('For good; it has no end'),
  fault('rest-latency', { ...routes, ...latency }),
  fault('rest-limit', {
    ...routes,
    scope: z.enum(['user', 'global', 'shared']).default('user'),
    retry_after_ms: duration.default(1_000),
  }).describe('429'),
  fault('rest-error', {
    ...routes,
    status: z.literal([500, 502, 503, 504]).default(500),
  }),
  fault('rest-html', routes).describe('A 502 of Cloudflare: a page instead of JSON'),
  fault('rest-hang', routes).describe('No answer until the fault ends, and then a reset'),
  fault('rest-reset', routes).describe('The connection is reset'),
  fault('rest-ban', end).describe('That of 10,000 invalid requests'),
  fault('clock-skew', { ...end, ms: z.int().min(-86_400_000).max(86_400_000) }).describe(
    'Of ids, the Date header and x-ratelimit-reset; above 0 they are ahead',
  ),
  fault('upstream', {
    ...end,
    share,
    upstream: z.enum(upstreamNames).optional().describe('Default: all'),
    mode: z
      .enum(['status', 'slow', 'hang', 'reset', 'not-json', 'wrong-shape', 'huge'])
      .describe(
        'An error status; the right answer, late; none; a broken connection; a page instead of JSON; JSON of another form; more than anybody should read',
      ),
    status: z.int().min(400).max(599).default(503),
    delay_ms: duration.default(3_000).describe('Of mode `slow`'),
    retry_after_s: z.int().min(0).max(86_400).optional().describe('Of mode `status`'),
  }).describe('Of a service that commands look things up in'),
]);

export type FaultForm = z.output<typeof faultForm>;
export type FaultRequest = z.input<typeof faultForm>;
export type FaultKind = FaultForm['kind'];
export type FaultOf<Kind extends FaultKind> = Extract<FaultForm, { kind: Kind }>;
