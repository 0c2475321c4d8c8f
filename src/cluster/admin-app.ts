import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { stream } from 'hono/streaming';
import { z } from 'zod';
import type { AdminStatus } from '../ipc/messages.ts';
import { errorText } from '../lib/error-text.ts';
import { changeLogLevel, logLevels, type Logger } from '../telemetry/log.ts';
import { Alone } from './alone.ts';
import type { Fleet } from './fleet.ts';
import { forwardedApp } from './forwarded-app.ts';
import { queueApp } from './queue-app.ts';
import { body, refusal } from './requests.ts';
import { reshardApp } from './reshard-app.ts';
import type { Resharding } from './resharding.ts';
import { rollShards } from './rolling-restart.ts';
import type { Shards } from './shards.ts';
import type { SupervisedGroup } from './supervised-group.ts';

/** Bytes: a list of every shard of the largest bot is a tenth of it. */
const LONGEST_BODY = 65_536;

const restartForm = z.object({
  shards: z.union([z.literal('all'), z.array(z.int().nonnegative()).min(1)]),
});

/**
 * What the operator may ask, over the admin socket. Refusals are `{ error }`: 400 for what makes no sense, 413 for what is too long,
 * 409 while something else is under way.
 *
 * - `GET /status` → `AdminStatus`
 * - `POST /restart` `{ shards: 'all' | ids }` → a line of JSON (`RestartProgress`) for each step; it goes on when nobody listens
 * - `POST /drain` `{ shard }` → `{ shards: ids }` once their process is gone
 * - `POST /log-level` `{ level }` → `{ unchanged: ids }`, those that gave no answer
 * - what changes the shard count, see `reshard-app.ts`, and what is forwarded to shards, see `forwarded-app.ts` and `queue-app.ts`
 */
export function adminApp(options: {
  readonly manager: AdminStatus['manager'];
  readonly fleet: Fleet;
  readonly resharding: Resharding;
  readonly log: Logger;
}): Hono {
  const { manager, fleet, resharding, log } = options;
  const alone = new Alone();

  return new Hono()
    .onError((error, context) =>
      context.json({ error: errorText(error) }, error instanceof HTTPException ? error.status : 500),
    )
    .use(bodyLimit({ maxSize: LONGEST_BODY, onError: refuseLength }))
    .get('/status', async (context) => {
      const status: AdminStatus = {
        manager,
        cluster: await fleet.current.clusterStatus(),
        shards: fleet.current.supervision(),
        reshard: reshardSight(fleet.next),
      };
      return context.json(status);
    })
    .post('/restart', async (context) => {
      const { shards } = await body(context.req, restartForm);
      const chosen = choose(fleet.current, shards);
      const end = alone.begin('a restart');
      return stream(context, (out) =>
        rollShards(chosen, log, (progress) => void out.writeln(JSON.stringify(progress))).finally(end),
      );
    })
    .post('/drain', async (context) => {
      const { shard } = await body(context.req, z.object({ shard: z.int() }));
      const [group] = choose(fleet.current, [shard]);
      const end = alone.begin(`the drain of shard ${shard}`);
      await group?.drain().finally(end);
      return context.json({ shards: group?.shardIds });
    })
    .post('/log-level', async (context) => {
      const { level } = await body(context.req, z.object({ level: z.enum(logLevels) }));
      changeLogLevel(log, level);
      return context.json({ unchanged: await fleet.current.changeLogLevel(level) });
    })
    .route('/', reshardApp(resharding, alone))
    .route('/', forwardedApp(fleet))
    .route('/', queueApp(fleet));
}

/** The processes that have these shards. */
function choose(shards: Shards, ids: 'all' | readonly number[]): readonly SupervisedGroup[] {
  if (ids === 'all') return shards.groups;
  const unknown = ids.find((id) => shards.groupOf(id) === undefined);
  if (unknown === undefined)
    return shards.groups.filter(({ shardIds }) => shardIds.some((id) => ids.includes(id)));
  throw refusal(400, `this manager has no shard ${unknown}; it has ${shards.shardIds.join(', ')}`);
}

function refuseLength(): never {
  throw refusal(413, `the body is longer than ${LONGEST_BODY} bytes`);
}

function reshardSight(next: Shards | undefined): AdminStatus['reshard'] {
  return next === undefined ? null : { shardCount: next.shardCount, ready: next.readiness().ready.length };
}
