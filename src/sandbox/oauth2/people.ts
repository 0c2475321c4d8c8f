import type { APIUser } from 'discord-api-types/v10';
import type { Account } from '../account.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { WorldMember } from '../world/member.ts';
import type { World } from '../world/world.ts';

export type Place = { readonly guild: WorldGuild; readonly member: WorldMember };
export type Person = { readonly user: APIUser; readonly places: readonly Place[] };

/** Where a person is, the oldest guild first. */
export function placesOf(world: World, userId: string): readonly Place[] {
  return world.guildsOf(userId).flatMap((guild) => memberPlace(guild, userId) ?? []);
}

export function placeIn(world: World, guildId: string, userId: string): Place | undefined {
  const guild = world.guild(guildId);
  return guild && memberPlace(guild, userId);
}

/** Somebody who can log in: a person of the world, or the application's owner, but no bot. */
export function personOf(world: World, account: Account, userId: string): APIUser | undefined {
  if (userId === account.ownerUser.id) return account.ownerUser;
  const user = world.user(userId);
  return user?.bot ? undefined : user;
}

/** Of a guild's people these are offered: the owner, a moderator and an ordinary member come first. */
const offeredPerGuild = 10;

/** The people of some guilds, each once, with everything they are in. */
export function peopleOf(world: World, guildIds: readonly string[]): readonly Person[] {
  const members = guildIds.flatMap((id) => world.guild(id)?.members.first(offeredPerGuild) ?? []);
  const users = new Map(members.map(({ user }) => [user.id, user]));
  return [...users.values()].map((user) => ({ user, places: placesOf(world, user.id) }));
}

function memberPlace(guild: WorldGuild, userId: string): Place | undefined {
  const member = guild.members.get(userId);
  return member && { guild, member };
}
