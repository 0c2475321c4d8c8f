import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { freeze, postgresPids } from '../helpers/freeze.ts';
import { killForRespawn } from '../helpers/respawn.ts';
import { KilledWriters } from '../queue/killed-writers.ts';
import { queueStage, type QueueStage } from '../queue/stage.ts';

const kills = 50;
let stage: QueueStage;
before(async () => {
  stage = await queueStage();
});
after(() => stage?.close());

test(`the processes are killed ${kills} times, and PgBouncer and PostgreSQL killed and paused, all under load`, async () => {
  const root = await stage.folder();
  await using writers = new KilledWriters(stage, root);
  await using servers = new AsyncDisposableStack();
  const paused = async (pids: readonly number[]) => {
    const frozen = freeze(pids);
    await writers.promised(500);
    frozen.thaw();
  };
  let pooler = stage.servers.pid('pgbouncer');
  const disturbances: readonly (() => Promise<void>)[] = [
    () => paused([pooler]),
    async () => paused(await postgresPids(stage.servers.directUrl)),
    // The postmaster ends all others and recovers from its log.
    async () => void process.kill((await postgresPids(stage.servers.directUrl))[1] ?? 0, 'SIGKILL'),
    async () => {
      const again = killForRespawn(pooler);
      await writers.promised(500);
      pooler = servers.use(await again()).pid;
    },
  ];
  // Two at a time, so that a survivor takes over what the other left while its own load goes on.
  let older = writers.start();
  for (let kill = 1; kill < kills; kill++) {
    const younger = writers.start();
    await younger.up;
    if (kill % 5 === 0) await disturbances[(kill / 5) % disturbances.length]?.();
    await writers.promised(1 + Math.floor(Math.random() * 1_000));
    older.child.kill('SIGKILL');
    await older.ended;
    older = younger;
  }
  // Each looks for what others left when it starts; the last one finds all.
  older.child.kill('SIGKILL');
  await older.ended;
  const last = writers.start();
  await last.up;
  last.child.kill('SIGTERM');
  assert.equal(await last.ended, 0);

  const { lost, doubled, written } = await writers.figures();
  const { acknowledged } = writers;
  const figures = { writes_lost: lost, writes_doubled: doubled, kills, acknowledged, written };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  assert.deepEqual([lost, doubled], [0, 0]);
  assert.deepEqual(await readdir(root), []);
});
