import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { defineComponent } from '../../src/features/component.ts';
import { CustomIds, dataOf } from '../../src/features/custom-id.ts';

const run = async () => {};
const vote = defineComponent({
  name: 'poll.vote',
  version: 2,
  data: z.object({ poll: z.string(), answer: z.coerce.number().int().min(0) }),
  upgrade: (version, [poll]) => (version === 1 && poll !== undefined ? { poll, answer: 0 } : undefined),
  run,
});
const mine = defineComponent({ name: 'mine', version: 1, data: z.object({}), private: true, run });
const old = defineComponent({ name: 'poll.vote', version: 1, data: z.object({ poll: z.string() }), run });
const ids = new CustomIds('fake token');

describe('a custom id', () => {
  test('brings back what it was given, whatever is in it', () => {
    const id = ids.write(vote, { poll: 'a:b %:ü', answer: 3 }, '7');
    const read = ids.read(id);
    assert.ok(read && id.length <= 100);
    assert.equal(read.name, 'poll.vote');
    assert.equal(read.userId, undefined);
    assert.deepEqual(dataOf(vote, read), { poll: 'a:b %:ü', answer: 3 });
  });

  test('names its member where it is private', () => {
    assert.equal(ids.read(ids.write(mine, {}, '7'))?.userId, '7');
  });

  test('is refused when anything in it was changed, or another bot made it', () => {
    const id = ids.write(vote, { poll: '12', answer: 3 }, '7');
    for (let at = 0; at < id.length; at++) {
      const changed = id.slice(0, at) + (id[at] === 'x' ? 'y' : 'x') + id.slice(at + 1);
      assert.equal(ids.read(changed), undefined, changed);
    }
    for (const odd of ['', ':', 'poll.vote', `${id}:`, id.slice(1), 'é'.repeat(50)])
      assert.equal(ids.read(odd), undefined, odd);
    assert.equal(new CustomIds('another token').read(id), undefined);
  });

  test('of an older version is read by the definition’s own rule', () => {
    const read = ids.read(ids.write(old, { poll: '12' }, '7'));
    assert.ok(read);
    assert.deepEqual(dataOf(vote, read), { poll: '12', answer: 0 });
    assert.equal(dataOf(mine, { ...read, version: 9 }), undefined);
  });

  test('with data that the definition does not allow is not read', () => {
    const read = { name: 'poll.vote', version: 2, userId: undefined };
    assert.equal(dataOf(vote, { ...read, values: ['12'] }), undefined);
    assert.equal(dataOf(vote, { ...read, values: ['12', '-1'] }), undefined);
  });

  test('that would be longer than Discord takes is an error that says so', () => {
    assert.throws(
      () => ids.write(vote, { poll: 'p'.repeat(90), answer: 1 }, '7'),
      /poll\.vote has \d+ characters/,
    );
  });
});
