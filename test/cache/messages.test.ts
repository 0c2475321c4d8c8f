import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invalidationText, parseMessage } from '../../src/cache/messages.ts';

test('an invalidation of the release before, without its time, is understood', () => {
  const before = { namespace: 'settings', key: '1', version: 2, origin: 'other' };
  assert.deepEqual(parseMessage(JSON.stringify(before)), before);
  assert.deepEqual(parseMessage(invalidationText({ ...before, atMs: 3 })), { ...before, atMs: 3 });
  assert.equal(parseMessage(JSON.stringify({ ...before, origin: 5 })), undefined);
});
