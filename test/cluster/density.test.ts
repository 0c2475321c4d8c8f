import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Child } from '../../src/demo/child.ts';
import { fetchAdminStatus } from '../../src/ipc/admin-client.ts';
import type { AdminStatus } from '../../src/ipc/messages.ts';
import { hashToken } from '../../src/redis/identify-slots.ts';
import { keys } from '../../src/redis/keys.ts';
import { closeRedis, connectRedis } from '../../src/redis/redis.ts';
import type { GuildSight } from '../../src/sandbox/client.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { startManager, type ManagerProcess } from '../helpers/manager.ts';
import { runToEnd, type Ended } from '../helpers/processes.ts';
import { openLoop } from './open-loop.ts';

describe('four shards in two processes', () => {
  let world: Surroundings;
  let manager: ManagerProcess;
  let guilds: readonly GuildSight[];
  let env: Surroundings['env'];

  before(async () => {
    world = await surroundings({ shards: 4 });
    env = { ...world.env, SHARDS_PER_PROCESS: '2' };
    await new Child('deploy-commands', [], env).done();
    guilds = await world.sandbox.guilds();
    manager = startManager(env);
    await manager.ready;
  });

  after(async () => {
    await manager[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  function guildsOf(...shardIds: number[]): string[] {
    return guilds.filter(({ shardId }) => shardIds.includes(shardId)).map(({ id }) => id);
  }

  function status(): Promise<AdminStatus> {
    return fetchAdminStatus(env.ADMIN_SOCKET);
  }

  async function stateOf(shardId: number): Promise<string | undefined> {
    return (await status()).shards.find((shard) => shard.shardId === shardId)?.state;
  }

  function admin(...argv: string[]): Promise<Ended> {
    return runToEnd('admin', argv, env);
  }

  async function answers(shardId: number): Promise<boolean> {
    const [guildId = ''] = guildsOf(shardId);
    return (await world.sandbox.runCommand({ guildId, command: 'ping' })).state === 'answered';
  }

  test('two processes serve them all, and are told apart in status and metrics', async () => {
    const { shards, manager: about } = await status();
    assert.deepEqual(
      shards.map(({ shardId, state }) => [shardId, state]),
      [0, 1, 2, 3].map((id) => [id, 'ready']),
    );
    const pids = shards.map(({ pid }) => pid);
    assert.deepEqual([pids[0], pids[2]], [pids[1], pids[3]]);
    assert.notEqual(pids[0], pids[2]);
    for (const id of [0, 1, 2, 3]) assert.ok(await answers(id));
    const text = await (await fetch(about.metricsUrl)).text();
    assert.match(text, /^shoal_shard_ready\{shard="3",process="manager"\} 1$/m);
    assert.match(text, /^process_start_time_seconds\{shard="2,3"\} \d/m);
    assert.match(text, /^shoal_process_shards\{shard="2,3"\} 2$/m);
    assert.match(text, /^shoal_gateway_latency_seconds\{shard="3"\} [\d.]+$/m);
  });

  test('a RESUME that is not answered blocks its own shard alone', async () => {
    await world.sandbox.switchOn({ kind: 'no-resume', shard_ids: [1] });
    try {
      await world.sandbox.switchOn({ kind: 'drop-connections', shard_ids: [1] });
      await eventually('shard 1 is away', async () => (await stateOf(1)) === 'disconnected');
      await using members = openLoop(world.sandbox, guildsOf(0), 25);
      const sinceMs = performance.now();
      await eventually('shard 0 was asked a while', () => performance.now() - sinceMs > 2_000);
      assert.ok(await answers(2));
      assert.deepEqual([await stateOf(0), await stateOf(1)], ['ready', 'disconnected']);
      const sent = await members.end();
      assert.deepEqual(
        sent.filter(({ state }) => state !== 'answered'),
        [],
      );
      assert.ok(sent.length > 30, `${sent.length} sent`);
    } finally {
      await world.sandbox.clearFaults();
    }
    await eventually('shard 1 is back', async () => (await stateOf(1)) === 'ready', 30_000);
  });

  test('a deaf connection is left for a new one, and its process stays', async () => {
    const before = (await status()).shards.map(({ pid }) => pid);
    await world.sandbox.switchOn({ kind: 'freeze', shard_ids: [3] });
    try {
      await eventually('shard 3 is left', async () => (await stateOf(3)) === 'disconnected', 20_000);
      assert.ok(await answers(2));
    } finally {
      await world.sandbox.clearFaults();
    }
    await eventually('shard 3 is back', async () => (await stateOf(3)) === 'ready', 20_000);
    assert.ok(await answers(3));
    assert.deepEqual(
      (await status()).shards.map(({ pid }) => pid),
      before,
    );
  });

  test('a process in which one shard has another owner serves the others, and says who that is', async () => {
    const other = {
      ...env,
      SHARDS_PER_PROCESS: '1',
      DISCORD_SHARDS: '5',
      SHARD_IDS: '1',
      ADMIN_SOCKET: `${env.ADMIN_SOCKET}.other`,
    };
    await using owner = startManager(other);
    await owner.ready;
    const shared = {
      ...other,
      SHARDS_PER_PROCESS: '3',
      SHARD_IDS: '0-2',
      ADMIN_SOCKET: `${env.ADMIN_SOCKET}.shared`,
    };
    await using sharing = startManager(shared);
    const seen = await eventually(
      '0 and 2 serve',
      async () => {
        const { shards } = await fetchAdminStatus(shared.ADMIN_SOCKET);
        return shards.filter(({ state }) => state === 'ready').length === 2 && shards;
      },
      30_000,
    );
    assert.deepEqual(
      seen.map(({ state }) => state),
      ['ready', 'starting', 'ready'],
    );
    const text = (await runToEnd('admin', ['status'], shared)).stdout;
    assert.match(
      text,
      /^shard 1: waiting: shard 1 of 5 is served by process \d+ on host \S+; stop that one, or give/m,
    );
    assert.equal(sharing.logged().filter(({ msg }) => msg === 'waiting to serve this shard').length, 1);
    await owner[Symbol.asyncDispose]();
    await eventually('1 serves too', async () => {
      const { shards } = await fetchAdminStatus(shared.ADMIN_SOCKET);
      return shards.every(({ state }) => state === 'ready');
    });
  });

  test('a restart of one shard moves its process, says so, and loses nothing', async () => {
    const counted = await world.sandbox.sessions();
    const before = (await status()).shards.map(({ pid }) => pid);
    await world.sandbox.resetReport();
    await using members = openLoop(world.sandbox, guildsOf(0, 1, 2, 3), 25);
    const ended = await admin('restart', '3');
    const sent = await members.end();
    assert.deepEqual(
      [ended.code, ended.stdout.trimEnd().split('\n')],
      [0, ['warm', 'handed over', 'serving'].map((step) => `shards 2, 3 (one process): ${step}`)],
    );
    assert.deepEqual(
      sent.filter(({ state }) => state !== 'answered'),
      [],
    );
    const { lost, doubleAnswers } = await world.sandbox.report();
    const now = await world.sandbox.sessions();
    assert.deepEqual(
      [lost, doubleAnswers, now.identifies - counted.identifies, now.resumes - counted.resumes],
      [[], [], 0, 2],
    );
    const pids = (await status()).shards.map(({ pid }) => pid);
    assert.deepEqual([pids[0], pids[1], pids[2]], [before[0], before[1], pids[3]]);
    assert.notEqual(pids[2], before[2]);
  });

  test('a drain takes the whole process; it is back though one of its shards must wait, and a killed one resumes both', async () => {
    const drained = await admin('drain', '0');
    assert.match(drained.stdout, /^shards 0, 1, one process, are drained; /);
    assert.deepEqual([await stateOf(0), await stateOf(1), await stateOf(2)], ['drained', 'drained', 'ready']);
    const redis = await connectRedis({ url: world.servers.redisStateUrl, role: 'state', log: silentLog });
    const place = { tokenHash: hashToken(env.DISCORD_TOKEN), shardCount: 4, shardId: 1 };
    assert.equal(await redis.del(keys.shardSession(place)), 1);
    await closeRedis(redis);
    await world.sandbox.switchOn({ kind: 'rest-reset', route: '/gateway/bot' });
    const restarted = admin('restart', '1');
    await eventually('shard 0 resumes', async () => (await stateOf(0)) === 'ready', 30_000);
    assert.ok(await answers(0));
    await eventually(
      'shard 1 says what it waits for',
      async () => /^shard 1: waiting: the gateway cannot be reached: /m.test((await admin('status')).stdout),
      30_000,
    );
    assert.deepEqual([await stateOf(0), await stateOf(1)], ['ready', 'starting']);
    await world.sandbox.clearFaults();
    assert.equal((await restarted).code, 0);
    const counted = await world.sandbox.sessions();
    const victim = (await status()).shards[0]?.pid;
    process.kill(victim ?? 0, 'SIGKILL');
    await eventually(
      'both are back',
      async () => {
        const { shards } = await status();
        return shards[0]?.pid !== victim && shards.every(({ state }) => state === 'ready');
      },
      20_000,
    );
    assert.equal((await world.sandbox.sessions()).identifies, counted.identifies);
  });
});
