import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import postgres from 'postgres';
import { SHARD_NODE_FLAGS } from '../../config/shard-process.ts';
import { Child } from '../../src/demo/child.ts';
import { fetchAdminStatus } from '../../src/ipc/admin-client.ts';
import type { GuildSight, InteractionSight, RunCommand } from '../../src/sandbox/client.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { processesWith, runToEnd } from '../helpers/processes.ts';

describe('a cluster of a manager and two shards', () => {
  let world: Surroundings;
  const directory = mkdtempSync(path.join(tmpdir(), 'shoal-cluster-test-'));
  let node: string;
  let manager: Child;
  let guilds: readonly [GuildSight, GuildSight];

  before(async () => {
    world = await surroundings({ shards: 2 });
    await new Child('deploy-commands', [], world.env).done();
    guilds = [await guildOf(0), await guildOf(1)];
    // A copy, so that a test can take it away.
    node = path.join(directory, 'node');
    copyFileSync(process.execPath, node);
    manager = new Child('manager', [], world.env, node);
    await manager.message('ready');
  });

  after(async () => {
    await manager[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });

  async function guildOf(shardId: number): Promise<GuildSight> {
    const found = (await world.sandbox.guilds()).find((guild) => guild.shardId === shardId);
    assert.ok(found, `no guild on shard ${shardId}`);
    return found;
  }

  function run(
    guild: GuildSight,
    command: string,
    more: Partial<RunCommand> = {},
  ): Promise<InteractionSight> {
    return world.sandbox.runCommand({ guildId: guild.id, command, ...more });
  }

  async function metricsUrl(): Promise<URL> {
    return new URL((await fetchAdminStatus(world.env.ADMIN_SOCKET)).manager.metricsUrl);
  }

  test('commands are published once: a second run sends nothing', async () => {
    const again = await runToEnd('deploy-commands', [], world.env);
    assert.deepEqual([again.code, again.stdout], [0, 'deploy-commands: nothing changed, nothing sent\n']);
  });

  test('shards run with the flags of Node that they ship with', async () => {
    const { processes } = (await fetchAdminStatus(world.env.ADMIN_SOCKET)).cluster;
    assert.equal(processes.length, 2);
    for (const { pid } of processes) {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      assert.deepEqual(words.slice(1, 1 + SHARD_NODE_FLAGS.length), SHARD_NODE_FLAGS);
    }
  });

  test('each guild is answered by its own shard', async () => {
    for (const guild of guilds) {
      const seen = await run(guild, 'ping');
      assert.equal(field(seen, 'Shard'), `${guild.shardId} of 2`);
      assert.equal(seen.shardId, guild.shardId);
      assert.match(field(seen, 'Gateway') ?? '', /^\d+ ms$/);
      assert.match(field(seen, 'REST') ?? '', /^\d+ ms$/);
    }
  });

  test('/about adds up all shards over IPC', async () => {
    const seen = await run(guilds[1], 'about');
    assert.equal(field(seen, 'Servers'), '8');
    assert.equal(field(seen, 'Shards'), '2 of 2 ready');
    assert.match(
      field(seen, 'Shard map') ?? '',
      /Shard 0: ready, 4 servers.*\nShard 1: ready, 4 servers.* ← you are here/,
    );
  });

  test('a setting changed on shard 0 is read on shard 1, whose memory held the old one', async () => {
    const [guild] = guilds;
    const userId = moderator(guild);
    const viewOnShard1 = () => run(guild, 'settings view', { userId, shardId: 1 });
    assert.equal(field(await viewOnShard1(), 'Time zone'), 'UTC');
    const saved = await run(guild, 'settings set', {
      userId,
      options: {
        time_zone: 'asia/seoul',
        locale: 'ko',
        accent_colour: '#abc',
        log_channel: guild.channels[0]?.id ?? '',
      },
    });
    assert.equal(saved.embeds[0]?.title, 'Saved');
    assert.equal(saved.embeds[0]?.color, 0xaabbcc);
    const seen = await eventually('shard 1 sees the change', async () => {
      const now = await viewOnShard1();
      return field(now, 'Time zone') === 'Asia/Seoul' && now;
    });
    assert.equal(field(seen, 'Log channel'), `<#${guild.channels[0]?.id}>`);
    assert.equal(seen.embeds[0]?.footer?.text, 'Version 1');
  });

  test('/privacy gives a member what is stored about them, and forgets it', async () => {
    const [guild] = guilds;
    const userId = moderator(guild);
    const seen = await run(guild, 'privacy export', { userId });
    assert.equal(seen.ephemeral, true);
    assert.match(seen.content, /^I store 1 thing about you; /);
    const file = seen.message?.attachments[0];
    assert.equal(file?.filename, `shoal-${userId}.json`);
    const { tables } = (await (await fetch(file.url)).json()) as { tables: { rows: object[] }[] };
    assert.equal(Reflect.get(tables[0]?.rows[0] ?? {}, 'guild_id'), guild.id);
    const { channelId, message, components } = await run(guild, 'privacy delete', { userId });
    const [button] = JSON.stringify(components).match(/privacy\.erase:[^"]+/) ?? [];
    assert.ok(message && button);
    const pressed = { channelId, messageId: message.id, userId, customId: button };
    assert.match((await world.sandbox.useComponent(pressed)).content, /^Deleted: 1 thing /);
    assert.equal((await run(guild, 'privacy export', { userId })).content, 'I store nothing about you.');
  });

  test('settings that make no sense are refused in words, and change nothing', async () => {
    const [, guild] = guilds;
    const refusal = async (options: Record<string, string>) => {
      const seen = await run(guild, 'settings set', { userId: moderator(guild), options });
      assert.match(seen.embeds[0]?.footer?.text ?? '', /^Reference /);
      return seen.embeds[0]?.description ?? '';
    };
    assert.match(
      await refusal({ time_zone: 'Mars/Olympus' }),
      /^I do not know the time zone “Mars\/Olympus”/,
    );
    assert.match(await refusal({ time_zone: '+02:00' }), /^I do not know the time zone “\+02:00”/);
    assert.match(await refusal({ accent_colour: 'reddish' }), /not a colour/);
    assert.match(await refusal({}), /at least one setting/);
    const seen = await run(guild, 'settings view', { userId: moderator(guild) });
    assert.equal(seen.embeds[0]?.footer?.text, 'All defaults');
  });

  test('who may not manage the server is refused with the name of the permission', async () => {
    const seen = await run(guilds[0], 'settings view', { force: true });
    assert.match(seen.embeds[0]?.description ?? '', /\*\*Manage Server\*\*/);
    assert.equal(seen.ephemeral, true);
  });

  test('each use of a command becomes a row; what PostgreSQL refuses is shown, and replayed when told to', async () => {
    const sql = postgres(world.servers.directUrl, { max: 1 });
    const used = async (command: string) =>
      sql<{ guild: string; outcome: string; shard: number }[]>`
        select guild_id::text as guild, outcome, shard_id as shard from command_usage
        where command = ${command} order by used_at desc limit 1`;
    await run(guilds[1], 'ping');
    await eventually('it is a row', async () =>
      isDeepStrictEqual([...(await used('ping'))], usageRow(guilds[1])),
    );
    const fine = await runToEnd('admin', ['queue'], world.env);
    assert.match(fine.stdout, /^0 +command_usage +0 +- +\d+ KiB +0 +0$/m);
    assert.match(fine.stdout, /^0 dead facts in the database$/m);
    assert.equal(fine.code, 0);

    await sql`alter table command_usage add constraint no_about check (command <> 'about') not valid`;
    await run(guilds[0], 'about');
    await eventually('it is refused', async () => {
      const { code, stdout } = await runToEnd('admin', ['queue'], world.env);
      return code === 1 && /^1 dead facts/m.test(stdout);
    });
    const refused = await runToEnd('admin', ['queue', 'replay'], world.env);
    assert.deepEqual([refused.code, refused.stdout], [1, '0 written, 1 refused again\n']);
    await sql`alter table command_usage drop constraint no_about`;
    const replayed = await runToEnd('admin', ['queue', 'replay'], world.env);
    assert.deepEqual([replayed.code, replayed.stdout], [0, '1 written, 0 refused again\n']);
    assert.deepEqual([...(await used('about'))], usageRow(guilds[0]));
    await sql.end();
  });

  test('one scrape shows every process by its label; health is served beside it', async () => {
    const url = await metricsUrl();
    const text = await (await fetch(url)).text();
    assert.match(text, /^shoal_interactions_total\{command="ping",outcome="answered",shard="0"\} 1$/m);
    assert.match(text, /^shoal_interactions_total\{command="ping",outcome="answered",shard="1"\} 2$/m);
    assert.match(text, /^shoal_shard_ready\{.*shard="1".*\} 1$/m);
    for (const part of ['process="manager"', 'shard="0"', 'shard="1"'])
      assert.match(
        text,
        new RegExp(`^shoal_build_info\\{revision="\\w*",version="[\\d.]+",${part}\\} 1$`, 'm'),
      );
    // What increase() is to see is there before it happens.
    assert.match(text, /^shoal_shard_exits_total\{reason="SIGKILL",process="manager"\} 0$/m);
    assert.match(text, /^shoal_db_calls_unanswered_total\{shard="0"\} \d+$/m);
    assert.match(text, /^process_start_time_seconds\{shard="0"\} \d+/m);
    assert.match(text, /^process_resident_memory_bytes\{process="manager"\} \d+$/m);
    const health = await fetch(new URL('/healthz', url));
    assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }]);
    const ready = await fetch(new URL('/readyz', url));
    assert.deepEqual([ready.status, await ready.json()], [200, { ready: [0, 1], notReady: [] }]);
  });

  test('a command that is switched off on shard 0 is off on shard 1, and on again', async () => {
    const [guild] = guilds;
    const switchTo = (enabled: boolean) =>
      run(guild, 'settings command', { userId: moderator(guild), options: { name: 'ping', enabled } });
    const seenOnShard1 = (title: string) =>
      eventually(`shard 1 says ${title}`, async () => {
        const seen = await run(guild, 'ping', { shardId: 1 });
        return seen.embeds[0]?.title === title;
      });
    await seenOnShard1('Pong!');
    await switchTo(false);
    await seenOnShard1('This command is switched off here');
    await switchTo(true);
    await seenOnShard1('Pong!');
  });

  test('the admin socket is for its owner only', () => {
    assert.equal(statSync(world.env.ADMIN_SOCKET).mode & 0o777, 0o600);
  });

  test('a second manager for the same bot is refused', async () => {
    const port = (await metricsUrl()).port;
    const second = await runToEnd('manager', [], { ...world.env, METRICS_PORT: port });
    assert.equal(second.code, 78);
    assert.match(
      second.stderr,
      /^manager: another manager answers on ADMIN_SOCKET \S+; stop it, or set ADMIN_SOCKET/,
    );
    assert.equal((await run(guilds[0], 'ping')).state, 'answered');
  });

  test('readyz is about the gateway: without a connection no shard serves, and both resume', async () => {
    const url = new URL('/readyz', await metricsUrl());
    assert.equal(await world.sandbox.dropConnections(), 2);
    await eventually('it says so', async () => (await fetch(url)).status === 503);
    await eventually('both are back', async () => (await fetch(url)).status === 200);
    assert.equal((await world.sandbox.sessions()).resumes, 2);
  });

  test('a killed shard comes back by itself; meanwhile the cluster says so', async () => {
    const url = await metricsUrl();
    const before = (await fetchAdminStatus(world.env.ADMIN_SOCKET)).cluster;
    const victim = before.processes.find(({ shards }) => shards[0]?.shardId === 1);
    assert.ok(victim);
    process.kill(victim.pid, 'SIGKILL');
    await eventually('readyz names shard 1', async () => {
      const ready = await fetch(new URL('/readyz', url));
      return ready.status === 503 && ((await ready.json()) as { notReady: number[] }).notReady.includes(1);
    });
    const about = await run(guilds[0], 'about');
    assert.match(field(about, 'Shard map') ?? '', /Shard 1: (no answer|connecting)/);
    await eventually(
      'shard 1 serves again',
      async () => (await fetch(new URL('/readyz', url))).status === 200,
      30_000,
    );
    assert.equal(field(await run(guilds[1], 'ping'), 'Shard'), '1 of 2');
    assert.match(
      await (await fetch(url)).text(),
      /^shoal_shard_exits_total\{reason="SIGKILL",process="manager"\} 1$/m,
    );
  });

  /** Kills a shard, hands over what goes wrong with its successor, and waits until it serves again. */
  async function survives(
    shardId: 0 | 1,
    readyz: URL,
    breakIt: () => unknown,
    seenBroken: RegExp,
    mendIt: () => unknown,
  ) {
    const { cluster } = await fetchAdminStatus(world.env.ADMIN_SOCKET);
    const victim = cluster.processes.find(({ shards }) => shards[0]?.shardId === shardId);
    assert.ok(victim);
    await breakIt();
    process.kill(victim.pid, 'SIGKILL');
    await eventually(`the manager logs ${String(seenBroken)}`, () => seenBroken.test(manager.printed));
    assert.equal((await run(guilds[1 - shardId] ?? guilds[0], 'ping')).state, 'answered');
    await mendIt();
    await eventually('it serves again', async () => (await fetch(readyz)).status === 200, 45_000);
  }

  test('a shard that finds the database changed is tried again while the others serve', async () => {
    const readyz = new URL('/readyz', await metricsUrl());
    const owner = postgres(world.servers.directUrl, { max: 1 });
    const [{ checksum } = {}] = await owner`select checksum from shoal_migrations where number = 1`;
    await survives(
      1,
      readyz,
      () => owner`update shoal_migrations set checksum = 'changed' where number = 1`,
      /0001_guild_settings\.sql.*it will be started again/,
      () => owner`update shoal_migrations set checksum = ${String(checksum)} where number = 1`,
    );
    await owner.end();
  });

  test('a process that cannot be started is tried again too', async () => {
    const readyz = new URL('/readyz', await metricsUrl());
    // Not the one that has failed twice: what it must wait by then has doubled and doubled.
    await survives(
      0,
      readyz,
      () => renameSync(node, `${node}.away`),
      /could not start it.*it will be started again/,
      () => renameSync(`${node}.away`, node),
    );
  });

  test('SIGTERM ends everything within 10 s, with exit 0', async () => {
    const startedMs = performance.now();
    const own = processesWith('ADMIN_SOCKET', world.env.ADMIN_SOCKET);
    assert.equal(own.length, 3, 'manager and two shards');
    await manager[Symbol.asyncDispose]();
    await manager.done();
    assert.ok(performance.now() - startedMs < 10_000);
    assert.deepEqual(processesWith('ADMIN_SOCKET', world.env.ADMIN_SOCKET), []);
    assert.equal(existsSync(world.env.ADMIN_SOCKET), false);
    const { sessions } = await world.sandbox.sessions();
    assert.deepEqual(
      sessions.filter(({ connected }) => connected),
      [],
    );
  });

  test('SIGKILL of the manager leaves no shard behind, and a new manager starts', async () => {
    const first = new Child('manager', [], world.env);
    await first.message('ready');
    process.kill(first.pid ?? 0, 'SIGKILL');
    await first.ended;
    await eventually(
      'no process is left',
      () => processesWith('ADMIN_SOCKET', world.env.ADMIN_SOCKET).length === 0,
    );
    await using second = new Child('manager', [], world.env);
    await second.message('ready');
    assert.equal((await run(guilds[0], 'ping')).state, 'answered');
  });

  test('SHARD_IDS runs a part of the shards here', async () => {
    await using part = new Child('manager', [], { ...world.env, SHARD_IDS: '1' });
    await part.message('ready');
    const { cluster } = await fetchAdminStatus(world.env.ADMIN_SOCKET);
    assert.deepEqual(
      cluster.processes.flatMap(({ shards }) => shards.map(({ shardId }) => shardId)),
      [1],
    );
    assert.equal(cluster.shardCount, 2);
    assert.equal(field(await run(guilds[1], 'ping'), 'Shard'), '1 of 2');
  });
});

/** A member of the guild who may change its settings. */
function moderator(guild: GuildSight): string {
  const found = guild.members.find(({ kind }) => kind === 'moderator');
  assert.ok(found);
  return found.id;
}

function field(seen: InteractionSight, name: string): string | undefined {
  return seen.embeds[0]?.fields?.find((candidate) => candidate.name === name)?.value;
}

function usageRow({ id, shardId }: GuildSight) {
  return [{ guild: id, outcome: 'answered', shard: shardId }];
}
