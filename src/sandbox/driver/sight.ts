import type { APIMessage } from 'discord-api-types/v10';
import type { AutocompleteSight } from '../control/autocomplete.ts';
import type { InteractionSight, MessageSight } from '../control/interactions.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { KeptMessage } from '../messages/kept-message.ts';
import { isEphemeral } from '../messages/message.ts';

/** What Discord's client shows when no first answer came in time. */
const failedText = 'This interaction failed';

/** What the member who ran the command sees of it now. */
export function sightOf(interaction: Interaction): InteractionSight {
  const { id, origin, state, original, modal, answeredInMs, followUps, shardId } = interaction;
  const message = original && shownMessage(original);
  const shown = message && messageSight(message);
  return {
    interactionId: id,
    type: origin.type,
    guildId: origin.guildId,
    channelId: origin.channelId,
    state,
    ephemeral: shown?.ephemeral ?? false,
    content: state === 'failed' ? failedText : (shown?.content ?? ''),
    embeds: shown?.embeds ?? [],
    components: shown?.components ?? [],
    message: message ?? null,
    followUps: [...followUps.values()].flatMap((kept) => shownMessage(kept) ?? []).map(messageSight),
    ...(modal && { modal }),
    answeredInMs: answeredInMs ?? null,
    shardId,
  };
}

export function autocompleteSight({ choices, answeredInMs, shardId, state }: Interaction): AutocompleteSight {
  return {
    choices: choices.map(({ name, value }) => ({ name, value })),
    answeredInMs: answeredInMs ?? null,
    shardId,
    state,
  };
}

function shownMessage({ message, deleted }: KeptMessage): APIMessage | undefined {
  return deleted ? undefined : message;
}

function messageSight(message: APIMessage): MessageSight {
  const { id, content, embeds, components = [] } = message;
  return { id, ephemeral: isEphemeral(message), content, embeds, components };
}
