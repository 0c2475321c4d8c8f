import {
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
  type GatewayRateLimitedRequestGuildMembersDispatchData,
} from 'discord-api-types/v10';
import type { WorldGuild } from '../world/guild.ts';
import type { World } from '../world/world.ts';
import { chooseMembers, memberChunk } from './member-chunks.ts';
import { streamMembers } from './member-stream.ts';
import type { MembersRequest } from './request-forms.ts';
import type { Session } from './session.ts';

/** Op 8: a guild's members on request, all of them once per guild in 30 s (change-log.mdx:1464). */
export class MemberRequests {
  readonly #world: World;
  readonly #windowMs: number;
  readonly #answeredAt = new Map<string, number>();

  constructor(world: World, windowMs: number) {
    this.#world = world;
    this.#windowMs = windowMs;
  }

  answer(session: Session, guild: WorldGuild, request: MembersRequest, nowMs: number): void {
    const nonce = usableNonce(request.nonce);
    const withPresences = request.presences && (session.intents & GatewayIntentBits.GuildPresences) !== 0;
    const options = { nonce, withPresences };
    if (isWholeGuild(request)) {
      // Discord does not refuse this, it stays silent: clients of every language wait until their own time-out.
      if ((session.intents & GatewayIntentBits.GuildMembers) === 0) return;
      const waitMs = (this.#answeredAt.get(guild.id) ?? -Infinity) + this.#windowMs - nowMs;
      if (waitMs > 0)
        return session.send(GatewayDispatchEvents.RateLimited, rateLimited(guild.id, nonce, waitMs));
      this.#answeredAt.set(guild.id, nowMs);
      return void streamMembers(session, this.#world, guild.id, options);
    }
    const place = { chunk_index: 0, chunk_count: 1 };
    const chunk = memberChunk(guild.id, chooseMembers(guild, request), place, options);
    session.send(GatewayDispatchEvents.GuildMembersChunk, chunk);
  }
}

function isWholeGuild({ query, limit, user_ids }: MembersRequest): boolean {
  return user_ids === undefined && query === '' && limit === 0;
}

/** At most 32 bytes, else the chunks carry none (events/gateway-events.mdx, Request Guild Members). */
function usableNonce(nonce: unknown): string | undefined {
  return typeof nonce === 'string' && Buffer.byteLength(nonce) <= 32 ? nonce : undefined;
}

function rateLimited(
  guild_id: string,
  nonce: string | undefined,
  waitMs: number,
): GatewayRateLimitedRequestGuildMembersDispatchData {
  return {
    opcode: GatewayOpcodes.RequestGuildMembers,
    retry_after: Math.ceil(waitMs) / 1_000,
    meta: { guild_id, ...(nonce !== undefined && { nonce }) },
  };
}
