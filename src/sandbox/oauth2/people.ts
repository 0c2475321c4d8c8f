import type { APIUser } from 'discord-api-types/v10';
import type { Account } from '../account.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { WorldMember } from '../world/member.ts';
import type { World } from '../world/world.ts';

export type Place = { readonly guild: WorldGuild; readonly member: WorldMember };
export type Person = { readonly user: APIUser; readonly places: readonly Place[] };

/** Where a person is, the oldest guild first. A person's id is of their guild's own hour, so that guild is the last before it. */
export function placesOf(world: World, userId: string): readonly Place[] {
  return world.guildIdsBefore(1, userId).flatMap((guildId) => placeIn(world, guildId, userId) ?? []);
}

export function placeIn(world: World, guildId: string, userId: string): Place | undefined {
  const guild = world.guild(guildId);
  const member = guild?.members.find(({ user }) => user.id === userId);
  return guild && member && { guild, member };
}

/** Somebody who can log in: a person of the world, or the application's owner, but no bot. */
export function personOf(world: World, account: Account, userId: string): APIUser | undefined {
  if (userId === account.ownerUser.id) return account.ownerUser;
  const user = world.user(userId);
  return user?.bot ? undefined : user;
}

/** The people of some guilds, each once, with everything they are in. */
export function peopleOf(world: World, guildIds: readonly string[]): readonly Person[] {
  const members = guildIds.flatMap((id) => world.guild(id)?.members ?? []);
  const users = new Map(members.filter(({ user }) => !user.bot).map(({ user }) => [user.id, user]));
  return [...users.values()].map((user) => ({ user, places: placesOf(world, user.id) }));
}
