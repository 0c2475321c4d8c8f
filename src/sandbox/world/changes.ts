import type { Dispatch } from '../messages/channel-messages.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import { BanChanges } from './ban-changes.ts';
import { ChannelChanges } from './channel-changes.ts';
import { GuildChanges } from './guild-changes.ts';
import { InviteChanges } from './invite-changes.ts';
import { MemberChanges } from './member-changes.ts';
import { RoleChanges } from './role-changes.ts';
import type { Deed, LogEntry } from './audit-log.ts';
import { Stage } from './stage.ts';
import { ThreadChanges } from './thread-changes.ts';
import { ThreadMessages } from './thread-messages.ts';
import type { World } from './world.ts';

/**
 * What can become of the world. Each verb changes one guild, which is kept from then on, dispatches what Discord would,
 * and writes the audit log. Whether somebody may do it is for the caller to ask (`permissions.ts`): a verb throws Discord's
 * error only for what is not there and for what would be too many.
 */
export class WorldChanges {
  readonly guilds: GuildChanges;
  readonly members: MemberChanges;
  readonly bans: BanChanges;
  readonly roles: RoleChanges;
  readonly channels: ChannelChanges;
  readonly threads: ThreadChanges;
  readonly threadMessages: ThreadMessages;
  readonly invites: InviteChanges;
  readonly #stage: Stage;

  constructor(world: World, ids: SnowflakeClock, dispatch: Dispatch) {
    const stage = new Stage(world, ids, dispatch);
    this.#stage = stage;
    this.guilds = new GuildChanges(stage);
    this.members = new MemberChanges(stage);
    this.bans = new BanChanges(stage, this.members);
    this.roles = new RoleChanges(stage);
    this.channels = new ChannelChanges(stage);
    this.threads = new ThreadChanges(stage);
    this.threadMessages = new ThreadMessages(stage, this.threads);
    this.invites = new InviteChanges(stage);
  }
  /** Writes into a guild's audit log what is done to its messages, which are not the world's. */
  log(guildId: string, deed: Deed, entry: LogEntry): void {
    this.#stage.log(this.#stage.guild(guildId), deed, entry);
  }
}
