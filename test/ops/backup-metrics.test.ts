import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { writeBackupMetrics } from '../../src/db/backup-metrics.ts';
import { exitCodes } from '../../src/lib/exit-codes.ts';
import { Failure } from '../../src/lib/failure.ts';
import { runCommand } from '../../src/local/run-command.ts';
import { programPath, without } from './programs.ts';

describe('the metrics of a backup', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shoal-backup-metrics-'));
  });
  after(() => rm(folder, { recursive: true }));
  const metrics = { bytes: 2_048, at: new Date(1_800_000_000_500) };

  test('are a whole file of what promtool takes for metrics', { skip: without('promtool') }, async () => {
    const file = path.join(folder, 'shoal.prom');
    await writeBackupMetrics(file, metrics);
    const input = await readFile(file, 'utf8');
    assert.match(input, /^shoal_backup_time_seconds 1800000000\.5$/m);
    assert.match(input, /^shoal_backup_size_bytes 2048$/m);
    const options = { environment: process.env, input };
    const { code, output } = await runCommand(programPath('promtool'), ['check', 'metrics'], options);
    assert.equal(code, 0, output);
    assert.deepEqual(await readdir(folder), ['shoal.prom']);
  });

  test('that cannot be written are a failure that says that the backup is there', async () => {
    const file = path.join(folder, 'absent', 'shoal.prom');
    await assert.rejects(writeBackupMetrics(file, metrics), (error) => {
      assert.ok(error instanceof Failure);
      assert.equal(error.exitCode, exitCodes.unavailable);
      assert.match(error.message, /the backup is written, but not its metrics to .*ENOENT/);
      return true;
    });
  });
});
