import type { APIAttachment } from 'discord-api-types/v10';
import { isThread, type AnyChannel } from '../world/channel.ts';
import type { WorldGuild } from '../world/guild.ts';
import { memberPayload } from '../world/member.ts';
import { permissionsIn } from '../world/permissions.ts';
import type { Place } from '../world/world.ts';

/**
 * What ids stand for, as `data.resolved` carries it; `undefined` when there are none. Permissions are
 * those of the channel where the command is run, and of a chosen channel what the bot may there.
 */
export function resolvedOf(
  ids: ReadonlySet<string>,
  { guild, channel: here }: Place,
  attachments: readonly APIAttachment[] = [],
): object | undefined {
  if (ids.size === 0 && attachments.length === 0) return undefined;
  const people = [...ids].flatMap((id) => guild.members.get(id) ?? []);
  const roles = [...ids].flatMap((id) => guild.role(id) ?? []);
  const channels = [...ids].flatMap((id) => guild.channel(id) ?? []);
  return {
    ...(attachments.length > 0 && {
      attachments: Object.fromEntries(attachments.map((each) => [each.id, each])),
    }),
    ...(people.length > 0 && {
      users: Object.fromEntries(people.map(({ user }) => [user.id, user])),
      members: Object.fromEntries(
        people.map((person) => [
          person.user.id,
          {
            ...withoutVoice(memberPayload(person)),
            permissions: String(permissionsIn(guild, person, here)),
          },
        ]),
      ),
    }),
    ...(roles.length > 0 && { roles: Object.fromEntries(roles.map((role) => [role.id, role])) }),
    ...(channels.length > 0 && {
      channels: Object.fromEntries(channels.map((channel) => [channel.id, resolvedChannel(guild, channel)])),
    }),
  };
}

function resolvedChannel(guild: WorldGuild, channel: AnyChannel): object {
  const { id, name, type, parent_id, flags } = channel;
  const permissions = String(permissionsIn(guild, guild.bot, channel));
  const shown = { id, name, type, guild_id: guild.id, parent_id, flags, permissions };
  return isThread(channel) ? { ...shown, thread_metadata: channel.thread_metadata } : shown;
}

/** Resolved members come without `deaf` and `mute` (receiving-and-responding.mdx, Resolved Data). */
function withoutVoice(member: ReturnType<typeof memberPayload>): object {
  const { deaf: _deaf, mute: _mute, ...rest } = member;
  return rest;
}
