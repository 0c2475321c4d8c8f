import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { checkedOut } from '../../src/config/release.ts';
import { pgbouncerExporterConfig } from '../../src/config/config.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
let folder: string;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'shoal-release-'));
  mkdirSync(path.join(folder, '.git/refs/heads'), { recursive: true });
});
after(() => rmSync(folder, { recursive: true }));

function git(name: string, text: string): void {
  writeFileSync(path.join(folder, '.git', name), text);
}

test('the commit of a clone is found in a branch, in packed ones, and without a branch', () => {
  assert.equal(checkedOut(folder), '');
  git('HEAD', 'ref: refs/heads/main\n');
  assert.equal(checkedOut(folder), '');
  git(
    'packed-refs',
    `# pack-refs with: peeled\n${'f'.repeat(40)} refs/heads/not-main\n${commit} refs/heads/main\n`,
  );
  assert.equal(checkedOut(folder), '0123456789ab');
  git('refs/heads/main', `${'e'.repeat(40)}\n`);
  assert.equal(checkedOut(folder), 'eeeeeeeeeeee');
  git('HEAD', `${commit}\n`);
  assert.equal(checkedOut(folder), '0123456789ab');
});

test('what REVISION says counts before the clone, and must look like one', () => {
  const complete = { POSTGRES_URL: 'postgres://stats:fake-password@127.0.0.1:6432/shoal' };
  assert.equal(
    pgbouncerExporterConfig({ ...complete, REVISION: 'v1.2-3+g0a1b' }).release.revision,
    'v1.2-3+g0a1b',
  );
  assert.throws(() => pgbouncerExporterConfig({ ...complete, REVISION: 'a "b"' }), /^.*REVISION must be/);
});
