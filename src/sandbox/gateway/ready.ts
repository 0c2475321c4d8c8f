import type { GatewayReadyDispatchData } from 'discord-api-types/v10';
import type { Account } from '../account.ts';
import type { Session } from './session.ts';

/** From the time of user accounts: empty for a bot, read by some libraries all the same. */
const leftOver = {
  private_channels: [],
  presences: [],
  relationships: [],
  user_settings: {},
  session_type: 'normal',
};

/** The data of READY: every guild of the shard is listed as unavailable, and follows in a GUILD_CREATE. */
export function readyData(
  session: Session,
  account: Account,
  guildIds: readonly string[],
  resumeUrl: string,
): GatewayReadyDispatchData {
  return {
    v: 10,
    user: { ...account.botUser, mfa_enabled: true, verified: true, email: null },
    guilds: guildIds.map((id) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: resumeUrl,
    shard: [session.shardId, session.shardCount],
    application: {
      id: account.applicationId,
      flags: account.applicationFlags,
      flags_new: String(account.applicationFlags),
    },
    ...leftOver,
  };
}
