import { GatewayCloseCodes, GatewayDispatchEvents, GatewayOpcodes } from 'discord-api-types/v10';
import type { z } from 'zod';
import type { WorldGuild } from '../world/guild.ts';
import type { World } from '../world/world.ts';
import type { CloseCode } from './close-reasons.ts';
import type { ClientFrame } from './frames.ts';
import { MemberRequests } from './member-requests.ts';
import { forms } from './request-forms.ts';
import type { Session } from './session.ts';

const opcodes = GatewayOpcodes;

/** What a client may send once it has a session, besides heartbeats. */
export class Requests {
  readonly #world: World;
  readonly #members: MemberRequests;
  readonly #answers: ReadonlyMap<GatewayOpcodes, (session: Session, d: unknown) => boolean>;

  constructor(world: World, wholeGuildWindowMs: number) {
    this.#world = world;
    this.#members = new MemberRequests(world, wholeGuildWindowMs);
    this.#answers = new Map([
      // Nobody in the world looks at the bot's presence, and there is no voice channel to join.
      [opcodes.PresenceUpdate, (_, d) => forms.presence.safeParse(d).success],
      [opcodes.VoiceStateUpdate, (_, d) => forms.voiceState.safeParse(d).success],
      [opcodes.RequestGuildMembers, (session, d) => this.#guildMembers(session, d)],
      [opcodes.RequestSoundboardSounds, (session, d) => this.#soundboardSounds(session, d)],
      [opcodes.RequestChannelInfo, (session, d) => this.#channelInfo(session, d)],
    ]);
  }

  /** Whether Discord knows this opcode in a client's hand. */
  knows(op: GatewayOpcodes): boolean {
    return this.#answers.has(op);
  }

  /** Answers through the session's events; returns the close code for data that cannot be read. */
  answer(session: Session, { op, d }: ClientFrame): CloseCode | undefined {
    const understood = this.#answers.get(op)?.(session, d) ?? false;
    return understood ? undefined : GatewayCloseCodes.DecodeError;
  }

  #guildMembers(session: Session, d: unknown): boolean {
    return read(forms.guildMembers, d, (request) => {
      const guild = this.#guildOf(session, request.guild_id);
      if (guild) this.#members.answer(session, guild, request, performance.now());
    });
  }

  #soundboardSounds(session: Session, d: unknown): boolean {
    return read(forms.soundboardSounds, d, ({ guild_ids }) => {
      for (const guild_id of guild_ids) {
        if (!this.#guildOf(session, guild_id)) continue;
        session.send(GatewayDispatchEvents.SoundboardSounds, { guild_id, soundboard_sounds: [] });
      }
    });
  }

  #channelInfo(session: Session, d: unknown): boolean {
    return read(forms.channelInfo, d, ({ guild_id }) => {
      // It tells of voice channels, and there are none.
      if (this.#guildOf(session, guild_id))
        session.send(GatewayDispatchEvents.ChannelInfo, { guild_id, channels: [] });
    });
  }

  /** A guild of another shard, or one without the bot, is answered with silence. */
  #guildOf({ shardId, shardCount }: Session, guildId: string): WorldGuild | undefined {
    const guild = this.#world.guild(guildId);
    return guild && guild.createdMs % shardCount === shardId ? guild : undefined;
  }
}

function read<T>(form: z.ZodType<T>, d: unknown, use: (request: T) => void): boolean {
  const parsed = form.safeParse(d);
  if (parsed.success) use(parsed.data);
  return parsed.success;
}
