import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Child } from '../../src/demo/child.ts';
import { fetchAdminStatus } from '../../src/ipc/admin-client.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { startManager, type ManagerProcess } from '../helpers/manager.ts';
import { runToEnd } from '../helpers/processes.ts';
import { openLoop } from './open-loop.ts';

describe('a bot on two hosts', () => {
  let world: Surroundings;
  let managers: readonly ManagerProcess[];
  let environments: readonly Surroundings['env'][];

  before(async () => {
    world = await surroundings({ shards: 4 });
    environments = [0, 1].map((ordinal) => ({
      ...world.env,
      HOST_ORDINAL: String(ordinal),
      HOST_COUNT: '2',
      ADMIN_SOCKET: `${world.env.ADMIN_SOCKET}.${ordinal}`,
    }));
    await new Child('deploy-commands', [], world.env).done();
    managers = environments.map((env) => startManager(env));
    await Promise.all(managers.map(({ ready }) => ready));
  });

  after(async () => {
    for (const manager of managers) await manager[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  test('each runs its half, and all guilds are served once', async () => {
    for (const [ordinal, env] of environments.entries()) {
      const { cluster, shards } = await fetchAdminStatus(env.ADMIN_SOCKET);
      assert.deepEqual(
        [cluster.shardCount, shards.map(({ shardId }) => shardId)],
        [4, [2 * ordinal, 2 * ordinal + 1]],
      );
    }
    for (const { id } of await world.sandbox.guilds())
      assert.equal((await world.sandbox.runCommand({ guildId: id, command: 'ping' })).state, 'answered');
    const { doubleAnswers } = await world.sandbox.report();
    assert.deepEqual([doubleAnswers, (await world.sandbox.sessions()).doubleOwners], [[], []]);
  });

  test('a third one that overlaps gets no shard of theirs, and says who has it', async () => {
    const env = { ...world.env, SHARD_IDS: '1', ADMIN_SOCKET: `${world.env.ADMIN_SOCKET}.third` };
    await using third = startManager(env);
    const status = await eventually(
      'it says so',
      async () => {
        const { stdout } = await runToEnd('admin', ['status'], env);
        return stdout.includes('waiting') && stdout;
      },
      20_000,
    );
    const { shards } = await fetchAdminStatus(environments[0]?.ADMIN_SOCKET ?? '');
    const owner = shards.find(({ shardId }) => shardId === 1)?.pid;
    assert.match(status, /1 of 4 shards$/m);
    assert.ok(third.logged().some(({ msg }) => msg === 'waiting to serve this shard'));
    assert.match(
      status,
      new RegExp(`^shard 1: waiting: shard 1 of 4 is served by process ${owner} on host \\S+; stop`, 'm'),
    );
    assert.deepEqual((await world.sandbox.sessions()).doubleOwners, []);
  });

  test('a reshard of a part is refused, with what to do instead', async () => {
    const ended = await runToEnd('admin', ['reshard', '8'], environments[0] ?? {});
    assert.equal(ended.code, 69);
    assert.match(
      ended.stderr,
      /^admin: this manager runs a part of the bot; start a second manager .*DISCORD_SHARDS=8/,
    );
  });

  test('managers of another count come up beside them and take over: nothing is lost or answered twice', async () => {
    const guilds = (await world.sandbox.guilds()).map(({ id }) => id);
    await world.sandbox.resetReport();
    await using members = openLoop(world.sandbox, guilds, 20);
    const beside = environments.map((env) => ({
      ...env,
      DISCORD_SHARDS: '6',
      SHARDS_PER_PROCESS: '3',
      ADMIN_SOCKET: `${env.ADMIN_SOCKET}.6`,
    }));
    const newcomers = beside.map((env) => startManager(env));
    const before = managers;
    managers = [...before, ...newcomers];
    await Promise.all(newcomers.map(({ ready }) => ready));
    for (const manager of before) await manager[Symbol.asyncDispose]();
    managers = newcomers;
    const seen = await world.sandbox.runCommand({ guildId: guilds[0] ?? '', command: 'ping' });
    assert.match(JSON.stringify(seen.embeds), /\d of 6/);
    const sent = await members.end();
    assert.deepEqual(
      sent.filter(({ state }) => state !== 'answered'),
      [],
    );
    assert.ok(sent.length > 20, `${sent.length} sent`);
    const { lost, doubleAnswers } = await world.sandbox.report();
    assert.deepEqual([lost, doubleAnswers], [[], []]);
  });
});
