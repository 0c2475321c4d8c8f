import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { adminApp } from '../../src/cluster/admin-app.ts';
import { refuseSecondManager, serveAdmin } from '../../src/cluster/admin-socket.ts';
import { ClusterMetrics } from '../../src/cluster/cluster-metrics.ts';
import { Fleet } from '../../src/cluster/fleet.ts';
import { Resharding } from '../../src/cluster/resharding.ts';
import { Shards } from '../../src/cluster/shards.ts';
import type { HttpServer } from '../../src/http/http.ts';
import { askManager } from '../../src/ipc/admin-client.ts';
import { silentLog as log } from '../helpers/silent-log.ts';

const isRoot = process.geteuid?.() === 0;

describe('the admin socket', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'shoal-test-'));
  const socket = path.join(folder, 'admin.sock');
  let server: HttpServer;
  let modeAtFirst: number;

  before(async () => {
    // Other users may enter the folder, and files are everybody's by default.
    chmodSync(folder, 0o755);
    const one = { token: 'fake', shardIds: [0], shardCount: 1, perProcess: 1, muted: false };
    const fleet = new Fleet(
      new Shards({ ...one, dailyIdentifies: 1_000, metrics: new ClusterMetrics(log), log }),
    );
    const manager = { pid: process.pid, version: '0.0.0', metricsUrl: '' };
    const umask = process.umask(0);
    const resharding = new Resharding({
      fleet,
      objection: async () => 'not here',
      makeShards: () => fleet.current,
      keep: async () => {},
      log,
      stop: new AbortController().signal,
    });
    const opening = serveAdmin(socket, adminApp({ manager, fleet, resharding, log }));
    modeAtFirst = statSync(socket).mode & 0o777;
    assert.equal(process.umask(umask), 0);
    server = await opening;
  });
  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  test('is for its owner only from the moment in which it exists', () => {
    assert.equal(modeAtFirst, 0o600);
  });

  test('a body of any length is not read', async () => {
    const asked = { method: 'POST', path: '/log-level', body: { level: 'x'.repeat(70_000) } } as const;
    await assert.rejects(askManager(socket, asked), { message: 'the body is longer than 65536 bytes' });
  });

  const skip = isRoot ? false : 'needs root, to be another user for a moment';
  test('one of another user is refused in words, and left where it is', { skip }, async () => {
    process.seteuid?.(65_534);
    try {
      await assert.rejects(refuseSecondManager(socket), {
        message: `ADMIN_SOCKET ${socket} cannot be used (EACCES); set it to a path of your own`,
        exitCode: 78,
      });
    } finally {
      process.seteuid?.(0);
    }
    assert.ok(existsSync(socket));
  });
});
