import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayIntentBits, type GatewayGuildCreateDispatchData } from 'discord-api-types/v10';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { connectRaw, identify } from './raw-client.ts';

const guilds = 20;

/** Every GUILD_CREATE that a client gets which identifies with these fields. */
async function guildsSeen(arena: Arena, fields: object): Promise<readonly GatewayGuildCreateDispatchData[]> {
  using client = await connectRaw(arena.sandbox.gatewayUrl);
  client.send(identify(arena.sandbox.token, fields));
  const created = () => client.frames.filter(({ t }) => t === 'GUILD_CREATE');
  await eventually('all guilds', () => created().length === guilds);
  return created().map(({ d }) => d as GatewayGuildCreateDispatchData);
}

test('a guild is large above the client’s threshold, and then, as without presences, comes with the bot alone', async () => {
  await using arena = await startArena({ guilds, timing: { identifyWindowMs: 0 } });
  const intents = GatewayIntentBits.Guilds | GatewayIntentBits.GuildPresences;
  const cases = [
    { fields: { intents: GatewayIntentBits.Guilds }, threshold: 50, withMembers: false },
    { fields: { intents }, threshold: 50, withMembers: true },
    { fields: { intents, large_threshold: 250 }, threshold: 250, withMembers: true },
    { fields: { intents, large_threshold: 9_999 }, threshold: 250, withMembers: true },
    { fields: { intents, large_threshold: 'many' }, threshold: 50, withMembers: true },
  ];
  for (const { fields, threshold, withMembers } of cases) {
    for (const { large, member_count, members } of await guildsSeen(arena, fields)) {
      assert.equal(large, member_count > threshold, `${member_count} members, threshold ${threshold}`);
      assert.equal(members.length, large || !withMembers ? 1 : member_count);
      assert.ok(members.some(({ user }) => user.id === arena.sandbox.applicationId));
    }
  }
});
