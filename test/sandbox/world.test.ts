import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { APIUser } from 'discord-api-types/v10';
import { compareIds } from '../../src/sandbox/snowflake.ts';
import { guildCreate } from '../../src/sandbox/world/guild-create.ts';
import type { WorldGuild } from '../../src/sandbox/world/guild.ts';
import { isAllowed } from '../../src/sandbox/world/permissions.ts';
import { World } from '../../src/sandbox/world/world.ts';

const botUser: APIUser = { id: '1', username: 'bot', discriminator: '0', global_name: null, avatar: null };

function guildOf(world: World, id = world.guildIds(1)[0] ?? ''): WorldGuild {
  const guild = world.guild(id);
  assert.ok(guild, `no guild ${id}`);
  return guild;
}

function everything(seed: number): unknown {
  const world = new World({ seed, guilds: 20, botUser });
  return JSON.stringify(
    world.guildIds(20).map((id) => {
      const guild = guildOf(world, id);
      return [guildCreate(guild, { withPresences: false, largeThreshold: 50 }), guild.members.page(50)];
    }),
  );
}

test('the same seed makes the same world, another seed another', () => {
  assert.equal(everything(7), everything(7));
  assert.notEqual(everything(7), everything(8));
});

test('guilds are spread evenly over any number of shards, each on the shard of its id', () => {
  const world = new World({ seed: 3, guilds: 1_000, botUser });
  for (const shardCount of [1, 2, 3, 16, 64]) {
    const seen = new Set<string>();
    for (let shardId = 0; shardId < shardCount; shardId += 1) {
      const ids = world.guildIdsOfShard(shardId, shardCount);
      assert.ok(
        Math.abs(ids.length - 1_000 / shardCount) < 1,
        `${ids.length} guilds on ${shardId} of ${shardCount}`,
      );
      for (const id of ids) {
        assert.equal(Number((BigInt(id) >> 22n) % BigInt(shardCount)), shardId);
        seen.add(id);
      }
    }
    assert.equal(seen.size, 1_000);
  }
});

test('no id is given twice', () => {
  const world = new World({ seed: 5, guilds: 500, botUser });
  const known = [botUser, ...world.regulars].map(({ id }) => id);
  const ids = world.guildIds(500).flatMap((id) => {
    const guild = guildOf(world, id);
    const roles = guild.roles.filter((role) => role.name !== '@everyone');
    const tags = guild.channels.flatMap(({ available_tags = [] }) => available_tags);
    const members = guild.members.page(100).map(({ user }) => user.id);
    return [
      id,
      ...[...roles, ...guild.channels, ...guild.threads, ...tags].map((each) => each.id),
      ...members.filter((each) => !known.includes(each)),
    ];
  });
  assert.equal(new Set(ids).size, ids.length);
});

test('guilds are listed page by page, and what is no guild is not found', () => {
  const world = new World({ seed: 1, guilds: 5, botUser });
  const first = world.guildIds(3);
  const rest = world.guildIds(3, first.at(-1));
  assert.deepEqual([first.length, rest.length], [3, 2]);
  assert.deepEqual(world.guildIds(3, rest.at(-1)), []);
  for (const id of ['', 'x', '1', '-1', `${first[0]}1`, '9'.repeat(30)])
    assert.equal(world.guild(id), undefined, id);
});

test('an owner may everything, a moderator manages the guild, a member does not', () => {
  const world = new World({ seed: 1, guilds: 1, botUser });
  const [id = ''] = world.guildIds(1);
  const guild = guildOf(world, id);
  const may = (kind: string, bit: bigint) => {
    const member = guild.members.first(3).find((each) => each.kind === kind);
    return member !== undefined && isAllowed(bit, guild, member);
  };
  const manageGuild = 32n;
  const administrator = 8n;
  assert.deepEqual(
    [may('owner', administrator), may('moderator', administrator), may('member', administrator)],
    [true, false, false],
  );
  assert.deepEqual(
    [may('owner', manageGuild), may('moderator', manageGuild), may('member', manageGuild)],
    [true, true, false],
  );
});

test('guilds are of every size: half of them small, one in a hundred with thousands of members', () => {
  const world = new World({ seed: 2, guilds: 20_000, botUser });
  const guilds = world
    .guildIds(20_000)
    .filter((_, nth) => nth % 10 === 0)
    .map((id) => guildOf(world, id));
  const share = (least: number, most: number) =>
    guilds.filter(({ members }) => members.count >= least && members.count < most).length / guilds.length;
  const shares = [share(5, 50), share(50, 1_000), share(1_000, 5_000), share(5_000, 100_000)];
  const expected = [0.4, 0.5, 0.08, 0.015];
  for (const [nth, found] of shares.entries())
    assert.ok(Math.abs(found - (expected[nth] ?? 0)) < 0.06, `shares of sizes: ${shares.join(', ')}`);
  assert.ok(share(20_000, 100_000) > 0, 'none with tens of thousands');
  for (const { channels, roles } of guilds) {
    assert.ok(channels.length >= 4 && channels.length <= 60, `${channels.length} channels`);
    assert.ok(roles.length >= 3 && roles.length <= 40, `${roles.length} roles`);
    assert.deepEqual(
      channels.slice(0, 4).map(({ name }) => name),
      ['general', 'bot-commands', 'mod-log', 'off-topic'],
    );
  }
  const types = new Set(guilds.flatMap(({ channels }) => channels.map(({ type }) => type)));
  assert.deepEqual(types, new Set([0, 2, 4, 5, 15]));
  assert.ok((guilds[0]?.members.count ?? 100) < 10, 'the first guild is a small one');
});

test('regulars are in several guilds, with another standing in each', () => {
  const world = new World({ seed: 4, guilds: 8, botUser });
  assert.ok(world.regulars.length > 2);
  for (const { id } of world.regulars) {
    const guilds = world.guildsOf(id);
    const kinds = guilds.map(({ members }) => String(members.get(id)?.kind));
    assert.deepEqual(new Set(kinds), new Set(['member', 'moderator', 'owner']));
    assert.equal(kinds.length, 4);
    const [owned] = guilds.filter(({ members }) => members.get(id)?.kind === 'owner');
    assert.equal(owned?.ownerId, id);
    assert.equal(owned?.members.first(1)[0]?.user.id, id);
  }
  const guild = guildOf(world);
  const [owner] = guild.members.first(1);
  assert.deepEqual(
    world.guildsOf(owner?.user.id ?? '').map(({ id }) => id),
    [guild.id],
  );
});

test('the members of a large guild are paged by id, counted, and found by id and by name', () => {
  const world = new World({ seed: 2, guilds: 60, botUser });
  const guild = world
    .guildIds(60)
    .map((id) => guildOf(world, id))
    .find(({ members }) => members.count > 5_000);
  assert.ok(guild);
  const { members } = guild;
  let last = '0';
  let count = 0;
  for (let page = members.page(700); page.length > 0; page = members.page(700, last)) {
    for (const { user } of page) {
      assert.ok(compareIds(user.id, last) > 0, `${user.id} after ${last}`);
      last = user.id;
      count += 1;
    }
  }
  assert.equal(count, members.count);
  const [someone] = members.page(1, String(BigInt(last) - 10_000_000_000_000n));
  assert.ok(someone);
  assert.deepEqual(members.get(someone.user.id), someone);
  assert.deepEqual(members.page(1, String(BigInt(someone.user.id) - 1n)), [someone]);
  assert.notDeepEqual(members.page(1, someone.user.id), [someone]);
  assert.deepEqual(world.user(someone.user.id), someone.user);
  assert.equal(members.get(String(BigInt(someone.user.id) + 1n)), undefined);
  const found = members.search(someone.user.username.toUpperCase(), 100);
  assert.ok(found.some(({ user }) => user.id === someone.user.id));
  assert.equal(members.search('m', 7).length, 7);
});
