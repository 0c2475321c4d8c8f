import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiscordClock } from '../../src/shard/discord-clock.ts';

/** Of an interaction that Discord made so many ms after its epoch. */
const id = (ms: number) => String(BigInt(ms) << 22n);
const epochMs = 1_420_070_400_000;

test('ages are right however wrong the clock of the host is', () => {
  for (const skewMs of [0, -60_000, 60_000]) {
    const clock = new DiscordClock();
    const age = (createdMs: number, atMs: number, replayed = false) =>
      clock.ageMs(id(createdMs), replayed, epochMs + atMs + skewMs);
    assert.equal(age(1_000, 1_000), 0, 'a new one');
    assert.equal(age(2_000, 7_000), 5_000, 'one that lay in a buffer while the process was paused');
    assert.equal(age(4_000, 8_000, true), 4_000, 'one that is sent again');
  }
});

test('a stall under load makes nothing look young, however many come at once', () => {
  const clock = new DiscordClock();
  const age = (createdMs: number, atMs: number) => clock.ageMs(id(createdMs), false, epochMs + atMs);
  for (let ms = 0; ms < 10_000; ms += 10) assert.equal(age(ms, ms + 40), 0);
  for (let ms = 10_000; ms < 15_000; ms += 10) assert.equal(age(ms, 15_040), 15_000 - ms);
  assert.equal(age(15_500, 15_540), 0);
});

test('what has drifted is noticed within minutes; a replay alone is judged by the clock as it is', () => {
  const clock = new DiscordClock();
  assert.equal(clock.ageMs(id(1_000), true, epochMs + 5_000), 4_000);
  for (let minute = 0; minute < 10; minute++) {
    const ms = minute * 60_000;
    assert.ok(clock.ageMs(id(ms), false, epochMs + ms + minute * 100) <= 500);
  }
});
