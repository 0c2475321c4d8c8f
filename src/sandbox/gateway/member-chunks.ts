import type { GatewayGuildMembersChunkDispatchData } from 'discord-api-types/v10';
import type { WorldGuild } from '../world/guild.ts';
import { memberPayload, type WorldMember } from '../world/member.ts';
import type { MembersRequest } from './request-forms.ts';

/** events/gateway-events.mdx, Request Guild Members: members of one chunk, and of one request by name or by ids. */
const membersPerChunk = 1_000;
const maxChosen = 100;

export type ChosenMembers = {
  readonly members: readonly WorldMember[];
  /** Ids that were asked for and belong to no member; absent where none were asked for. */
  readonly notFound?: readonly string[];
};

/** The members that a request means; ids rule where both are given. */
export function chooseMembers(guild: WorldGuild, { user_ids, query, limit }: MembersRequest): ChosenMembers {
  const everybody = [...guild.members, guild.bot];
  if (user_ids) {
    const wanted = new Set(user_ids.slice(0, maxChosen));
    const members = everybody.filter(({ user }) => wanted.has(user.id));
    for (const { user } of members) wanted.delete(user.id);
    return { members, notFound: [...wanted] };
  }
  const prefix = (query ?? '').toLowerCase();
  if (prefix === '' && limit === 0) return { members: everybody };
  const named = everybody.filter(({ user }) => user.username.toLowerCase().startsWith(prefix));
  return { members: named.slice(0, limit === 0 ? maxChosen : Math.min(limit, maxChosen)) };
}

/** The data of each GUILD_MEMBERS_CHUNK; an answer without members is one empty chunk. */
export function memberChunks(
  guild_id: string,
  { members, notFound = [] }: ChosenMembers,
  options: { readonly nonce: string | undefined; readonly withPresences: boolean },
): GatewayGuildMembersChunkDispatchData[] {
  const chunk_count = Math.max(1, Math.ceil(members.length / membersPerChunk));
  return Array.from({ length: chunk_count }, (_, chunk_index) => ({
    guild_id,
    members: members
      .slice(chunk_index * membersPerChunk, (chunk_index + 1) * membersPerChunk)
      .map((member) => ({ ...memberPayload(member), user: member.user })),
    chunk_index,
    chunk_count,
    ...(notFound.length > 0 && chunk_index === 0 && { not_found: [...notFound] }),
    // Nobody in the world is online; a client that asked for presences looks for the list all the same.
    ...(options.withPresences && { presences: [] }),
    ...(options.nonce !== undefined && { nonce: options.nonce }),
  }));
}
