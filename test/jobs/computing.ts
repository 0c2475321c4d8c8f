import { z } from 'zod';
import { defineJob, type JobDefinition } from '../../src/features/job.ts';
import { compute } from '../../src/jobs/computations.ts';

/** A job that computes what `compute-fixture.ts` can. */
export function computing(memoryMb = 64): JobDefinition {
  return defineJob({
    kind: {
      name: 'fixture.computing',
      schema: z.object({}),
      concurrency: 1,
      timeLimitMs: 10_000,
      retries: 0,
      retryFirstMs: 50,
      retryMaxMs: 200,
    },
    computation: { module: new URL('compute-fixture.ts', import.meta.url), memoryMb },
    run: async () => {},
  });
}

if (process.argv[1] === import.meta.filename)
  await compute(computing(), { n: 1, what: 'spin' }, new AbortController().signal);
