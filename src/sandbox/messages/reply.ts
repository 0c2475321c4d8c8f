import { MessageReferenceType, type APIMessage } from 'discord-api-types/v10';
import { isDirect } from '../world/directs.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { MessageOrigin } from './message.ts';

/** What a message shows of the one that it replies to, which is shown without what that one replies to in its turn. */
export function replyTo(replied: APIMessage, guild: WorldGuild): NonNullable<MessageOrigin['reply']> {
  const { referenced_message: _, ...shown } = replied;
  return {
    message_reference: {
      type: MessageReferenceType.Default,
      channel_id: replied.channel_id,
      message_id: replied.id,
      ...(!isDirect(guild) && { guild_id: guild.id }),
    },
    referenced_message: shown,
  };
}
