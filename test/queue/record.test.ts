import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { QueueError } from '../../src/queue/fact.ts';
import { decodeFacts, encodeFact } from '../../src/queue/record.ts';

const facts = [
  { key: '1', body: { text: 'one' } },
  { key: 'a.b:c_d-e', body: null },
  { key: '3', body: 'ü\u0000🐟' },
];
const log = Buffer.concat(facts.map((fact, index) => encodeFact(fact, index)));

test('what was encoded is decoded, in order, up to the number asked for', () => {
  assert.deepEqual(decodeFacts(log, 10), {
    facts: facts.map((fact, atMs) => ({ ...fact, atMs })),
    end: log.length,
  });
  assert.equal(decodeFacts(log, 2).facts.length, 2);
});

test('a tail torn or zeroed anywhere costs the facts from there on, and no earlier one', () => {
  const ends = facts.map((_, index) => decodeFacts(log, index + 1).end);
  for (let cut = 0; cut < log.length; cut++) {
    const whole = ends.filter((end) => end <= cut).length;
    assert.equal(decodeFacts(log.subarray(0, cut), 10).facts.length, whole);
    const zeroed = Buffer.concat([log.subarray(0, cut), Buffer.alloc(log.length - cut)]);
    assert.equal(decodeFacts(zeroed, 10).facts.length, whole);
  }
});

test('a changed byte is never taken for a fact', () => {
  const changed = fc.record({
    at: fc.integer({ min: 0, max: log.length - 1 }),
    by: fc.integer({ min: 1, max: 255 }),
  });
  fc.assert(
    fc.property(changed, ({ at, by }) => {
      const bytes = Buffer.from(log);
      bytes[at] = (bytes[at] ?? 0) ^ by;
      const decoded = decodeFacts(bytes, 10).facts;
      assert.deepEqual(
        decoded,
        facts.slice(0, decoded.length).map((fact, atMs) => ({ ...fact, atMs })),
      );
    }),
  );
});

test('a key that is not well formed and a fact that is too large are refused', () => {
  for (const key of ['', 'a b', 'x'.repeat(101), '\u0000'])
    assert.throws(() => encodeFact({ key, body: null }, 0), QueueError);
  assert.throws(() => encodeFact({ key: '1', body: 'x'.repeat(65_536) }, 0), /fact 1 has \d+ bytes/);
});
