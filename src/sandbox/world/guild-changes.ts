import { AuditLogEvent, GatewayDispatchEvents } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { SnowflakeClock } from '../snowflake.ts';
import { differences, type Deed } from './audit-log.ts';
import { guildCreate, guildSettings } from './guild-create.ts';
import type { WorldGuild } from './guild.ts';
import type { GuildSettings } from './overlay.ts';
import type { Stage } from './stage.ts';

const events = GatewayDispatchEvents;

/** A guild that is joined later comes as to a client without the intent of presences and with the smallest threshold. */
const plainMembers = { withPresences: false, largeThreshold: 50 };

/** The guild as a whole, and whether the bot is in it. */
export class GuildChanges {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  update(guildId: string, settings: Partial<GuildSettings>, deed: Deed): WorldGuild {
    const guild = this.#stage.guild(guildId);
    const before = logged(guild);
    guild.overlay.settings = { ...guild.overlay.settings, ...settings };
    const changes = differences(before, logged(guild));
    if (changes.length === 0) return guild;
    const { roles } = guild;
    this.#stage.tellOf(guild, events.GuildUpdate, {
      ...guildSettings(guild),
      roles,
      emojis: [],
      stickers: [],
    });
    this.#stage.log(guild, deed, { action: AuditLogEvent.GuildUpdate, target: guildId, changes });
    return guild;
  }

  /**
   * The bot is added to a guild: to one that it left, or, without an id, to one that was not in the world before.
   * Throws Discord's error for an id of neither.
   */
  join(guildId?: string): WorldGuild {
    const joined = this.#stage.world.joinGuild(guildId);
    if (joined === undefined) throw discordErrors.unknownGuild();
    const guild = this.#stage.guild(joined);
    const { bot } = guild;
    guild.overlay.members.set(bot.user.id, { ...bot, joinedAt: SnowflakeClock.nowIso() });
    this.#stage.tellOf(guild, events.GuildCreate, guildCreate(guild, plainMembers));
    return guild;
  }

  /** The bot leaves the guild or is kicked from it: it is told the same. */
  leave(guildId: string): void {
    const guild = this.#stage.guild(guildId);
    this.#stage.world.leaveGuild(guildId);
    this.#stage.tellOf(guild, events.GuildDelete, { id: guildId });
  }
}

function logged({ name, locale, ownerId, details }: WorldGuild): object {
  return { name, preferred_locale: locale, owner_id: ownerId, ...details };
}
