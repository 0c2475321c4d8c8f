import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { defineListener } from '../listener.ts';
import { messageCounts } from './message-counts.ts';

/** What members write in a guild; not bots, whose messages say nothing of how lively it is. */
export const countMessages = defineListener({
  name: 'activity.messages',
  event: GatewayDispatchEvents.MessageCreate,
  hear({ id, guild_id: guildId, author, webhook_id: webhookId }, { enqueue }) {
    if (guildId === undefined || author.bot === true || webhookId !== undefined) return undefined;
    return enqueue(messageCounts, { key: id, body: { guildId } });
  },
});
