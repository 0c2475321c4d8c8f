import {
  ApplicationCommandType,
  InteractionType,
  MessageType,
  type APIMessageInteractionMetadata,
} from 'discord-api-types/v10';
import { isEphemeral, type MessageOrigin } from '../messages/message.ts';
import { replyTo } from '../messages/reply.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { Place } from '../world/world.ts';
import type { Interaction } from './interaction.ts';

/** A message that answers the interaction: the first by a reply, a further one when there is a message to follow up. */
export function interactionMessage(interaction: Interaction, place: Place): MessageOrigin {
  const { applicationId, source } = interaction.origin;
  const replied = (interaction.original ?? source)?.message;
  return {
    place,
    applicationId,
    author: place.guild.bot,
    type: typeOf(interaction),
    interaction: provenance(interaction, place.guild),
    // An ephemeral message must not show in one that everybody sees.
    ...(replied && !isEphemeral(replied) && { reply: replyTo(replied, place.guild) }),
  };
}

function typeOf({ origin, original }: Interaction): MessageType {
  if (original || origin.source) return MessageType.Reply;
  if (origin.type === InteractionType.ModalSubmit) return MessageType.Default;
  const isTyped =
    (origin.commandType ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput;
  return isTyped ? MessageType.ChatInputCommand : MessageType.ContextMenuCommand;
}

function provenance(interaction: Interaction, guild: WorldGuild): NonNullable<MessageOrigin['interaction']> {
  const { id, origin, original } = interaction;
  const { user, commandName } = origin;
  const answered = original && { original_response_message_id: original.message.id };
  const metadata = { ...metadataOf(interaction, guild), ...answered } as APIMessageInteractionMetadata;
  // What names the command is there for commands alone.
  if (origin.type !== InteractionType.ApplicationCommand) return { interaction_metadata: metadata };
  return {
    interaction: { id, type: origin.type, name: commandName, user },
    interaction_metadata: metadata,
  };
}

/** resources/message.mdx, Message Interaction Metadata Object: each type has its own. */
function metadataOf({ id, origin }: Interaction, guild: WorldGuild): object {
  const { type, user, guildId, source, trigger, targetId, commandType } = origin;
  const common = { id, type, user, authorizing_integration_owners: { 0: guildId } };
  if (type === InteractionType.MessageComponent) {
    return { ...common, interacted_message_id: source?.message.id };
  }
  if (type === InteractionType.ModalSubmit) {
    return { ...common, ...(trigger && { triggering_interaction_metadata: metadataOf(trigger, guild) }) };
  }
  if (targetId === undefined) return common;
  if (commandType === ApplicationCommandType.Message) return { ...common, target_message_id: targetId };
  const target = guild.members.get(targetId);
  return { ...common, ...(target && { target_user: target.user }) };
}
