import type { Account } from '../account.ts';
import type { ChannelMessages, Dispatch } from '../messages/channel-messages.ts';
import type { Pins } from '../messages/pins.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import type { WorldChanges } from '../world/changes.ts';
import type { World } from '../world/world.ts';

/** What the routes of guilds and channels are about. */
export type GuildParts = {
  readonly account: Account;
  readonly world: World;
  readonly changes: WorldChanges;
  readonly messages: ChannelMessages;
  readonly pins: Pins;
  readonly ids: SnowflakeClock;
  readonly dispatch: Dispatch;
};
