import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { backoffMs } from '../../src/lib/backoff.ts';
import { durationText } from '../../src/lib/duration-text.ts';
import { errorText } from '../../src/lib/error-text.ts';
import { readFlags, wholeNumberFlag } from '../../src/lib/flags.ts';
import { referenceId } from '../../src/lib/reference-id.ts';
import { snowflakeTimeMs } from '../../src/lib/snowflake.ts';

describe('lib', () => {
  test('a snowflake tells its time: the example of the Discord reference', () => {
    assert.equal(snowflakeTimeMs('175928847299117063'), Date.parse('2016-04-30T11:18:25.796Z'));
  });

  test('durations show their two largest units', () => {
    const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
    assert.equal(durationText(0), '0 s');
    assert.equal(durationText(59 * second + 999), '59 s');
    assert.equal(durationText(2 * minute + 5 * second), '2 min 5 s');
    assert.equal(durationText(hour + 30 * second), '1 h');
    assert.equal(durationText(30 * day + 4 * hour + 9 * minute), '30 d 4 h');
  });

  test('back-off doubles to its limit, and jitter takes off at most a half', () => {
    const full = [1, 2, 3, 7, 50].map((attempt) => backoffMs(attempt, 1_000, 60_000, () => 1));
    assert.deepEqual(full, [1_000, 2_000, 4_000, 60_000, 60_000]);
    assert.equal(
      backoffMs(3, 1_000, 60_000, () => 0),
      2_000,
    );
  });

  test('an error is one line with its causes', () => {
    const refused = new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:1')], '');
    assert.equal(
      errorText(new Error('no answer', { cause: refused })),
      'no answer: AggregateError: connect ECONNREFUSED 127.0.0.1:1',
    );
    assert.equal(errorText('thrown text'), 'thrown text');
  });

  test('a cause that the message tells already is not told twice', () => {
    const refused = new Error('connect ECONNREFUSED 127.0.0.1:1');
    assert.equal(errorText(new Error(refused.message, { cause: refused })), refused.message);
  });

  test('reference ids are short, readable and differ', () => {
    const ids = Array.from({ length: 1_000 }, referenceId);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
  });

  test('a wrong flag is named with its value, and exits 64', () => {
    assert.throws(() => readFlags(['--colour'], { plan: { type: 'boolean' } }), { exitCode: 64 });
    assert.throws(
      () => wholeNumberFlag('shards', '0', 1, 64),
      /--shards must be a whole number from 1 to 64, not "0"/,
    );
    assert.equal(wholeNumberFlag('shards', '2', 1, 64), 2);
    assert.deepEqual({ ...readFlags(['--plan'], { plan: { type: 'boolean' } }) }, { plan: true });
  });
});
