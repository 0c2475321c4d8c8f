import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { createScrubber } from '../../src/lib/scrub.ts';
import { Repeats } from '../../src/telemetry/repeats.ts';
import { eventually } from '../helpers/eventually.ts';
import { runToEnd } from '../helpers/processes.ts';

const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GFaKe0.canary-canary-canary-canary-canary-1234';

describe('what is printed', () => {
  const scrub = createScrubber(['canary-password', String.raw`can"ary\\bird`, 'short']);

  for (const [what, line] of Object.entries({
    'a known secret': 'connecting with canary-password now',
    'a known secret in a URL': 'postgres://app:canary-password@db:5432/shoal failed',
    'a password nobody announced': 'redis://default:canary%2Fother@cache:6379 failed',
    'a password without a user': 'redis://:canary@cache:6379',
    'a known secret that JSON escapes': JSON.stringify({ msg: String.raw`refused: can"ary\\bird` }),
    'a bot token': `token ${token} was refused`,
    'an authorization header': '"authorization":"Bot canary.canary.canary-canary"',
    'an interaction token':
      'POST /api/v10/interactions/175928847299117063/aW50ZXJhY3Rpb24canarycanary/callback',
    'a webhook token': 'PATCH /webhooks/175928847299117063/canary_canary-canary_canary/messages/@original',
  })) {
    test(`${what} is hidden`, () => {
      const clean = scrub(line);
      assert.doesNotMatch(clean, /canary|bird/);
      assert.match(clean, /\[hidden\]/);
    });
  }

  test('ordinary lines stay as they are', () => {
    const line =
      '{"guild":"175928847299117063","url":"redis://127.0.0.1:6379","msg":"short and 12:30:00 sweet"}';
    assert.equal(scrub(line), line);
  });

  describe('of a logger', () => {
    let lines: Record<string, unknown>[];
    let printed: string;
    before(async () => {
      const environment = { PATH: process.env['PATH'] };
      printed = (await runToEnd('../../test/telemetry/log-fixture', [], environment)).stdout;
      lines = printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    });

    test('are JSON lines without its secrets, also inside errors and their causes, and without what members wrote', () => {
      assert.deepEqual(
        lines.slice(0, 2).map(({ level, process }) => [level, process]),
        [
          ['info', 'fixture'],
          ['error', 'fixture'],
        ],
      );
      assert.equal(lines[0]?.['msg'], 'hello');
      assert.match(JSON.stringify(lines[1]), /the inner reason.*"status":500/);
      assert.doesNotMatch(printed, /canary/);
    });

    test('a storm of one warning is ten lines and the newest, with how many were left out; information is never left out', () => {
      const storm = lines.filter(({ msg }) => msg === 'a storm').map(({ n, leftOut }) => [n, leftOut]);
      assert.deepEqual(storm, [...Array.from({ length: 10 }, (_, n) => [n + 1, undefined]), [1_000, 989]]);
      assert.equal(lines.filter(({ msg }) => msg === 'told each time').length, 20);
    });

    test('a storm of one failure or query hides no other: of another command, error, code or name', () => {
      const failed = lines.filter(({ msg }) => msg === 'failed');
      assert.equal(failed.length, 11 + 3);
      assert.equal(failed.filter(({ err }) => (err as { message: string }).message === 'once').length, 3);
      assert.equal(lines.filter(({ query }) => query === 'one').length, 11);
      assert.equal(lines.filter(({ query }) => query === 'two').length, 1);
    });
  });
});

describe('a message that repeats', () => {
  test('is told once in each window while the storm lasts, and at once again after it', async () => {
    const repeats = new Repeats(5);
    const told: number[] = [];
    const say = (times: number) => {
      for (let n = 0; n < times; n++)
        repeats.tell('it is stormy', (leftOut) => {
          told.push(leftOut);
          if (told.length === 11) say(5);
        });
    };
    say(15);
    assert.equal(told.length, 10);
    await eventually('the newest is told, and that of the window after', () => told.length === 12);
    assert.deepEqual(told.slice(10), [4, 4]);
    await eventually('it is over', () => {
      const before = told.length;
      say(1);
      return told.length > before;
    });
  });
});
