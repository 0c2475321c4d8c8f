import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Child } from '../../src/demo/child.ts';
import { fetchAdminStatus, reshardSteps } from '../../src/ipc/admin-client.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { startManager, type ManagerProcess } from '../helpers/manager.ts';
import { processesWith, runToEnd, type Ended } from '../helpers/processes.ts';

describe('the shard count changes while the bot serves', () => {
  let world: Surroundings;
  let manager: ManagerProcess;
  let guilds: readonly string[];
  let first: string;

  before(async () => {
    world = await surroundings({ shards: 2 });
    await new Child('deploy-commands', [], world.env).done();
    guilds = (await world.sandbox.guilds()).map(({ id }) => id);
    first = guilds[0] ?? '';
    manager = startManager(world.env);
    await manager.ready;
  });

  after(async () => {
    await manager[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  function admin(...argv: string[]): Promise<Ended> {
    return runToEnd('admin', argv, world.env);
  }

  async function shardCount(): Promise<number> {
    return (await fetchAdminStatus(world.env.ADMIN_SOCKET)).cluster.shardCount;
  }

  /** What `/ping` says of the shard that answered. */
  async function answeredBy(guildId: string): Promise<string | undefined> {
    const { embeds } = await world.sandbox.runCommand({ guildId, command: 'ping' });
    return embeds[0]?.fields?.find(({ name }) => name === 'Shard')?.value;
  }

  test('the same count and an empty budget are refused, and nothing is started', async () => {
    const counted = await world.sandbox.sessions();
    assert.equal((await admin('reshard', '2')).stderr, 'admin: the bot has 2 shards already\n');
    await world.sandbox.switchOn({ kind: 'no-identifies-left' });
    const refused = await admin('reshard', '4');
    await world.sandbox.clearFaults();
    assert.equal(refused.code, 69);
    assert.match(
      refused.stderr,
      /^admin: 4 shards need as many identifies; of the day's 0 left 50 stay in reserve, and/,
    );
    assert.equal((await world.sandbox.sessions()).identifies, counted.identifies);
    assert.match((await admin('reshard', 'abort')).stderr, /^admin: no reshard is under way/);
  });

  test('an aborted one leaves the old shards serving; meanwhile status shows it and a restart is refused', async () => {
    await world.sandbox.switchOn({ kind: 'no-hello' });
    const running = admin('reshard', '4');
    try {
      await eventually('it shows', async () =>
        /^resharding: 0 of 4 new/m.test((await admin('status')).stdout),
      );
      assert.match((await admin('restart')).stderr, /^admin: a reshard is under way; try again/);
      assert.equal(await answeredBy(first), shardText(first, 2));
      assert.equal((await admin('reshard', 'abort')).code, 0);
      const ended = await running;
      assert.equal(ended.code, 1);
      assert.match(ended.stdout, /^failed: it was given up; the 2 old shards serve on$/m);
    } finally {
      await world.sandbox.clearFaults();
    }
    assert.equal(await shardCount(), 2);
    assert.equal(processesWith('ADMIN_SOCKET', world.env.ADMIN_SOCKET).length, 3);
  });

  test('from 2 to 4: nothing is answered twice, and the new shards serve', async () => {
    await world.sandbox.resetReport();
    const steps: string[] = [];
    for await (const { step } of reshardSteps(world.env.ADMIN_SOCKET, 4)) steps.push(step);
    assert.deepEqual([...new Set(steps)], ['starting', 'switched', 'done']);
    const after = await Promise.all(guilds.map(answeredBy));
    const { lost, doubleAnswers } = await world.sandbox.report();
    assert.deepEqual([lost, doubleAnswers, (await world.sandbox.sessions()).doubleOwners], [[], [], []]);
    assert.deepEqual(
      after,
      guilds.map((id) => shardText(id, 4)),
    );
    assert.equal(new Set(after).size, 4);
    assert.equal(processesWith('ADMIN_SOCKET', world.env.ADMIN_SOCKET).length, 5);
    assert.match((await admin('status')).stdout, /, 4 of 4 shards$/m);
    const { metricsUrl } = (await fetchAdminStatus(world.env.ADMIN_SOCKET)).manager;
    assert.match(
      await (await fetch(metricsUrl)).text(),
      /^shoal_shard_ready\{shard="3",process="manager"\} 1$/m,
    );
    assert.equal((await admin('restart', '3')).code, 0);
  });

  test('a restarted manager goes on with the new count though DISCORD_SHARDS is older, and resumes', async () => {
    const counted = await world.sandbox.sessions();
    await manager[Symbol.asyncDispose]();
    manager = startManager(world.env);
    await manager.ready;
    assert.equal(await shardCount(), 4);
    const now = await world.sandbox.sessions();
    assert.deepEqual([now.identifies - counted.identifies, now.resumes - counted.resumes], [0, 4]);
    const said = manager.logged().find(({ msg }) => /DISCORD_SHARDS is older/.test(String(msg)));
    assert.deepEqual([said?.['shardCount'], said?.['configured']], [4, 2]);
  });

  test('fewer are a reshard too: back to 2 within the sessions of before', async () => {
    const ended = await admin('reshard', '2');
    assert.equal(ended.code, 0);
    assert.match(ended.stdout, /^the bot has 2 shards; set DISCORD_SHARDS to auto or 2$/m);
    assert.equal(await answeredBy(first), shardText(first, 2));
    const { metricsUrl } = (await fetchAdminStatus(world.env.ADMIN_SOCKET)).manager;
    assert.doesNotMatch(await (await fetch(metricsUrl)).text(), /^shoal_shard_ready\{shard="3"/m);
  });
});

function shardText(guildId: string, count: number): string {
  return `${(BigInt(guildId) >> 22n) % BigInt(count)} of ${count}`;
}
