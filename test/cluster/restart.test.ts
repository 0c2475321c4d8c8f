import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import postgres from 'postgres';
import { Child } from '../../src/demo/child.ts';
import { askManager, fetchAdminStatus, restartSteps } from '../../src/ipc/admin-client.ts';
import type { ShardSupervision } from '../../src/ipc/supervision.ts';
import type { SessionsSight } from '../../src/sandbox/client.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze } from '../helpers/freeze.ts';
import { leaksIn } from '../helpers/leaks.ts';
import { startManager, type ManagerProcess } from '../helpers/manager.ts';
import { processesWith, runToEnd, type Ended } from '../helpers/processes.ts';
import { samplesOf } from '../helpers/samples.ts';
import { watchCounters } from './counter-watch.ts';
import { openLoop } from './open-loop.ts';

const shardCount = 4;

describe('shards move between processes', () => {
  let world: Surroundings;
  let manager: ManagerProcess;
  let guilds: readonly string[];

  before(async () => {
    world = await surroundings({ shards: shardCount });
    await new Child('deploy-commands', [], world.env).done();
    guilds = (await world.sandbox.guilds()).map(({ id }) => id);
    manager = startManager(world.env);
    await manager.ready;
  });

  after(async () => {
    await manager[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  async function shards(): Promise<readonly ShardSupervision[]> {
    return (await fetchAdminStatus(world.env.ADMIN_SOCKET)).shards;
  }

  async function pids(): Promise<(number | null)[]> {
    return (await shards()).map(({ pid }) => pid);
  }

  let adminPrinted = '';
  async function admin(...argv: string[]): Promise<Ended> {
    const ended = await runToEnd('admin', argv, world.env);
    adminPrinted += ended.stdout + ended.stderr;
    return ended;
  }

  async function metrics(): Promise<string> {
    const { metricsUrl } = (await fetchAdminStatus(world.env.ADMIN_SOCKET)).manager;
    // A connection that is kept may be closed just then.
    return (await fetch(metricsUrl, { headers: { connection: 'close' } })).text();
  }

  /** Identifies and resumes since then, and shards that two connections served at once. */
  async function since(counted: SessionsSight): Promise<readonly unknown[]> {
    const now = await world.sandbox.sessions();
    return [now.identifies - counted.identifies, now.resumes - counted.resumes, now.doubleOwners];
  }

  test('a rolling restart under load: nothing is lost, doubled or identified, and a second one is refused', async () => {
    const [before, counted] = [await pids(), await world.sandbox.sessions()];
    await world.sandbox.resetReport();
    await using counters = watchCounters(metrics);
    await using members = openLoop(world.sandbox, guilds, 25);
    const steps: string[] = [];
    for await (const { shardId, step } of restartSteps(world.env.ADMIN_SOCKET, 'all')) {
      steps.push(`${shardId} ${step}`);
      if (steps.length > 1) continue;
      const second = await admin('restart', '1');
      assert.deepEqual(
        [second.code, second.stderr],
        [69, 'admin: a restart is under way; try again when it has ended\n'],
      );
    }
    const sent = await members.end();
    assert.ok(counters.scrapes > 3, `${counters.scrapes} scrapes`);
    assert.deepEqual(
      sent.filter(({ state }) => state !== 'answered'),
      [],
    );
    assert.ok(sent.length > 50, `${sent.length} sent`);
    assert.deepEqual(
      steps,
      [0, 1, 2, 3].flatMap((id) => [`${id} warm`, `${id} handed over`, `${id} serving`]),
    );
    assert.deepEqual(await since(counted), [0, shardCount, []]);
    const { lost, doubleAnswers } = await world.sandbox.report();
    assert.deepEqual([lost, doubleAnswers], [[], []]);
    const kept = (await pids()).filter((pid) => pid === null || before.includes(pid));
    assert.deepEqual(kept, []);
    const restarts = (await metrics()).match(
      /^shoal_shard_restarts_total\{reason="operator",shard="[0-3]",process="manager"\} 1$/gm,
    );
    assert.equal(restarts?.length, 4);
    await eventually('all is counted, also what the old processes finished', async () => {
      const counts = [...samplesOf(await metrics(), ['counter'])];
      const handled = counts.filter(([series]) => series.startsWith('shoal_interactions_total{'));
      return handled.reduce((sum, [, value]) => sum + value, 0) === sent.length;
    });
  });

  test('a release that is not ready stops the restart, and the old processes serve on', async () => {
    const [before, counted] = [await pids(), await world.sandbox.sessions()];
    const owner = postgres(world.servers.directUrl, { max: 1 });
    const [{ checksum } = {}] = await owner`select checksum from shoal_migrations where number = 1`;
    await owner`update shoal_migrations set checksum = 'of another release' where number = 1`;
    const ended = await admin('restart', '1', '2', '3');
    await owner`update shoal_migrations set checksum = ${String(checksum)} where number = 1`;
    await owner.end();
    assert.equal(ended.code, 1);
    assert.match(
      ended.stdout,
      /^shard 1: failed: the new process ended: .*0001_guild_settings\.sql.*; it is ready now; not restarted: 2, 3\n$/,
    );
    assert.deepEqual([await pids(), await since(counted)], [before, [0, 0, []]]);
    const fine = await admin('restart', '1');
    assert.deepEqual([fine.code, (await since(counted))[0]], [0, 0]);
  });

  test('without the state Redis nothing is handed over: the restart stops, and the shards serve on', async () => {
    const before = await pids();
    const frozen = freeze([world.servers.pid('redis-state')]);
    try {
      const ended = await admin('restart');
      assert.equal(ended.code, 1);
      assert.match(
        ended.stdout,
        /^shard 0: failed: .*REDIS_STATE_URL.*; it is ready now; not restarted: 1, 2, 3$/m,
      );
      const seen = await world.sandbox.runCommand({ guildId: guilds[0] ?? '', command: 'ping' });
      assert.equal(seen.state, 'answered');
    } finally {
      frozen.thaw();
    }
    assert.deepEqual(await pids(), before);
  });

  test('a drained shard stays down until it is restarted, and resumes then', async () => {
    const counted = await world.sandbox.sessions();
    assert.equal((await admin('drain', '2')).code, 0);
    const status = await admin('status');
    assert.equal(status.code, 1);
    assert.match(status.stdout, /^2 +- +drained .*$/m);
    assert.match(status.stdout, /^shard 2: drained; `npm run admin -- restart 2` brings it back$/m);
    const drained = await metrics();
    assert.match(drained, /^shoal_shard_drained\{shard="2",process="manager"\} 1$/m);
    assert.match(drained, /^shoal_shard_served\{shard="2",process="manager"\} 1$/m);
    const back = await admin('restart', '2');
    assert.deepEqual([back.code, back.stdout], [0, 'shard 2: serving\n']);
    assert.match(await metrics(), /^shoal_shard_drained\{shard="2",process="manager"\} 0$/m);
    assert.deepEqual(await since(counted), [0, 1, []]);
  });

  test('a shard that this manager does not have is refused', async () => {
    const ended = await admin('restart', '9');
    assert.deepEqual(
      [ended.code, ended.stderr],
      [69, 'admin: this manager has no shard 9; it has 0, 1, 2, 3\n'],
    );
  });

  test('a stopped process, and one whose gateway is deaf, are seen, killed and replaced; their sessions go on', async () => {
    const counted = await world.sandbox.sessions();
    const before = await pids();
    // Of one that hangs the last answer stands.
    assert.match(await metrics(), /^shoal_heap_limit_bytes\{shard="1"\} \d+$/m);
    await using counters = watchCounters(metrics);
    const frozen = freeze([before[1] ?? 0]);
    await world.sandbox.switchOn({ kind: 'freeze', shard_ids: [3] });
    const brokenMs = performance.now();
    try {
      await eventually('1 is shown as hung', async () => (await shards())[1]?.state === 'hung', 10_000);
      assert.match(await metrics(), /^shoal_shard_hung\{shard="1",process="manager"\} 1$/m);
      assert.match(await metrics(), /^shoal_heap_limit_bytes\{shard="1"\} \d+$/m);
      for (const id of [1, 3]) {
        await eventually(`${id} is gone`, async () => (await pids())[id] !== before[id], 25_000);
      }
      assert.ok(performance.now() - brokenMs < 20_000, 'found within 15 s, and looked at a pause later');
    } finally {
      frozen.thaw();
      await world.sandbox.clearFaults();
    }
    await eventually(
      'all serve',
      async () => (await shards()).every(({ state }) => state === 'ready'),
      30_000,
    );
    assert.ok(counters.scrapes > 3, `${counters.scrapes} scrapes`);
    const [, hung, , deaf] = await shards();
    assert.equal(hung?.lastExit?.reason, 'hung: its event loop gave no sign of life');
    assert.match(hung.lastExit.lines.join('\n'), /"msg":/);
    assert.equal(deaf?.lastExit?.reason, 'deaf: its gateway connection brought nothing');
    assert.deepEqual([(await pids())[0], (await pids())[2]], [before[0], before[2]]);
    assert.equal((await since(counted))[0], 0);
    const text = await metrics();
    assert.match(text, /^shoal_shard_restarts_total\{reason="hung",shard="1",process="manager"\} 1$/m);
    assert.match(text, /^shoal_shard_restarts_total\{reason="deaf",shard="3",process="manager"\} 1$/m);
  });

  test('a manager that was paused takes nobody for dead', async () => {
    const before = await pids();
    const startedMs = performance.now();
    const frozen = freeze([manager.pid]);
    // Longer than the silence after which a shard would be killed.
    await eventually('12 s have passed', () => performance.now() - startedMs > 12_000, 20_000);
    frozen.thaw();
    await eventually('it answers', async () => (await pids()).length === shardCount);
    await eventually('it has looked a few times', () => performance.now() - startedMs > 13_500, 20_000);
    assert.deepEqual(await pids(), before);
  });

  test('settings, caches and the log level are reached through the shards', async () => {
    const settings = await admin('settings', guilds[0] ?? '');
    assert.match(settings.stdout, /^timeZone +UTC$/m);
    assert.match((await admin('settings', 'Narnia')).stderr, /^admin: "Narnia" is not a guild's id$/m);
    assert.match(
      (await admin('cache', 'stats')).stdout,
      /^0 +settings +[1-9]\d* of 2000 +[1-9]\d* of 32768 KiB$/m,
    );
    const purged = await admin('cache', 'purge', 'settings');
    assert.equal(purged.code, 0);
    assert.match(purged.stdout, /^[1-9]\d* entries of settings removed\n$/);
    assert.match((await admin('cache', 'stats')).stdout, /^0 +settings +0 of 2000 +0 of 32768 KiB$/m);
    assert.match(
      (await admin('cache', 'purge', 'fish')).stderr,
      /there is no cache namespace fish; there is .*, settings/,
    );
    assert.match((await admin('sessions')).stdout, /^3 +ready +\d.* +0 +\d+ +-$/m);
    assert.match((await admin('log-level', 'loud')).stderr, /^admin: .*Invalid option/m);
    assert.equal((await admin('log-level', 'error')).stdout, 'every process logs at error now\n');
    const logged = manager.logged().length;
    await world.sandbox.runCommand({ guildId: guilds[0] ?? '', command: 'ping' });
    assert.equal((await admin('restart', '0')).code, 0);
    assert.deepEqual(manager.logged().slice(logged), []);
    assert.equal((await admin('log-level', 'info')).code, 0);
  });

  test('no secret was printed by the manager, its shards or admin', () => {
    const printed = JSON.stringify(manager.logged());
    assert.match(printed, /"process":"manager".*"process":"shard 3"/);
    assert.ok(adminPrinted.length > 50, adminPrinted);
    assert.deepEqual(leaksIn(printed + adminPrinted, world.env), []);
  });

  test('breakers shows what is not called for now, and why; a frozen cache only costs time', async () => {
    const guild = guilds[0] ?? '';
    const closed = await admin('breakers');
    assert.equal(closed.code, 0, closed.stdout);
    assert.match(closed.stdout, /^0 +redis-cache +closed +\d.* 0 +0 +/m);
    assert.match(closed.stdout, /^3 +redis-state +closed +\d.* 0 +0 +/m);
    const frozen = freeze([world.servers.pid('redis-cache')]);
    try {
      const open = await eventually(
        'the breaker of the shard that is asked opens',
        async () => {
          const settings = { method: 'GET', path: `/settings/${guild}` } as const;
          await Promise.all(Array.from({ length: 5 }, () => askManager(world.env.ADMIN_SOCKET, settings)));
          const shown = await admin('breakers');
          return /^\d +redis-cache +(open|half-open)/m.test(shown.stdout) && shown;
        },
        20_000,
      );
      assert.equal(open.code, 1);
      assert.match((await admin('settings', guild)).stdout, /^timeZone +UTC$/m);
    } finally {
      frozen.thaw();
    }
    await eventually(
      'it is closed again',
      async () => {
        await admin('settings', guild);
        return (await admin('breakers')).code === 0;
      },
      20_000,
    );
  });

  test('SIGKILL of the manager under load: the shards hand over, and a new manager resumes them', async () => {
    const counted = await world.sandbox.sessions();
    await world.sandbox.resetReport();
    await using members = openLoop(world.sandbox, guilds, 20);
    process.kill(manager.pid, 'SIGKILL');
    await manager.ended;
    manager = startManager(world.env);
    await manager.ready;
    const sent = await members.end();
    assert.ok(sent.length > 20, `${sent.length} sent`);
    assert.deepEqual((await world.sandbox.report()).doubleAnswers, []);
    assert.deepEqual(await since(counted), [0, shardCount, []]);
    assert.equal(processesWith('ADMIN_SOCKET', world.env.ADMIN_SOCKET).length, shardCount + 1);
    const [last] = guilds;
    assert.equal(
      (await world.sandbox.runCommand({ guildId: last ?? '', command: 'ping' })).state,
      'answered',
    );
  });

  test('a crash loop is ended before it eats the identifies; a restart by hand starts the shard again', async () => {
    await manager[Symbol.asyncDispose]();
    // The identifies of a day allow a bot of this size three crashes of each shard.
    manager = startManager({ ...world.env, DISCORD_SHARDS: '160', SHARD_IDS: '0,1' });
    await manager.ready;
    const killed: number[] = [];
    await eventually(
      'the shard stays down',
      async () => {
        const shard = (await shards())[0];
        if (shard?.state === 'ready' && shard.pid !== null && !killed.includes(shard.pid)) {
          killed.push(shard.pid);
          process.kill(shard.pid, 'SIGKILL');
        }
        return shard?.state === 'crash loop';
      },
      60_000,
    );
    assert.equal(killed.length, 3);
    const status = await admin('status');
    assert.match(
      status.stdout,
      /^shard 0: crash loop; .*`npm run admin -- restart 0`.*\n {2}last exit: ended with SIGKILL/m,
    );
    assert.match(status.stdout, /^1 +\d+ +ready /m);
    assert.match(await metrics(), /^shoal_shard_crash_loop\{shard="0",process="manager"\} 1$/m);
    assert.deepEqual((await admin('restart', '0')).code, 0);
    assert.equal((await shards())[0]?.state, 'ready');
  });
});
