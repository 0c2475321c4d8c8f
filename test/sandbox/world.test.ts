import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { APIUser } from 'discord-api-types/v10';
import { World } from '../../src/sandbox/world/world.ts';

const botUser: APIUser = { id: '1', username: 'bot', discriminator: '0', global_name: null, avatar: null };

function everything(seed: number): unknown {
  const world = new World({ seed, guilds: 20, botUser });
  return JSON.stringify(
    world.guildIds(20).map((id) => world.guild(id)),
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
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
  const ids = world.guildIds(500).flatMap((id) => {
    const guild = world.guild(id);
    assert.ok(guild);
    const roles = guild.roles.filter((role) => role.name !== '@everyone');
    return [
      id,
      ...[...roles, ...guild.channels].map((each) => each.id),
      ...guild.members.map(({ user }) => user.id),
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
  const may = (kind: string, bit: bigint) =>
    ((world.guild(id)?.members.find((member) => member.kind === kind)?.permissions ?? 0n) & bit) !== 0n;
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
