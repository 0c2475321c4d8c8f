import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { text } from 'node:stream/consumers';
import { scaffoldFeature } from '../../src/scaffold/scaffold.ts';
import { root } from '../helpers/processes.ts';

describe('npm run new:command', () => {
  let clone: string;
  before(() => {
    clone = mkdtempSync(path.join(tmpdir(), 'shoal-scaffold-'));
    chmodSync(clone, 0o755);
    mkdirSync(path.join(clone, 'test'));
    for (const part of [
      'src',
      'config',
      'migrations',
      'pgbouncer',
      'package.json',
      'test/helpers',
      'test/features',
    ])
      cpSync(path.join(root, part), path.join(clone, part), { recursive: true });
    for (const part of ['node_modules', 'test/schemas'])
      symlinkSync(path.join(root, part), path.join(clone, part));
  });
  after(() => rmSync(clone, { recursive: true, force: true }));

  /** As a shell would, and not as a part of this test run. */
  async function node(...args: readonly string[]) {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const child = spawn(process.execPath, args, {
      cwd: clone,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 150_000,
    });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    return { code, printed: stdout + stderr };
  }

  test('adds a command whose test passes, in under 30 lines outside its folder', async () => {
    const before = readFileSync(path.join(clone, 'src/features/features.ts'), 'utf8').split('\n');
    const made = await node('src/bin/new-command.ts', 'coin-flip');
    assert.equal(made.code, 0, made.printed);
    const after = readFileSync(path.join(clone, 'src/features/features.ts'), 'utf8').split('\n');
    const changed = after.filter((line) => !before.includes(line));
    assert.equal(changed.length, 2, changed.join('\n'));
    const testLines = readFileSync(path.join(clone, 'test/features/coin-flip.test.ts'), 'utf8').split('\n');
    assert.ok(changed.length + testLines.length < 30, `${changed.length} and ${testLines.length} lines`);
    const [own, words] = await Promise.all([
      node('test/features/coin-flip.test.ts'),
      node('test/features/words.test.ts'),
    ]);
    assert.equal(own.code, 0, own.printed);
    assert.match(own.printed, /\/coin-flip greets a member in their language/);
    assert.equal(words.code, 0, words.printed);
    assert.match(words.printed, /the commands of coin-flip/);
    const again = await node('src/bin/new-command.ts', 'coin-flip');
    assert.equal(again.code, 64);
    assert.match(again.printed, /coin-flip is taken: there is src\/features\/coin-flip\/coin-flip\.ts/);
  });

  for (const [name, problem] of [
    ['Coin', /does not do as a name/],
    ['../coin', /does not do as a name/],
    ['coin--flip', /does not do as a name/],
    ['x'.repeat(33), /does not do as a name/],
    ['class', /does not do as a name/],
    ['info', /taken: there is src\/features\/info/],
    ['features', /taken: src\/features\/features\.ts uses it/],
    ['ping', /taken: src\/features\/info\/ping\.ts defines it/],
  ] as const)
    test(`refuses ${name}`, () => {
      assert.throws(() => scaffoldFeature(clone, name), problem);
    });
});
