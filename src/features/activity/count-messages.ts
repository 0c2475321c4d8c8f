import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { defineListener, type ListenerContext } from '../listener.ts';
import { messageCounts } from './message-counts.ts';

/** What members write in a guild; not bots, whose messages say nothing of how lively it is. */
export const countMessages = defineListener({
  name: 'activity.messages',
  event: GatewayDispatchEvents.MessageCreate,
  hear({ id, guild_id: guildId, author, webhook_id: webhookId }, context) {
    if (guildId === undefined || author.bot === true || webhookId !== undefined) return undefined;
    return count(id, guildId, context);
  },
});

async function count(id: string, guildId: string, { enqueue, isOn }: ListenerContext): Promise<void> {
  if (await isOn(guildId)) await enqueue(messageCounts, { key: id, body: { guildId } });
}
