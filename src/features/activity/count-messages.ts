import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { defineGatheringListener } from '../listener.ts';
import { messageCounts } from './message-counts.ts';

/** What members write in a guild; not bots, whose messages say nothing of how lively it is. */
export const countMessages = defineGatheringListener({
  name: 'activity.messages',
  event: GatewayDispatchEvents.MessageCreate,
  pick({ id, guild_id: guildId, author, webhook_id: webhookId }) {
    if (guildId === undefined || author.bot === true || webhookId !== undefined) return undefined;
    return { id, guildId };
  },
  async hearAll(messages, { enqueue, isOn }) {
    const byGuild = Map.groupBy(messages, ({ guildId }) => guildId);
    const counted: Record<string, string[]> = {};
    const count = async (guildId: string, those: typeof messages) => {
      if (await isOn(guildId)) counted[guildId] = those.map(({ id }) => id);
    };
    await Promise.all(Array.from(byGuild, ([guildId, those]) => count(guildId, those)));
    const key = `${messages[0]?.id}-${messages.at(-1)?.id}`;
    if (Object.keys(counted).length > 0) await enqueue(messageCounts, { key, body: { messages: counted } });
  },
});
