import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { guildStage } from './guild-stage.ts';

const events = GatewayDispatchEvents;

test('an invite is made, read, used up, listed and deleted', async () => {
  await using stage = await guildStage();
  const { api, guildId, people } = stage;
  const channelId = stage.guild.channels[0]?.id ?? '';
  const invite = await api.channels.createInvite(channelId, { max_uses: 1, unique: true });
  assert.deepEqual([invite.max_uses, invite.max_age, invite.uses], [1, 86_400, 0]);
  assert.equal((await stage.heard(events.InviteCreate))['code'], invite.code);
  const read = await api.invites.get(invite.code, { with_counts: true });
  assert.deepEqual([read.guild?.id, read.channel?.id], [guildId, channelId]);
  assert.equal(read.approximate_member_count, stage.guild.memberCount);
  assert.deepEqual(
    (await api.guilds.getInvites(guildId)).map(({ code }) => code),
    [invite.code],
  );
  await people.joinGuild({ guild_id: guildId, invite: invite.code });
  await assert.rejects(api.invites.get(invite.code), { status: 404, code: 10_006 });
  const again = await api.channels.createInvite(channelId, {});
  assert.equal((await api.channels.createInvite(channelId, {})).code, again.code);
  assert.deepEqual(
    (await api.channels.getInvites(channelId)).map(({ code }) => code),
    [again.code],
  );
  await api.invites.delete(again.code, { reason: 'raid' });
  await stage.heard(events.InviteDelete, ({ code }) => code === again.code);
});

test('what no invite can be is refused, and one without the right', async () => {
  await using stage = await guildStage();
  const { api, guildId, people, botRole } = stage;
  const channelId = stage.guild.channels[0]?.id ?? '';
  await assert.rejects(api.channels.createInvite(channelId, { max_uses: 101 }), { code: 50_035 });
  const { code } = await api.channels.createInvite(channelId, {});
  await people.editRole({ guild_id: guildId, role_id: botRole, permissions: '0' });
  for (const refused of [
    api.invites.delete(code),
    api.channels.getInvites(channelId),
    api.guilds.getInvites(guildId),
  ])
    await assert.rejects(refused, { status: 403, code: 50_013 });
});
