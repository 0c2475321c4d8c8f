import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { ShardingManager } from 'discord.js';
import { ClusterMetrics } from '../../src/cluster/cluster-metrics.ts';
import { ShardProcess } from '../../src/cluster/shard-process.ts';
import { recordingLog } from '../helpers/recording-log.ts';

test('shards of another release have no metrics, and disturb neither those of the rest nor the manager when they end', async (t) => {
  const { log, lines } = recordingLog();
  const sharding = new ShardingManager(path.join(import.meta.dirname, 'other-release.ts'), {
    respawn: false,
    totalShards: 2,
  });
  const answers = { 'cluster-status': noCluster, 'cluster-health': noCluster };
  const metrics = new ClusterMetrics(log);
  const shards: ShardProcess[] = [];
  t.after(() => Promise.all(shards.map((shard) => shard.stop())));
  for (const id of [0, 1]) {
    const options = { sharding, shardIds: [id], standby: false, muted: false, log, answers } as const;
    const shard = await ShardProcess.start({ ...options, onChange: () => {} });
    shards.push(shard);
    metrics.watch(String(id), shard, () => true);
  }
  const own = /^shoal_heap_limit_bytes/m;
  const alive = await metrics.text();
  assert.match(alive, own);
  assert.doesNotMatch(alive, /shoal_test/);
  for (const shard of shards) await shard.stop();
  assert.match(await metrics.text(), own);
  assert.deepEqual(
    lines().filter(({ level }) => level === 'error'),
    [],
  );
});

function noCluster(): Promise<never> {
  return Promise.reject(new Error('no cluster here'));
}
