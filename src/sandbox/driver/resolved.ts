import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { WorldGuild } from '../world/guild.ts';
import { memberPayload } from '../world/member.ts';
import type { SentValue } from './option-values.ts';

const { User, Role, Channel, Mentionable } = ApplicationCommandOptionType;
const idTypes: ReadonlySet<ApplicationCommandOptionType> = new Set([User, Role, Channel, Mentionable]);

/** What the ids among the values stand for, as `data.resolved` carries it; `undefined` when there are none. */
export function resolvedOf(values: readonly SentValue[], guild: WorldGuild): object | undefined {
  const ids = new Set(values.filter(({ type }) => idTypes.has(type)).map(({ value }) => value));
  if (ids.size === 0) return undefined;
  const people = [...guild.members, guild.bot].filter(({ user }) => ids.has(user.id));
  const roles = guild.roles.filter(({ id }) => ids.has(id));
  const channels = guild.channels.filter(({ id }) => ids.has(id));
  return {
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
