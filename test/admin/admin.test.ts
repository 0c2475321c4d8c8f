import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { statusTable } from '../../src/admin/admin.ts';
import { runToEnd } from '../helpers/processes.ts';

describe('the admin command line', () => {
  test('status is a table with a row a shard, silent ones too', () => {
    const table = statusTable(
      {
        manager: { pid: 7, version: '1.2.3', metricsUrl: 'http://127.0.0.1:9470/metrics' },
        cluster: {
          shardCount: 3,
          missing: [1],
          processes: [2, 0].map((shardId) => ({
            pid: 100 + shardId,
            version: '1.2.3',
            startedAtMs: 1_000,
            rssBytes: 100 * 2 ** 20,
            interactions: 5,
            shards: [
              {
                shardId,
                state: 'ready' as const,
                guilds: 12,
                gatewayLatencyMs: shardId === 0 ? 41 : null,
                applicationId: '1',
                sessionStartedAtMs: shardId === 0 ? 61_000 : null,
                identifies: 1,
                resumes: 0,
                lastCloseCode: null,
              },
            ],
          })),
        },
      },
      3_661_000,
    );
    assert.deepEqual(table.split('\n'), [
      'manager 1.2.3, pid 7, http://127.0.0.1:9470/metrics',
      '',
      'shard  pid  state      guilds  latency  session  memory   up',
      '─────  ───  ─────────  ──────  ───────  ───────  ───────  ─────────',
      '0      100  ready      12      41 ms    1 h      100 MiB  1 h 1 min',
      '1      -    no answer  -       -        -        -        -',
      '2      102  ready      12      -        -        100 MiB  1 h 1 min',
    ]);
  });

  test('without a manager, or without a command, it says so', async () => {
    const env = { PATH: process.env['PATH'], ADMIN_SOCKET: '/tmp/shoal-test-nobody.sock' };
    const alone = await runToEnd('admin', ['status'], env);
    assert.equal(alone.code, 69);
    assert.match(
      alone.stderr,
      /^admin: no manager answers on ADMIN_SOCKET \/tmp\/shoal-test-nobody\.sock: .*is it running\?\n$/,
    );
    const idle = await runToEnd('admin', [], env);
    assert.deepEqual([idle.code, idle.stderr], [64, 'admin: usage: npm run admin -- status [--json]\n']);
  });
});
