import type { APIAttachment } from 'discord-api-types/v10';
import type { WorldGuild } from '../world/guild.ts';
import { memberPayload } from '../world/member.ts';

/** What ids stand for, as `data.resolved` carries it; `undefined` when there are none. */
export function resolvedOf(
  ids: ReadonlySet<string>,
  guild: WorldGuild,
  attachments: readonly APIAttachment[] = [],
): object | undefined {
  if (ids.size === 0 && attachments.length === 0) return undefined;
  const people = [...guild.members, guild.bot].filter(({ user }) => ids.has(user.id));
  const roles = guild.roles.filter(({ id }) => ids.has(id));
  const channels = guild.channels.filter(({ id }) => ids.has(id));
  return {
    ...(attachments.length > 0 && {
      attachments: Object.fromEntries(attachments.map((each) => [each.id, each])),
    }),
    ...(people.length > 0 && {
      users: Object.fromEntries(people.map(({ user }) => [user.id, user])),
      members: Object.fromEntries(
        people.map((person) => [
          person.user.id,
          { ...withoutVoice(memberPayload(person)), permissions: String(person.permissions) },
        ]),
      ),
    }),
    ...(roles.length > 0 && { roles: Object.fromEntries(roles.map((role) => [role.id, role])) }),
    ...(channels.length > 0 && {
      channels: Object.fromEntries(
        channels.map(({ id, name, type }) => [
          id,
          {
            id,
            name,
            type,
            guild_id: guild.id,
            parent_id: null,
            flags: 0,
            permissions: String(guild.bot.permissions),
          },
        ]),
      ),
    }),
  };
}

/** Resolved members come without `deaf` and `mute` (receiving-and-responding.mdx, Resolved Data). */
function withoutVoice(member: ReturnType<typeof memberPayload>): object {
  const { deaf: _deaf, mute: _mute, ...rest } = member;
  return rest;
}
