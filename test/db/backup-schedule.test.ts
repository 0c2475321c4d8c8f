import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { nextBackupMs, removeOldBackups } from '../../src/db/backup-schedule.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-03-04T12:00:00Z');

describe('backups again and again', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'shoal-backups-'));
  after(() => rmSync(folder, { recursive: true }));

  function add(day: number, ageMs: number): string {
    const name = `shoal-2026-03-0${day}T00-00-00.000Z.dump`;
    for (const file of [name, `${name}.sha256`]) writeFileSync(path.join(folder, file), '');
    utimesSync(path.join(folder, name), new Date(now), new Date(now - ageMs));
    return name;
  }

  test('the first one is due at once, the next when the newest is a day old', async () => {
    assert.equal(await nextBackupMs(path.join(folder, 'missing'), dayMs, now), 0);
    add(1, 3 * dayMs);
    assert.equal(await nextBackupMs(folder, dayMs, now), 0);
    add(2, dayMs / 4);
    assert.equal(await nextBackupMs(folder, dayMs, now), (dayMs * 3) / 4);
    // Written by a clock that was ahead: not longer than a day.
    add(3, -5 * dayMs);
    assert.equal(await nextBackupMs(folder, dayMs, now), dayMs);
  });

  test('the newest stay, the others go with their checksums, what is no backup is left alone', async () => {
    writeFileSync(path.join(folder, 'notes.txt'), '');
    writeFileSync(path.join(folder, 'shoal-2026-01-01T00-00-00.000Z.dump.part'), '');
    const [second, third] = [add(2, dayMs), add(3, 0)];
    assert.deepEqual(await removeOldBackups(folder, 2), [add(1, 0)]);
    assert.deepEqual(await removeOldBackups(folder, 2), ['shoal-2026-03-01T00-00-00.000Z.dump']);
    assert.deepEqual(readdirSync(folder).toSorted(), [
      'notes.txt',
      'shoal-2026-01-01T00-00-00.000Z.dump.part',
      second,
      `${second}.sha256`,
      third,
      `${third}.sha256`,
    ]);
  });
});
