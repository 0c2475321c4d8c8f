import { Hono } from 'hono';
import { z } from 'zod';
import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import { errorText } from '../lib/error-text.ts';
import type { Fleet } from './fleet.ts';
import { body, refusal } from './requests.ts';
import type { SupervisedGroup } from './supervised-group.ts';

const replayForm = z.object({ kind: z.string(), key: z.string() });

/** Twenty transactions, each of which PostgreSQL may keep waiting for a while. */
const replayMs = 6 * IPC_ANSWER_MS;

/**
 * - `GET /queue` → `{ processes: [{ shardIds, kinds }], dead }`; `kinds` is missing where a process gave no answer; `dead`: facts of
 *   all processes that PostgreSQL refused, `null` where it does not answer
 * - `POST /queue/replay` `{ kind, key }` → a `Replay` of some of them, those after the given one
 */
export function queueApp(fleet: Fleet): Hono {
  return new Hono()
    .get('/queue', async (context) => {
      const [answers, dead] = await Promise.all([
        fleet.current.ask('queue'),
        ofAny(fleet, (group) => group.request('dead-facts', 2 * IPC_ANSWER_MS)).catch(() => null),
      ]);
      const processes = answers.map(({ shardIds, value }) => ({ shardIds, kinds: value }));
      return context.json({ processes, dead });
    })
    .post('/queue/replay', async (context) => {
      const after = await body(context.req, replayForm);
      try {
        return context.json(await ofAny(fleet, (group) => group.request('queue-replay', replayMs, after)));
      } catch (error) {
        throw refusal(503, `no shard could try the dead facts again: ${errorText(error)}`);
      }
    });
}

/** Of a shard that serves; any may answer for all. */
function ofAny<T>(fleet: Fleet, ask: (group: SupervisedGroup) => Promise<T>): Promise<T> {
  const { groups } = fleet.current;
  const group = groups.find((each) => each.shardIds.some((id) => each.serves(id)));
  return group === undefined ? Promise.reject(new Error('none serves')) : ask(group);
}
