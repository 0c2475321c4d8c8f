import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originOf } from '../../src/jobs/job-span.ts';

test('a job of now goes on with the trace that enqueued it, a later one is linked to it', () => {
  const job = { id: '1', kind: 'kind', payload: {}, attempts: 1, keyed: false, lease: '1' };
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const origin = (minutes: number, from: string | null = traceparent) =>
    originOf({ ...job, traceparent: from, enqueuedAt: new Date(Date.now() - minutes * 60_000) });
  assert.deepEqual(origin(14), { parent: traceparent });
  assert.deepEqual(origin(16), { link: traceparent });
  assert.deepEqual(origin(0, null), { parent: undefined });
});
