import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { z } from 'zod';
import type { Alone } from './alone.ts';
import { body, refusal } from './requests.ts';
import type { Resharding } from './resharding.ts';

/** Discord's `shard` array has no upper bound; a bot with so many is far beyond any (150,000 guilds are some 150 shards). */
const reshardForm = z.object({ shards: z.int().min(1).max(100_000) });

/**
 * - `POST /reshard` `{ shards }` → a line of JSON (`ReshardProgress`) for each step; it goes on when nobody listens
 * - `POST /reshard/abort` → `{}`; the old shards serve on
 */
export function reshardApp(resharding: Resharding, alone: Alone): Hono {
  return new Hono()
    .post('/reshard', async (context) => {
      const { shards } = await body(context.req, reshardForm);
      const end = alone.begin('a reshard');
      try {
        const objection = await resharding.objection(shards);
        if (objection !== undefined) throw refusal(409, objection);
      } catch (error) {
        end();
        throw error;
      }
      return stream(context, (out) =>
        resharding.run(shards, (progress) => void out.writeln(JSON.stringify(progress))).finally(end),
      );
    })
    .post('/reshard/abort', (context) => {
      if (resharding.giveUp()) return context.json({});
      throw refusal(409, 'no reshard is under way that could be aborted');
    });
}
