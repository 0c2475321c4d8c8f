import { MessageReferenceType, type APIMessage } from 'discord-api-types/v10';
import type { MessageOrigin } from './message.ts';

/** What a message shows of the one that it replies to, which is shown without what that one replies to in its turn. */
export function replyTo(replied: APIMessage, guildId: string): NonNullable<MessageOrigin['reply']> {
  const { referenced_message: _, ...shown } = replied;
  return {
    message_reference: {
      type: MessageReferenceType.Default,
      channel_id: replied.channel_id,
      message_id: replied.id,
      guild_id: guildId,
    },
    referenced_message: shown,
  };
}
