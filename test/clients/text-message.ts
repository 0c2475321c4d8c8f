import type { GuildSight } from '../../src/sandbox/client.ts';
import { SnowflakeClock } from '../../src/sandbox/snowflake.ts';
import { memberOf } from '../sandbox/arena.ts';

const ids = new SnowflakeClock();

/** The data of MESSAGE_CREATE for a member who writes in the guild's first channel. */
export function textMessage(guild: GuildSight, content: string, id = ids.next()): object {
  return {
    id,
    type: 0,
    channel_id: guild.channels[0]?.id,
    guild_id: guild.id,
    author: {
      id: memberOf(guild, 'member'),
      username: 'a-member',
      discriminator: '0',
      global_name: null,
      avatar: null,
      public_flags: 0,
    },
    member: { roles: [], joined_at: new Date(0).toISOString(), deaf: false, mute: false, flags: 0 },
    content,
    timestamp: SnowflakeClock.nowIso(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: 0,
  };
}
