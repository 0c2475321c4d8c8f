import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { ChannelSight } from '../control/guild-channels.ts';
import { isForum, isThread, takesMessages, type AnyChannel } from '../world/channel.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { WorldMember } from '../world/member.ts';
import { permissionsIn, seesThread, sendingIn } from '../world/permissions.ts';

const bits = PermissionFlagsBits;

/** What a member's client lists: channels in sight, then threads that are open and that the member may read. */
export function channelsSeen(guild: WorldGuild, member: WorldMember): ChannelSight[] {
  const threads = guild.threads.filter(
    (thread) => !thread.thread_metadata.archived && seesThread(guild, member, thread),
  );
  return [...guild.channels, ...threads].flatMap((channel) => channelSight(guild, member, channel) ?? []);
}

function channelSight(guild: WorldGuild, member: WorldMember, channel: AnyChannel): ChannelSight | undefined {
  const permissions = permissionsIn(guild, member, channel);
  const has = (bit: bigint) => (permissions & bit) === bit;
  if (!has(bits.ViewChannel)) return undefined;
  const { id, name, type, parent_id } = channel;
  const isOpen = !isThread(channel) || !channel.thread_metadata.locked || has(bits.ManageThreads);
  const mayWrite = takesMessages(channel) && isOpen && has(sendingIn(channel));
  return {
    id,
    name,
    type,
    parentId: parent_id,
    mayWrite,
    mayAttach: mayWrite && has(bits.AttachFiles),
    mayManage: has(bits.ManageMessages),
    mayStartThreads: !isThread(channel) && !isForum(type) && has(bits.CreatePublicThreads),
  };
}
