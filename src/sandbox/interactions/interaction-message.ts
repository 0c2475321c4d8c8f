import { InteractionType, MessageType, type APIUser } from 'discord-api-types/v10';
import type { MessageOrigin } from '../messages/message.ts';
import type { Interaction } from './interaction.ts';

/** A message that answers the interaction: the first by a reply, a further one when there is a message to follow up. */
export function interactionMessage(
  interaction: Interaction,
  author: APIUser,
  messageId: string,
): MessageOrigin {
  const { applicationId, channelId } = interaction.origin;
  const isFollowUp = interaction.original !== undefined;
  return {
    id: messageId,
    channelId,
    applicationId,
    author,
    type: isFollowUp ? MessageType.Reply : MessageType.ChatInputCommand,
    interaction: provenance(interaction),
  };
}

function provenance({ id, origin, original }: Interaction): NonNullable<MessageOrigin['interaction']> {
  const { user, guildId, commandName } = origin;
  const type = InteractionType.ApplicationCommand;
  return {
    interaction: { id, type, name: commandName, user },
    interaction_metadata: {
      id,
      type,
      user,
      authorizing_integration_owners: { 0: guildId },
      ...(original && { original_response_message_id: original.id }),
    },
  };
}
