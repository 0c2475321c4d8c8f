import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { statusText } from '../../src/admin/status.ts';
import type { AdminStatus } from '../../src/ipc/messages.ts';
import { runToEnd } from '../helpers/processes.ts';

describe('the admin command line', () => {
  const shard = {
    shardId: 0,
    state: 'ready',
    pid: 100,
    standbyPid: null,
    loopP99Ms: 3,
    rssBytes: 100 * 2 ** 20,
    restarts: 2,
    nextStartAtMs: null,
    lastExit: {
      atMs: 3_600_000,
      pid: 99,
      code: null,
      signal: 'SIGKILL',
      reason: 'ended with SIGKILL',
      lines: ['{"msg":"the last one"}'],
      servedMs: 5,
    },
  } as const;
  const status: AdminStatus = {
    manager: { pid: 7, version: '1.2.3', metricsUrl: 'http://127.0.0.1:9470/metrics' },
    cluster: {
      shardCount: 2,
      missing: [1],
      processes: [
        {
          pid: 100,
          version: '1.2.3',
          startedAtMs: 1_000,
          rssBytes: 1,
          interactions: 5,
          shards: [
            {
              shardId: 0,
              state: 'ready',
              guilds: 12,
              gatewayLatencyMs: 41,
              applicationId: '1',
              sessionStartedAtMs: 61_000,
              identifies: 1,
              resumes: 0,
              lastCloseCode: null,
              obstacle: null,
            },
          ],
        },
      ],
    },
    shards: [
      shard,
      { ...shard, shardId: 1, state: 'crash loop', pid: null, rssBytes: null, loopP99Ms: null, restarts: 8 },
    ],
    reshard: { shardCount: 4, ready: 3 },
  };

  test('status is a table with a row a shard, and says what needs somebody', () => {
    assert.deepEqual(statusText(status, 3_661_000, false).split('\n'), [
      'manager 1.2.3, pid 7, http://127.0.0.1:9470/metrics, 2 of 2 shards',
      'resharding: 3 of 4 new shards are ready',
      '',
      'shard  pid  state       guilds  latency  memory   loop p99  session  up         restarts  last exit',
      '─────  ───  ──────────  ──────  ───────  ───────  ────────  ───────  ─────────  ────────  ──────────────────────',
      '0      100  ready       12      41 ms    100 MiB  3 ms      1 h      1 h 1 min  2         SIGKILL, 1 min 1 s ago',
      '1      -    crash loop  -       -        -        -         -        -          8         SIGKILL, 1 min 1 s ago',
      '',
      'shard 1: crash loop; it ended too often; `npm run admin -- restart 1` starts it again',
      '  last exit: ended with SIGKILL',
      '  | {"msg":"the last one"}',
    ]);
  });

  test('colour repeats on a terminal what the words say', () => {
    const plain = statusText(status, 3_661_000, false);
    const coloured = statusText(status, 3_661_000, true);
    assert.ok(coloured.includes('\u001b[31m1      -    crash loop'));
    assert.equal(stripVTControlCharacters(coloured), plain);
  });

  test('without a manager, or without a command, it says so', async () => {
    const env = { PATH: process.env['PATH'], ADMIN_SOCKET: '/tmp/shoal-test-nobody.sock' };
    const alone = await runToEnd('admin', ['status'], env);
    assert.equal(alone.code, 69);
    assert.match(
      alone.stderr,
      /^admin: no manager answers on ADMIN_SOCKET \/tmp\/shoal-test-nobody\.sock: .*is it running\?\n$/,
    );
  });

  test('a manager that ends in the middle of its answer is not a success, and is said in a line', async () => {
    const socketPath = `/tmp/shoal-test-${process.pid}.sock`;
    const manager = createServer((asked, response) => {
      response.write(
        asked.url === '/restart' ? '{"shardId":0,"others":[],"step":"serving"}\n' : '{"manager":',
        () => response.destroy(),
      );
    });
    manager.listen(socketPath);
    await once(manager, 'listening');
    try {
      for (const argv of [['restart'], ['status'], ['drain', '0']]) {
        const ended = await runToEnd('admin', argv, { PATH: process.env['PATH'], ADMIN_SOCKET: socketPath });
        assert.match(ended.stderr, /^admin: the manager ended in the middle of its answer: \w+\n$/);
        assert.equal(ended.code, 69, argv.join(' '));
      }
    } finally {
      manager.close();
    }
  });

  test('a wrong command line is 64 and says what there is; --help is not', async () => {
    const wrong: readonly (readonly [string[], RegExp])[] = [
      [[], /^admin: no command is given; there are status, restart, drain, /],
      [['reboot'], /^admin: there is no command "reboot"; there are status, /],
      [['restart', 'one'], /^admin: restart takes a shard's id, a whole number; not "one"$/m],
      [['restart', 'all', '1'], /^admin: restart: give all, or ids$/m],
      [['drain'], /^admin: drain takes a shard's id, a whole number; none is given$/m],
      [['reshard'], /^admin: reshard takes the new number of shards, from 1, or abort$/m],
      [['reshard', '0'], /^admin: reshard takes the new number/],
      [['cache', 'empty'], /^admin: cache takes stats, or purge and a namespace$/m],
      [['status', '--colour'], /^admin: Unknown option '--colour'/],
    ];
    for (const [argv, line] of wrong) {
      const ended = await runToEnd('admin', argv, { PATH: process.env['PATH'] });
      assert.equal(ended.code, 64, argv.join(' '));
      assert.match(ended.stderr, line);
    }
    const help = await runToEnd('admin', ['restart', '--help'], { PATH: process.env['PATH'] });
    assert.equal(help.code, 0);
    assert.match(help.stdout, /^usage: npm run admin -- restart \[all \| ID …\]\n\nMoves shards /);
  });
});
