import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, test } from 'node:test';
import { checkText } from '../../src/features/giveaway/check-text.ts';
import { ranking } from '../../src/features/giveaway/rank.ts';
import { commitmentOf, ranked, scored } from '../../src/features/giveaway/rules/draw.ts';
import { giveawayEmbed } from '../../src/features/giveaway/view.ts';
import { momentFrom, secondsFrom } from '../../src/features/moment.ts';
import { answersFrom } from '../../src/features/poll/rules/answers.ts';
import { bar, leaders } from '../../src/features/poll/rules/bar.ts';
import { pressed, selected } from '../../src/features/poll/rules/choice.ts';
import { Together } from '../../src/features/together.ts';
import { Turns } from '../../src/features/turns.ts';

describe('a draw', () => {
  const ids = ['100000000000000001', '100000000000000002', '100000000000000003'];

  test('is what anybody can compute', async () => {
    // printf %s 'seed:100000000000000001' | sha256sum, and so on
    const known = ids.map((id) => [createHash('sha256').update(`seed:${id}`).digest('hex'), id] as const);
    const expected = known.toSorted(([a], [b]) => a.localeCompare(b)).map(([, id]) => id);
    assert.deepEqual(
      (await ranking('seed', ids)).map(({ userId }) => userId),
      expected,
    );
    assert.deepEqual(expected, ids.toReversed());
    assert.equal(commitmentOf('seed'), '19b25856e1c150ca834cffc8b59b23adbd0ec0389e58eb22b3b64768098d002b');
  });

  test('does not depend on the order of the entrants, nor on the others', async () => {
    const all = await ranking('s', ids);
    assert.deepEqual(await ranking('s', ids.toReversed()), all);
    assert.deepEqual(
      await ranking('s', ids.slice(1)),
      all.filter(({ userId }) => userId !== ids[0]),
    );
  });

  test('is even: over many seeds each of ten wins about as often, first and second place alike', () => {
    const entrants = Array.from({ length: 10 }, (_, n) => String(200_000_000_000_000_000n + BigInt(n)));
    const draws = 5_000;
    for (const place of [0, 1]) {
      const wins = new Map(entrants.map((id) => [id, 0]));
      for (let seed = 0; seed < draws; seed += 1) {
        const id = ranked(scored(`seed ${seed}`, entrants))[place]?.userId ?? '';
        wins.set(id, (wins.get(id) ?? 0) + 1);
      }
      const expected = draws / entrants.length;
      const chiSquare = [...wins.values()].reduce(
        (sum, count) => sum + (count - expected) ** 2 / expected,
        0,
      );
      // 9 degrees of freedom: a fair draw exceeds 27.9 once in 1,000; the seeds are always the same, so it never changes.
      assert.ok(chiSquare < 27.9, `chi-square ${chiSquare}`);
    }
  });
});

describe('a giveaway that was drawn often', () => {
  const seed = 'f'.repeat(64);
  const commitment = 'c'.repeat(64);
  const ids = Array.from({ length: 2_000 }, (_, n) => String(1_000_000_000_000_000_000n + BigInt(n)));
  const draws = Array.from({ length: 10 }, (_, n) => ({
    number: n + 1,
    seed,
    wanted: 3_000,
    candidates: ids.length,
    announced: true,
    winners: ids.slice(20 * n, 20 * (n + 1)),
  }));
  const whole = (locale: string) => ({
    giveaway: {
      id: '1',
      guildId: '2',
      channelId: '3',
      messageId: null,
      hostId: null,
      prize: 'A boat',
      winners: 20,
      roleId: null,
      locale,
      hostLocale: null,
      color: 0,
      state: 'drawn' as const,
      revision: '1',
      commitment,
      endsAt: new Date(),
    },
    entrants: ids.length,
    draws,
  });

  for (const locale of ['en-US', 'de', 'fr', 'es-ES', 'ko'])
    test(`still shows its newest draws and the promise of the next one (${locale})`, () => {
      const { description = '' } = giveawayEmbed(whole(locale));
      assert.ok(description.length <= 4_096);
      assert.ok(description.includes(commitment));
      assert.ok(description.includes(String(ids[199])));
      assert.ok(!description.includes(String(ids[119])));
    });

  test('is checked by the ids alone where they are too many to hash', async () => {
    const text = await checkText({ ...whole('en-US'), ids });
    assert.equal(text.match(new RegExp(`^${ids[1_999]}$`, 'gm'))?.length, 1);
    assert.match(text, /draw 10: 3000 wanted of 2000\nseed f{64}\n/);
    const short = await checkText({ ...whole('en-US'), draws: draws.slice(0, 2), ids });
    assert.equal(short.match(new RegExp(`^[0-9a-f]{64} ${ids[1_999]}$`, 'gm'))?.length, 2);
    assert.equal(short.match(new RegExp(`^[0-9a-f]{64} ${ids[0]} won$`, 'gm'))?.length, 1);
    const most = { ...whole('en-US'), ids: Array.from({ length: 1_000_000 }, () => '1'.repeat(19)) };
    assert.ok((await checkText(most)).length < 10 * 2 ** 20);
  });
});

test('bars show something as something, and less than all as less', () => {
  assert.equal(bar(0), '░'.repeat(10));
  assert.equal(bar(1), '█'.repeat(10));
  assert.equal(bar(0.001), `█${'░'.repeat(9)}`);
  assert.equal(bar(0.999), `${'█'.repeat(9)}░`);
  assert.equal(bar(0.5), '█████░░░░░');
  assert.deepEqual(leaders([2, 3, 3]), [1, 2]);
  assert.deepEqual(leaders([0, 0]), []);
});

test('answers come from one line or from many', () => {
  assert.deepEqual(answersFrom(' Yes |  No  way | '), ['Yes', 'No way']);
  assert.deepEqual(answersFrom('a\nb\n\nc'), ['a', 'b', 'c']);
  assert.equal(problem('only'), 'few');
  assert.equal(problem('||'), 'few');
  assert.equal(problem(Array.from({ length: 26 }, (_, n) => n).join('|')), 'many');
  assert.equal(problem(`a|${'b'.repeat(56)}`), 'long');
  assert.equal(problem('Yes|yes'), 'same');
  assert.equal(problem('ﬁn|FIN'), 'same');
});

test('choices: one answer replaces another, several are added and taken back', () => {
  assert.deepEqual(pressed([0], 1, false), [1]);
  assert.deepEqual(pressed([1], 1, false), [1]);
  assert.deepEqual(pressed([1], 0, true), [0, 1]);
  assert.deepEqual(pressed([0, 1], 0, true), [1]);
  assert.deepEqual(selected(['2', '0', '2', '9', 'x', '-1', '1.5'], 3, true), [0, 2]);
  assert.deepEqual(selected(['1', '2'], 3, false), [1]);
});

test('times in the words of five languages, and dates in a time zone', () => {
  for (const [text, seconds] of [
    ['90m', 5_400],
    ['1d 12h', 129_600],
    ['2 Stunden', 7_200],
    ['1 jour, 2 heures', 93_600],
    ['3 días', 259_200],
    ['2시간 30분', 9_000],
    ['1w', 604_800],
  ] as const)
    assert.equal(secondsFrom(text), seconds, text);
  for (const text of ['', 'soon', '5', 'h', '5 parsecs', '-5m', '1e9h', '9999999h'])
    assert.equal(secondsFrom(text), undefined, text);
  assert.equal(at('2026-12-24 18:00'), '2026-12-24T17:00:00.000Z');
  assert.equal(at('2026-07-01T09:30'), '2026-07-01T07:30:00.000Z');
  assert.equal(at('2026-03-29 03:30'), '2026-03-29T01:30:00.000Z');
  assert.equal(at('2026-03-08 03:30', 'America/New_York'), '2026-03-08T07:30:00.000Z');
  assert.equal(at('2026-12-24 18:00', 'Asia/Seoul'), '2026-12-24T09:00:00.000Z');
  for (const text of ['2026-02-30 10:00', '2026-13-01 10:00', '2026-01-01 25:00', '2026-01-01'])
    assert.equal(at(text), undefined, text);
  assert.equal(momentFrom('1h', 5_000, 'UTC'), 3_605_000);
});

test('of many that want to show their state, one at a time does, and the last shown is the newest', async () => {
  const turns = new Turns();
  const shown: number[] = [];
  let under = 0;
  const take = (revision: number) =>
    turns.take('poll', revision, async () => {
      assert.equal((under += 1), 1);
      await nextTurn();
      shown.push(revision);
      under -= 1;
    });
  const outcomes = await Promise.all([take(1), take(3), take(2), take(4), take(5)]);
  assert.deepEqual(outcomes, [true, false, false, false, true]);
  assert.deepEqual(shown, [1, 5]);
  assert.deepEqual(await Promise.all([take(6), take(8), take(7)]), [true, true, false]);
  await assert.rejects(turns.take('poll', 9, () => Promise.reject(new Error('no'))));
  assert.equal(await take(10), true);
});

test('who comes while others are under way is done together with all who did, key by key', async () => {
  const batches: (readonly number[])[] = [];
  const together = new Together<number, number>(async (items) => {
    batches.push(items);
    await nextTurn();
    if (items.includes(9)) throw new Error('no');
    return items.map((item) => item * 2);
  });
  const add = (item: number) => together.add('a', item);
  const first = add(1);
  await nextTurn();
  assert.deepEqual(await Promise.all([first, add(2), add(3), together.add('b', 4)]), [2, 4, 6, 8]);
  assert.deepEqual(batches, [[1], [4], [2, 3]]);
  await assert.rejects(add(9));
  assert.equal(await add(5), 10);
});

function problem(text: string): string | false {
  const answers = answersFrom(text);
  return 'problem' in answers && answers.problem;
}

/** By ISO 8601, in UTC. */
function at(text: string, zone = 'Europe/Berlin'): string | undefined {
  const ms = momentFrom(text, 0, zone);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
