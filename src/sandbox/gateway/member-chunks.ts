import type { GatewayGuildMembersChunkDispatchData } from 'discord-api-types/v10';
import type { WorldGuild } from '../world/guild.ts';
import { memberWithUser, type WorldMember } from '../world/member.ts';
import type { MembersRequest } from './request-forms.ts';

/** events/gateway-events.mdx, Request Guild Members: members of one chunk, and of one request by name or by ids. */
export const membersPerChunk = 1_000;
const maxChosen = 100;

export type ChosenMembers = {
  readonly members: readonly WorldMember[];
  /** Ids that were asked for and belong to no member; absent where none were asked for. */
  readonly notFound?: readonly string[];
};

/** The members that a request means which is not for the whole guild; ids rule where both are given. */
export function chooseMembers(guild: WorldGuild, { user_ids, query, limit }: MembersRequest): ChosenMembers {
  if (!user_ids) {
    const most = limit === 0 ? maxChosen : Math.min(limit, maxChosen);
    return { members: guild.members.search(query ?? '', most) };
  }
  const wanted = [...new Set(user_ids.slice(0, maxChosen))];
  return {
    members: wanted.flatMap((id) => guild.members.get(id) ?? []),
    notFound: wanted.filter((id) => !guild.members.get(id)),
  };
}

export type ChunkOptions = { readonly nonce: string | undefined; readonly withPresences: boolean };

/** The data of one GUILD_MEMBERS_CHUNK. */
export function memberChunk(
  guild_id: string,
  { members, notFound = [] }: ChosenMembers,
  place: { readonly chunk_index: number; readonly chunk_count: number },
  options: ChunkOptions,
): GatewayGuildMembersChunkDispatchData {
  return {
    guild_id,
    members: members.map(memberWithUser),
    ...place,
    ...(notFound.length > 0 && { not_found: [...notFound] }),
    // Nobody in the world is online; a client that asked for presences looks for the list all the same.
    ...(options.withPresences && { presences: [] }),
    ...(options.nonce !== undefined && { nonce: options.nonce }),
  };
}
