import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  afterAttempt,
  noHistory,
  resumeHostIsDead,
  resumeIsHopeless,
  waitBeforeNext,
  type Attempt,
  type History,
} from '../../src/shard/reconnect-policy.ts';

const greetedOnly = { greeted: true, connected: false };

function after(attempts: readonly Attempt[], lastedMs = 0): History {
  return attempts.reduce((history, attempt) => afterAttempt(history, attempt, lastedMs), noHistory);
}

function times(count: number, attempt: Attempt): Attempt[] {
  return Array.from({ length: count }, () => attempt);
}

describe('when, where and how a shard connects again', () => {
  test('the first loss is not waited for, nor one after a good connection', () => {
    const good = { resuming: true, greeted: true, connected: true };
    assert.equal(waitBeforeNext(after([good]), true), 0);
    assert.equal(waitBeforeNext(after(times(9, good), 60_000), true), 0);
  });

  test('nor one that Discord asks for every few seconds', () => {
    const asked = { resuming: true, greeted: true, connected: true };
    assert.equal(waitBeforeNext(after(times(9, asked), 2_000), true), 0);
  });

  test('connections that are closed at once are waited for longer and longer, up to 30 s', () => {
    const short = { resuming: true, greeted: true, connected: true };
    const waits = [2, 3, 4, 12].map((count) => waitBeforeNext(after(times(count, short)), true));
    const [second = 0, third = 0, fourth = 0, twelfth = 0] = waits;
    assert.ok(second >= 250 && second <= 500, String(second));
    assert.ok(third >= 500 && third <= 1_000 && fourth >= 1_000 && fourth <= 2_000, waits.join());
    assert.ok(twelfth >= 15_000 && twelfth <= 30_000, String(twelfth));
  });

  test('identifies that come to nothing are spaced up to 5 min, so that a day of them stays below 600', () => {
    const refused = { resuming: false, ...greetedOnly };
    const wait = waitBeforeNext(after(times(30, refused)), false);
    assert.ok(wait >= 150_000 && wait <= 300_000, String(wait));
  });

  test('a host is dead after three connections without HELLO, and alive with the next one', () => {
    const silent = { resuming: true, greeted: false, connected: false };
    assert.equal(resumeHostIsDead(after(times(2, silent))), false);
    assert.equal(resumeHostIsDead(after(times(3, silent))), true);
    assert.equal(resumeHostIsDead(after([...times(3, silent), { resuming: true, ...greetedOnly }])), false);
  });

  test('a session is given up after three RESUMEs that ended in a close, however often the network failed', () => {
    const closed = { resuming: true, ...greetedOnly };
    const silent = { resuming: true, greeted: false, connected: false };
    assert.equal(resumeIsHopeless(after([closed, closed, ...times(9, silent)])), false);
    assert.equal(resumeIsHopeless(after([closed, silent, closed, closed])), true);
  });
});
