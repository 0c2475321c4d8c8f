import type { APIMessage } from 'discord-api-types/v10';
import type { API } from '../discord/discord.ts';
import { refusalCode } from '../discord/refused.ts';

/** Why Discord does not let the bot post somewhere: what people there can change. */
export type Trouble = 'gone' | 'viewChannel' | 'sendMessages' | 'archived';

/** topics/opcodes-and-status-codes, "JSON": unknown channel and message, no access, no permission, archived thread. */
const troubles: ReadonlyMap<number | undefined, Trouble> = new Map([
  [10_003, 'gone'],
  [10_008, 'gone'],
  [50_001, 'viewChannel'],
  [50_013, 'sendMessages'],
  [50_083, 'archived'],
]);

/** What stands in the way of a call; rejects with every other failure, which is worth another try. */
export async function troubleOf(call: Promise<unknown>): Promise<Trouble | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    const trouble = troubles.get(refusalCode(error));
    if (trouble === undefined) throw error;
    return trouble;
  }
}

/** Tells one person, once however often it is tried (`nonce`: at most 25 characters). Who takes no messages is not told: 50007. */
export async function tell(
  api: API,
  userId: string,
  content: string,
  { nonce, signal }: { readonly nonce: string; readonly signal: AbortSignal },
): Promise<void> {
  try {
    const { id } = await api.users.createDM(userId, { signal });
    const body = { content, nonce, enforce_nonce: true, allowed_mentions: { parse: [] } };
    await api.channels.createMessage(id, body, { signal });
  } catch (error) {
    if (refusalCode(error) === undefined) throw error;
  }
}

/** The message that answered an interaction whose process ended before it could note the id. */
export async function answerTo(
  api: API,
  channelId: string,
  interactionId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const isAnswer = ({ interaction_metadata: asked }: APIMessage) => asked?.id === interactionId;
  try {
    const query = { after: interactionId, limit: 100 };
    return (await api.channels.getMessages(channelId, query, { signal })).find(isAnswer)?.id;
  } catch (error) {
    if (refusalCode(error) === undefined) throw error;
    return undefined;
  }
}
