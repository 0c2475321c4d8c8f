import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ensurePackages } from '../helpers/ensure-packages.ts';

const dependencies = { part: 'file:part' };

/** A package whose only dependency lies inside it: npm needs no registry. */
async function makeFolder(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shoal-packages-'));
  const write = (file: string, value: object) => writeFile(path.join(folder, file), JSON.stringify(value));
  await mkdir(path.join(folder, 'part'));
  await write('part/package.json', { name: 'part', version: '1.0.0' });
  await write('package.json', { name: 'whole', version: '1.0.0', dependencies });
  await write('package-lock.json', {
    name: 'whole',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: {
      '': { name: 'whole', version: '1.0.0', dependencies },
      'node_modules/part': { resolved: 'part', link: true },
      part: { version: '1.0.0' },
    },
  });
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

test('packages are installed once, and again when the lockfile or the packages change', async () => {
  await using made = await makeFolder();
  const { folder } = made;
  let runs = 0;
  const ensure = () =>
    ensurePackages(folder, { environment: process.env, onProgress: () => void (runs += 1) });
  await ensure();
  await ensure();
  assert.equal(runs, 1);
  const lockfile = path.join(folder, 'package-lock.json');
  await writeFile(lockfile, `${await readFile(lockfile, 'utf8')}\n`);
  await ensure();
  assert.equal(runs, 2);
  await rm(path.join(folder, 'node_modules'), { recursive: true });
  await ensure();
  assert.equal(runs, 3);
  assert.ok((await stat(path.join(folder, 'node_modules', 'part'))).isDirectory());
});

test('a lockfile that does not fit is said in one line', async () => {
  await using made = await makeFolder();
  const { folder } = made;
  await writeFile(path.join(folder, 'package-lock.json'), '{}');
  const options = { environment: process.env, onProgress: () => undefined };
  await assert.rejects(ensurePackages(folder, options), {
    name: 'Failure',
    message: /^npm ci in \S+ ended with 1: .*$/,
  });
  // Nothing was installed: the next run tries again.
  await assert.rejects(ensurePackages(folder, options), { name: 'Failure' });
});

for (const folder of ['clients', 'schemas', 'bench/peers']) {
  test(`the lockfile of test/${folder} names no address of a registry`, async () => {
    const lockfile = await readFile(
      path.join(import.meta.dirname, '..', folder, 'package-lock.json'),
      'utf8',
    );
    assert.doesNotMatch(lockfile, /"resolved"/);
  });
}
