import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ReplayBuffer } from '../../src/sandbox/gateway/replay-buffer.ts';

function filled(count: number, json: string): ReplayBuffer {
  const buffer = new ReplayBuffer();
  for (let sequence = 1; sequence <= count; sequence += 1) buffer.push({ sequence, event: 'X', json });
  return buffer;
}

test('everything after a sequence is there, in order', () => {
  const missed = filled(10, '{}').after(7);
  assert.deepEqual(
    missed?.map(({ sequence }) => sequence),
    [8, 9, 10],
  );
  assert.deepEqual(filled(10, '{}').after(10), []);
  assert.equal(filled(10, '{}').after(0)?.length, 10);
});

test('what is dropped is not held in memory either', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heapMb = () => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const before = heapMb();
  const buffer = new ReplayBuffer();
  for (let sequence = 1; sequence <= 30_000; sequence += 1) {
    buffer.push({ sequence, event: 'X', json: Buffer.alloc(20_000, String(sequence)).toString('latin1') });
  }
  const grownMb = heapMb() - before;
  assert.ok(
    (buffer.after(29_999)?.length ?? 0) === 1 && grownMb < 100,
    `${grownMb} MB for at most 32 million characters`,
  );
});

test('a replay goes in turns of 50 events or a million characters, one event at least', () => {
  const turn = (json: string) => filled(70, json).turnAfter(10);
  assert.deepEqual(
    ['{}', 'x'.repeat(100_000), 'x'.repeat(500_000)].map((json) => turn(json)?.length),
    [50, 10, 2],
  );
  assert.equal(turn('{}')?.[0]?.sequence, 11);
  assert.equal(filled(5, 'x'.repeat(2 ** 21)).turnAfter(0)?.length, 1);
  assert.deepEqual(filled(3, '{}').turnAfter(3), []);
});

test('the oldest events give way, and what needs them cannot be replayed', () => {
  const many = filled(100_000, '{}');
  assert.equal(many.after(0), undefined);
  assert.equal(many.after(99_998)?.length, 2);
  const large = filled(100, 'x'.repeat(2 ** 20));
  assert.equal(large.after(10), undefined);
  assert.equal(large.after(98)?.length, 2);
});
