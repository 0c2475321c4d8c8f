import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { productionSecrets } from '../../src/local/production-secrets.ts';
import { runCommand } from '../../src/local/run-command.ts';
import { root } from '../helpers/processes.ts';
import { dockerfile } from './image.ts';

const runbook = readFileSync(path.join(root, 'docs/runbook.md'), 'utf8');

test("the runbook's first command makes secrets that every container can read, whatever the umask, on a host without packages", async () => {
  const [, image = '', command = ''] =
    /`docker run .*--volume "\$PWD:\/app" --workdir \/app (\S+) (node [^`]+)`/.exec(runbook) ?? [];
  assert.equal(image, dockerfile()[0]?.text.split(' ')[0]);
  const folder = mkdtempSync(path.join(tmpdir(), 'shoal-clone-'));
  try {
    // As a fresh clone has them: without node_modules.
    for (const name of ['src', 'package.json'])
      cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    const { code, output } = await runCommand('sh', ['-c', `umask 077; cd '${folder}'; ${command}`], {
      environment: process.env,
    });
    assert.equal(code, 0, output);
    const made = path.join(folder, 'secrets');
    const mode = (name: string) => (statSync(path.join(made, name)).mode & 0o777).toString(8);
    const files = Object.keys(productionSecrets());
    assert.deepEqual(readdirSync(made).toSorted(), [...files, 'optional'].toSorted());
    for (const name of files) assert.equal(mode(name), '444', name);
    assert.deepEqual([mode('.'), mode('optional')], ['700', '755']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
