import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { stream } from 'hono/streaming';
import { z } from 'zod';
import type { AdminStatus } from '../ipc/messages.ts';
import { errorText } from '../lib/error-text.ts';
import { changeLogLevel, logLevels, type Logger } from '../telemetry/log.ts';
import { forwardedApp } from './forwarded-app.ts';
import { rollShards } from './rolling-restart.ts';
import type { Shards } from './shards.ts';
import type { SupervisedShard } from './supervised-shard.ts';

/** Bytes: a list of every shard of the largest bot is a tenth of it. */
const LONGEST_BODY = 65_536;

const shardIds = z.union([z.literal('all'), z.array(z.int().nonnegative()).min(1)]);

/**
 * What the operator may ask, over the admin socket. Refusals are `{ error }`: 400 for what makes no sense, 413 for what is too long,
 * 409 while something else is under way.
 *
 * - `GET /status` → `AdminStatus`
 * - `POST /restart` `{ shards: 'all' | ids }` → a line of JSON (`RestartProgress`) for each step; it goes on when nobody listens
 * - `POST /drain` `{ shard }` → `{}` once the shard's process is gone
 * - `POST /log-level` `{ level }` → `{ unchanged: ids }`, those that gave no answer
 * - and what is forwarded to shards, see `forwarded-app.ts`
 */
export function adminApp(options: {
  readonly manager: AdminStatus['manager'];
  readonly shards: Shards;
  readonly log: Logger;
}): Hono {
  const { manager, shards, log } = options;
  /** Restarts and drains come one at a time: two at once could leave a shard with no process, or two. */
  let underWay: string | undefined;

  async function alone<T>(what: string, work: () => Promise<T>): Promise<T> {
    underWay = what;
    try {
      return await work();
    } finally {
      underWay = undefined;
    }
  }

  function refuseSecond(): void {
    if (underWay !== undefined) throw refusal(409, `${underWay} is under way; try again when it has ended`);
  }

  return new Hono()
    .onError((error, context) =>
      context.json({ error: errorText(error) }, error instanceof HTTPException ? error.status : 500),
    )
    .use(bodyLimit({ maxSize: LONGEST_BODY, onError: refuseLength }))
    .get('/status', async (context) => {
      const status: AdminStatus = {
        manager,
        cluster: await shards.clusterStatus(),
        shards: shards.all.map((shard) => shard.supervision()),
      };
      return context.json(status);
    })
    .post('/restart', async (context) => {
      const body = parsed(z.object({ shards: shardIds }), await json(context.req));
      const chosen = choose(shards, body.shards);
      refuseSecond();
      const work = (out: { writeln(line: string): Promise<unknown> }) =>
        rollShards(chosen, log, (progress) => void out.writeln(JSON.stringify(progress)));
      underWay = 'a restart';
      return stream(context, (out) => alone('a restart', () => work(out)));
    })
    .post('/drain', async (context) => {
      const body = parsed(z.object({ shard: z.int() }), await json(context.req));
      const [shard] = choose(shards, [body.shard]);
      refuseSecond();
      await alone(`the drain of shard ${body.shard}`, async () => shard?.drain());
      return context.json({});
    })
    .post('/log-level', async (context) => {
      const { level } = parsed(z.object({ level: z.enum(logLevels) }), await json(context.req));
      changeLogLevel(log, level);
      return context.json({ unchanged: await shards.changeLogLevel(level) });
    })
    .route('/', forwardedApp(shards));
}

function choose(shards: Shards, ids: 'all' | readonly number[]): readonly SupervisedShard[] {
  if (ids === 'all') return shards.all;
  const unknown = ids.find((id) => !shards.all.some((shard) => shard.shardId === id));
  if (unknown === undefined) return shards.all.filter((shard) => ids.includes(shard.shardId));
  const own = shards.all.map(({ shardId }) => shardId).join(', ');
  throw refusal(400, `this manager has no shard ${unknown}; it has ${own}`);
}

async function json(request: { json(): Promise<unknown> }): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    throw refusal(400, 'the body is not JSON');
  }
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw refusal(400, z.prettifyError(result.error).replaceAll('\n', ' '));
}

function refuseLength(): never {
  throw refusal(413, `the body is longer than ${LONGEST_BODY} bytes`);
}

function refusal(status: 400 | 409 | 413, message: string): HTTPException {
  return new HTTPException(status, { message });
}
