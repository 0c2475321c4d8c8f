import { fixtureTitle } from '../helpers/fixture-title.ts';
import { z } from 'zod';
import { setTimeout as delay } from 'node:timers/promises';
import { jobsConfig, processEnvironment } from '../../src/config/config.ts';
import type { Feature } from '../../src/features/feature.ts';
import { defineJob, type JobDefinition } from '../../src/features/job.ts';
import { runJobs } from '../../src/jobs/jobs.ts';
import { runMain } from '../../src/lib/run-main.ts';
import type { JobKind } from '../../src/queue/jobs.ts';

/** A jobs process with handlers that behave well, slowly and badly. What they do is rows in `effects`. */
function kindOf<Payload>(
  name: string,
  schema: z.ZodType<Payload>,
  changes: Partial<JobKind<Payload>> = {},
): JobKind<Payload> {
  const limits = { concurrency: 4, timeLimitMs: 20_000, retries: 2, retryFirstMs: 50, retryMaxMs: 200 };
  return { name: `fixture.${name}`, schema, ...limits, ...changes };
}

const numbered = z.object({ n: z.int() });

/** Its process may be killed at it often. */
export const quick = kindOf('quick', numbered, { concurrency: 8, retries: 20 });
export const lasting = kindOf('lasting', z.object({ n: z.int(), ms: z.int() }), {
  concurrency: 30,
  retries: 20,
});
/** Holds on to each number when it sees it for the first time, until it is told to stop. */
export const held = kindOf('held', numbered, { concurrency: 10 });
/** Takes a while, whatever it is told. */
export const stubborn = kindOf('stubborn', z.object({ n: z.int(), ms: z.int() }), { timeLimitMs: 300 });
export const failing = kindOf('failing', numbered, { retries: 1 });
/** One attempt, in a process of 24 MiB. */
export const computed = kindOf(
  'computed',
  z.object({ n: z.int(), what: z.enum(['square', 'spin', 'eat']) }),
  { concurrency: 2, timeLimitMs: 4_000, retries: 0 },
);

const definitions: readonly JobDefinition[] = [
  defineJob({
    kind: quick,
    async run({ commit, payload: { n } }) {
      await commit((tx) => tx`insert into effects (kind, n) values ('quick', ${n})`);
    },
  }),
  defineJob({
    kind: lasting,
    async run({ commit, payload: { n, ms }, signal }) {
      await delay(ms, undefined, { signal });
      await commit((tx) => tx`insert into effects (kind, n) values ('lasting', ${n})`);
    },
  }),
  defineJob({
    kind: held,
    async run({ commit, db, payload: { n }, signal }) {
      const begun = await db.query('begun', async (sql) => {
        await sql`insert into effects (kind, n) values ('begun', ${n})`;
        return sql`select from effects where kind = 'begun' and n = ${n}`;
      });
      if (begun.length === 1) await delay(60_000, undefined, { signal });
      await commit((tx) => tx`insert into effects (kind, n) values ('held', ${n})`);
    },
  }),
  defineJob({
    kind: stubborn,
    async run({ commit, payload: { n, ms } }) {
      await delay(ms);
      await commit((tx) => tx`insert into effects (kind, n) values ('stubborn', ${n})`);
    },
  }),
  defineJob({
    kind: failing,
    async run({ commit, db, payload: { n } }) {
      await db.query('tried', (sql) => sql`insert into effects (kind, n) values ('tried', ${n})`);
      const [cured] = await db.query(
        'cured',
        (sql) => sql`select from effects where kind = 'cured' and n = ${n}`,
      );
      if (cured === undefined) throw new Error('postgres://someone:canary-password@db is not well');
      await commit((tx) => tx`insert into effects (kind, n) values ('failing', ${n})`);
    },
  }),
  defineJob({
    kind: computed,
    computation: { module: new URL('compute-fixture.ts', import.meta.url), memoryMb: 24 },
    async run({ commit, compute, payload: { n, what } }) {
      const answer = numbered.parse(await compute({ n, what }));
      await commit((tx) => tx`insert into effects (kind, n) values ('computed', ${answer.n})`);
    },
  }),
];

const fixture: Feature = {
  name: 'fixture',
  title: fixtureTitle,
  intents: [],
  commands: [],
  jobs: definitions,
};

if (process.argv[1] === import.meta.filename) {
  await runMain('jobs', (stop) =>
    runJobs(jobsConfig(processEnvironment), [fixture], stop, () => process.send?.('ready')),
  );
}
