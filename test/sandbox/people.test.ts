import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poissonArrivals, steadyArrivals } from '../../src/sandbox/people/arrivals.ts';
import { smallTalk, someText } from '../../src/sandbox/people/chat-text.ts';
import { languages } from '../../src/sandbox/people/languages.ts';
import { temperOf } from '../../src/sandbox/people/temper.ts';
import { seededRandom } from '../../src/sandbox/world/random.ts';

const quarterHour = { startMs: 5_000, forMs: 900_000 };

test('arrivals reach their rate, with the gaps of people who know nothing of each other', () => {
  const times = [...poissonArrivals({ ...quarterHour, from: 50, to: 50 }, seededRandom(3))];
  const expected = 50 * 900;
  // Five standard deviations of a Poisson count, whose variance is its mean.
  assert.ok(Math.abs(times.length - expected) < 5 * Math.sqrt(expected), `${times.length} arrivals`);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  // Of an exponential distribution both are the same.
  assert.ok(Math.abs(deviation / mean - 1) < 0.05, `${deviation} beside ${mean}`);
  assert.ok(gaps.every((gap) => gap >= 0));
  assert.ok((times[0] ?? 0) >= 5_000 && (times.at(-1) ?? 0) < 905_000);
});

test('a rate that changes over a phase is followed', () => {
  const times = [...poissonArrivals({ ...quarterHour, from: 0, to: 40 }, seededRandom(4))];
  const early = times.filter((time) => time < 5_000 + 450_000).length;
  // A triangle: a quarter of it lies in its first half.
  const expected = 20 * 900;
  assert.ok(Math.abs(times.length - expected) < 5 * Math.sqrt(expected), `${times.length} arrivals`);
  assert.ok(Math.abs(early - expected / 4) < 5 * Math.sqrt(expected / 4), `${early} in the first half`);
});

function timesOf(seed: number, rate = 5): number[] {
  return [...poissonArrivals({ ...quarterHour, from: rate / 2, to: rate }, seededRandom(seed))];
}

test('the same seed makes the same arrivals, another one others, and no rate none', () => {
  assert.deepEqual(timesOf(1), timesOf(1));
  assert.notDeepEqual(timesOf(1), timesOf(2));
  assert.deepEqual(timesOf(1, 0), []);
  assert.deepEqual([...steadyArrivals(4, 3)], [0, 250, 500]);
});

test('small talk is not a handful of sentences, has many lengths, and fits a message', () => {
  for (const language of languages) {
    const random = seededRandom(7);
    const said = Array.from({ length: 2_000 }, () => smallTalk({ language, verbosity: 1 }, random));
    assert.ok(new Set(said).size > 800, `${new Set(said).size} of 2000 differ`);
    assert.ok(said.every((text) => text.length > 0 && text.length <= 2_000 && !/[{}]/.test(text)));
    const lengths = said.map(({ length }) => length).toSorted((one, other) => one - other);
    assert.ok((lengths[1_900] ?? 0) > 2 * (lengths[1_000] ?? 0), 'some write much more than most');
    const again = seededRandom(7);
    assert.deepEqual(
      said.slice(0, 50),
      Array.from({ length: 50 }, () => smallTalk({ language, verbosity: 1 }, again)),
    );
  }
});

test('a text is as long as it has to be', () => {
  for (const [least, most] of [
    [1, 1],
    [10, 10],
    [300, 400],
    [5, 6],
  ] as const) {
    const { length } = someText(languages[0], least, most, seededRandom(least));
    assert.ok(length >= least && length <= most, `${length}`);
  }
});

test('few members do most of the talking, and each keeps their temper', () => {
  const ids = Array.from({ length: 200 }, (_, nth) =>
    String(200_000_000_000_000_000n + BigInt(nth) * 7_919_777_777n),
  );
  const chat = ids.map((id) => temperOf(5, id, '1').chat).toSorted((one, other) => other - one);
  const whole = chat.reduce((sum, each) => sum + each, 0);
  const loudest = chat.slice(0, 40).reduce((sum, each) => sum + each, 0);
  assert.ok(loudest / whole > 0.5, `the loudest fifth do ${loudest / whole}`);
  assert.deepEqual(temperOf(5, ids[3] ?? '', '1'), temperOf(5, ids[3] ?? '', '1'));
});
