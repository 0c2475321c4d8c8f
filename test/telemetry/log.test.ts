import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createScrubber } from '../../src/lib/scrub.ts';
import { runToEnd } from '../helpers/processes.ts';

const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GFaKe0.canary-canary-canary-canary-canary-1234';

describe('what is printed', () => {
  const scrub = createScrubber(['canary-password', 'short']);

  for (const [what, line] of Object.entries({
    'a known secret': 'connecting with canary-password now',
    'a known secret in a URL': 'postgres://app:canary-password@db:5432/shoal failed',
    'a password nobody announced': 'redis://default:canary%2Fother@cache:6379 failed',
    'a password without a user': 'redis://:canary@cache:6379',
    'a bot token': `token ${token} was refused`,
    'an authorization header': '"authorization":"Bot canary.canary.canary-canary"',
    'an interaction token':
      'POST /api/v10/interactions/175928847299117063/aW50ZXJhY3Rpb24canarycanary/callback',
    'a webhook token': 'PATCH /webhooks/175928847299117063/canary_canary-canary_canary/messages/@original',
  })) {
    test(`${what} is hidden`, () => {
      const clean = scrub(line);
      assert.doesNotMatch(clean, /canary/);
      assert.match(clean, /\[hidden\]/);
    });
  }

  test('ordinary lines stay as they are', () => {
    const line =
      '{"guild":"175928847299117063","url":"redis://127.0.0.1:6379","msg":"short and 12:30:00 sweet"}';
    assert.equal(scrub(line), line);
  });

  test('a logger prints JSON lines without its secrets, also inside errors and their causes', async () => {
    const { stdout } = await runToEnd('../../test/telemetry/log-fixture', [], { PATH: process.env['PATH'] });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      lines.map(({ level, process }) => [level, process]),
      [
        ['info', 'fixture'],
        ['error', 'fixture'],
      ],
    );
    assert.equal(lines[0]?.['msg'], 'hello');
    assert.match(JSON.stringify(lines[1]), /the inner reason/);
    assert.doesNotMatch(stdout, /canary/);
  });
});
