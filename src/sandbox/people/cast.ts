import type { Phase } from '../control/scenario-forms.ts';
import { Refusal } from '../driver/refusal.ts';
import { takesMessages } from '../world/channel.ts';
import type { WorldGuild } from '../world/guild.ts';
import { Latest } from '../world/latest.ts';
import type { WorldMember } from '../world/member.ts';
import { isAllowed } from '../world/permissions.ts';
import type { World } from '../world/world.ts';
import { Weighted, anyOf } from './chance.ts';
import type { Hand } from './plausible-value.ts';
import { temperOf, type Temper } from './temper.ts';

/** Of a guild's members so many do all that is done; the others read. */
const castSize = 60;

/** The owner, a moderator and an ordinary member, on whom tests and demos rely. */
const leading = 3;

/** Casts that are held. */
const castsHeld = 2_000;

export type Drive = 'chat' | 'commands' | 'reactions';

/** Somebody who is about to do something: who, where, what they are like. */
export type Actor = Hand & { readonly temper: Temper };

type Role = { readonly id: string; readonly temper: Temper };
type Cast = { readonly roles: readonly Role[]; readonly by: Readonly<Record<Drive, Weighted<Role>>> };

/** Who does things in the guilds of a run. */
export class Casts {
  readonly #seed: number;
  readonly #world: World;
  readonly #casts = new Latest<string, Cast>(castsHeld);
  readonly #newcomers = new Map<string, string[]>();

  constructor(seed: number, world: World) {
    this.#seed = seed;
    this.#world = world;
  }

  /** Somebody, in a channel where they may do what `needed` says. Throws `Refusal` where there is nobody, or no channel. */
  actor(guildId: string, drive: Drive, who: Phase['who'], needed: bigint, random: () => number): Actor {
    const guild = this.#guild(guildId);
    const { id, temper } = this.#someone(guild, drive, who, random);
    const member = guild.members.get(id);
    if (!member) throw new Refusal(`there is no member ${id} in guild ${guildId} any more`);
    const channels = guild.channels.filter(
      (channel) => takesMessages(channel) && isAllowed(needed, guild, member, channel),
    );
    // The first channels of a guild are its liveliest.
    const channel = channels[Math.floor(random() ** 2 * channels.length)];
    if (!channel) throw new Refusal(`${member.user.username} may do nothing in ${guild.name}`);
    return { scene: { guild, channel, member }, temper, language: temper.language, random };
  }

  came(guildId: string, userId: string): void {
    const ids = this.#newcomers.get(guildId) ?? [];
    this.#newcomers.set(guildId, ids);
    ids.push(userId);
  }

  get newcomers(): number {
    return [...this.#newcomers.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Who leaves: somebody who came in this run, else anybody but those on whom tests and demos rely. */
  leaver(guildId: string, random: () => number): WorldMember {
    const { members } = this.#guild(guildId);
    const ids =
      this.#newcomers.get(guildId) ??
      this.#cast(guildId)
        .roles.slice(leading)
        .map(({ id }) => id);
    const member = members.get(anyOf(random, ids) ?? '');
    if (!member) throw new Refusal(`nobody in guild ${guildId} is about to leave`);
    return member;
  }

  #someone(guild: WorldGuild, drive: Drive, who: Phase['who'], random: () => number): Role {
    const role = this.#drawn(guild, drive, who, random);
    if (!role) throw new Refusal(`there is nobody who does things in guild ${guild.id}`);
    return role;
  }

  #drawn(guild: WorldGuild, drive: Drive, who: Phase['who'], random: () => number): Role | undefined {
    const { roles, by } = this.#cast(guild.id);
    if (who === 'everyone') return by[drive].draw(random);
    if (who === 'newcomers') {
      const id = anyOf(random, this.#newcomers.get(guild.id) ?? []);
      return id === undefined ? undefined : { id, temper: temperOf(this.#seed, id, guild.id) };
    }
    const few = roles.slice(leading, leading + who.few);
    return anyOf(random, few.length > 0 ? few : roles.slice(-1));
  }

  #cast(guildId: string): Cast {
    return this.#casts.get(guildId, () => {
      const members = this.#guild(guildId).members.first(castSize);
      const roles = members.map(({ user }) => ({
        id: user.id,
        temper: temperOf(this.#seed, user.id, guildId),
      }));
      const by = (drive: Drive) => new Weighted(roles, ({ temper }) => temper[drive]);
      return { roles, by: { chat: by('chat'), commands: by('commands'), reactions: by('reactions') } };
    });
  }

  #guild(id: string): WorldGuild {
    const guild = this.#world.guild(id);
    if (!guild) throw new Refusal(`there is no guild ${id} any more`);
    return guild;
  }
}
