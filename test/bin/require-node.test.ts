import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../helpers/processes.ts';

const guard = path.join(root, 'src/bin/require-node.js');

function startOn(version: string) {
  const code = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); await import('${guard}');`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });
}

describe('the version guard', () => {
  test('a Node that is too old is refused with its version and what to do', () => {
    const { status, stderr } = startOn('20.20.2');
    assert.equal(status, 78);
    assert.match(
      stderr,
      /^shoal: Node\.js 24 or newer is needed, this is 20\.20\.2 \(.*\)\. Run through npm scripts after `npm ci`.*\n$/,
    );
  });

  test('the pinned one and newer ones pass', () => {
    for (const version of [process.versions.node, '24.0.0', '26.1.0'])
      assert.equal(startOn(version).status, 0, version);
  });
});
