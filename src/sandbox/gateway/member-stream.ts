import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { World } from '../world/world.ts';
import { memberChunk, membersPerChunk, type ChunkOptions } from './member-chunks.ts';
import type { Session } from './session.ts';

/**
 * Sends all members of a guild in chunks, as fast as their reader takes them. A chunk has half a megabyte: what is kept
 * for a RESUME is how to make it again.
 */
export async function streamMembers(
  session: Session,
  world: World,
  guildId: string,
  options: ChunkOptions,
): Promise<void> {
  const members = () => world.guild(guildId)?.members;
  const chunk_count = Math.ceil((members()?.count ?? 0) / membersPerChunk);
  let after = '0';
  for (let chunk_index = 0; chunk_index < chunk_count; chunk_index += 1) {
    const first = after;
    const page = () => members()?.page(membersPerChunk, first) ?? [];
    const { promise: flushed, resolve } = Promise.withResolvers<void>();
    session.dispatch(
      GatewayDispatchEvents.GuildMembersChunk,
      () => JSON.stringify(memberChunk(guildId, { members: page() }, { chunk_index, chunk_count }, options)),
      resolve,
    );
    await flushed;
    after = page().at(-1)?.user.id ?? after;
  }
}
