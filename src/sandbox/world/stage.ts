import { GatewayDispatchEvents, PermissionFlagsBits } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import type { Dispatch } from '../messages/channel-messages.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import { addEntry, type Deed, type LogEntry } from './audit-log.ts';
import type { WorldGuild } from './guild.ts';
import { permissionsIn } from './permissions.ts';
import type { World } from './world.ts';

/** Where changes take place: what every verb needs of the world around it. */
export class Stage {
  readonly world: World;
  readonly #ids: SnowflakeClock;
  readonly #dispatch: Dispatch;

  constructor(world: World, ids: SnowflakeClock, dispatch: Dispatch) {
    this.world = world;
    this.#ids = ids;
    this.#dispatch = dispatch;
  }

  nextId(): string {
    return this.#ids.next();
  }

  /** The guild that is to be changed, and from now on is kept; throws Discord's error where the bot is in none such. */
  guild(id: string): WorldGuild {
    const guild = this.world.changing(id);
    if (!guild) throw discordErrors.unknownGuild();
    return guild;
  }

  /** Dispatches an event about the guild itself. */
  tellOf({ id }: WorldGuild, event: GatewayDispatchEvents, data: object): void {
    this.#dispatch(id, event, data);
  }

  /** Dispatches an event about something in the guild, which names the guild. */
  tell({ id }: WorldGuild, event: GatewayDispatchEvents, data: object): void {
    this.#dispatch(id, event, { ...data, guild_id: id });
  }

  /** The same, where the bot has one of the permissions that Discord asks for. */
  tellIfAllowed(guild: WorldGuild, oneOf: bigint, event: GatewayDispatchEvents, data: object): void {
    if ((permissionsIn(guild, guild.bot) & oneOf) !== 0n) this.tell(guild, event, data);
  }

  /** Writes into the guild's audit log, which is told to bots with View Audit Log (events/gateway-events.mdx). */
  log(guild: WorldGuild, deed: Deed, entry: LogEntry): void {
    const written = addEntry(guild.overlay.auditLog, this.nextId(), deed, entry);
    const { GuildAuditLogEntryCreate } = GatewayDispatchEvents;
    this.tellIfAllowed(guild, PermissionFlagsBits.ViewAuditLog, GuildAuditLogEntryCreate, written);
  }
}
