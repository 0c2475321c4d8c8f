import type { APIMessage } from 'discord-api-types/v10';
import type { InteractionSight, MessageSight } from '../control/interactions.ts';
import type { Interaction } from '../interactions/interaction.ts';
import { isEphemeral } from '../messages/message.ts';

/** What Discord's client shows when no first answer came in time. */
const failedText = 'This interaction failed';

/** What the member who ran the command sees of it now. */
export function sightOf(interaction: Interaction): InteractionSight {
  const { id, state, original, modal, answeredInMs, followUps, shardId } = interaction;
  const shown = original && messageSight(original);
  return {
    interactionId: id,
    state,
    ephemeral: shown?.ephemeral ?? false,
    content: state === 'failed' ? failedText : (shown?.content ?? ''),
    embeds: shown?.embeds ?? [],
    components: shown?.components ?? [],
    followUps: [...followUps.values()].map(messageSight),
    ...(modal && { modal }),
    answeredInMs: answeredInMs ?? null,
    shardId,
  };
}

function messageSight(message: APIMessage): MessageSight {
  const { id, content, embeds, components = [] } = message;
  return { id, ephemeral: isEphemeral(message), content, embeds, components };
}
