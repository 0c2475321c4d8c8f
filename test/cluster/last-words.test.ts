import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { LastWords } from '../../src/cluster/last-words.ts';

const beat = {
  loopP99Ms: 1,
  rssBytes: 1,
  heapUsedBytes: 19 * 2 ** 20,
  heapLimitBytes: 20 * 2 ** 20,
  deaf: false,
  lines: [],
};

describe('why a shard process ended', () => {
  test('what it said first counts, with the last lines that it logged', () => {
    const words = new LastWords();
    words.heard(Array.from({ length: 20 }, (_, index) => `line ${index}`));
    words.said('the database is away');
    words.said('and so on');
    const { reason, lines } = words.of(69, null, beat);
    assert.equal(reason, 'the database is away');
    assert.deepEqual([lines.length, lines.at(-1)], [8, 'line 19']);
    assert.equal(new LastWords().of(7, null, undefined).reason, 'ended with 7');
  });

  test('a process at its heap limit is told from any other', async () => {
    const hungry = 'const kept = []; for (;;) kept.push(Array.from({ length: 1e4 }, () => ({})));';
    const child = spawn(process.execPath, ['--max-old-space-size=20', '-e', hungry], { stdio: 'ignore' });
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    assert.equal(
      new LastWords().of(code, signal, beat).reason,
      'out of memory: V8 reached its heap limit (19 MiB of 20 MiB); set NODE_OPTIONS=--max-old-space-size to raise it',
    );
  });
});
