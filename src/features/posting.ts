import { RESTJSONErrorCodes, type APIMessage } from 'discord-api-types/v10';
import type { API } from '../discord/discord.ts';
import { refusalCode } from '../discord/error-code.ts';
import type { ReplyBody } from './context.ts';
import type { JobContext } from './job.ts';
import { sendingIn, type PostingPermission } from './sending.ts';

/** Why Discord does not let the bot post somewhere: what people there can change. */
export type Trouble = 'gone' | 'archived' | 'refused' | { readonly lacks: PostingPermission };

type Tools = Pick<JobContext<unknown>, 'api' | 'signal' | 'log'>;

/** Returns what stands in the way, now and at any other try; rejects with every failure that is worth one. */
export async function post(
  tools: Tools,
  channelId: string,
  message: Parameters<API['channels']['createMessage']>[1],
): Promise<Trouble | undefined> {
  try {
    await tools.api.channels.createMessage(channelId, message, { signal: tools.signal });
    return undefined;
  } catch (error) {
    return troubleFrom(error, channelId, tools);
  }
}

/**
 * Changes the message that answered the interaction `id`; where its process ended before it could note which that is, it is looked for.
 * Returns and rejects as `post`.
 */
export async function editAnswer(
  tools: Tools,
  {
    id,
    channelId,
    messageId,
  }: { readonly id: string; readonly channelId: string; readonly messageId: string | null },
  { embeds = [], components = [] }: ReplyBody,
): Promise<Trouble | undefined> {
  const { api, signal } = tools;
  try {
    const message = messageId ?? (await answerTo(api, channelId, id, signal));
    if (message === undefined) return 'gone';
    const body = { embeds: [...embeds], components: [...components] };
    await api.channels.editMessage(channelId, message, body, { signal });
    return undefined;
  } catch (error) {
    return troubleFrom(error, channelId, tools);
  }
}

/**
 * Tells one person. Tried again within a few minutes, as long as Discord remembers a nonce (at most 25 characters), it is one message.
 * Who takes no messages is not told: 50007.
 */
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

async function answerTo(
  api: API,
  channelId: string,
  interactionId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const isAnswer = ({ interaction_metadata: asked }: APIMessage) => asked?.id === interactionId;
  const query = { after: interactionId, limit: 100 };
  return (await api.channels.getMessages(channelId, query, { signal })).find(isAnswer)?.id;
}

/** Rejects with what is worth another try. */
async function troubleFrom(error: unknown, channelId: string, tools: Tools): Promise<Trouble> {
  const code = refusalCode(error);
  switch (code) {
    case undefined:
      throw error;
    case RESTJSONErrorCodes.UnknownChannel:
    case RESTJSONErrorCodes.UnknownMessage:
      return 'gone';
    case RESTJSONErrorCodes.MissingAccess:
      return { lacks: 'ViewChannel' };
    case RESTJSONErrorCodes.MissingPermissions:
      return { lacks: await sendingThere(channelId, tools) };
    case RESTJSONErrorCodes.InvalidActionOnArchivedThread:
      return 'archived';
    // Whose direct messages are closed; the person's own choice.
    case RESTJSONErrorCodes.CannotSendMessagesToThisUser:
      return 'refused';
    default:
      tools.log.warn({ err: error }, 'Discord refuses a call for a reason of its own');
      return 'refused';
  }
}

/** Where Discord does not tell what the channel is, what most of them are is said. */
async function sendingThere(
  channelId: string,
  { api, signal }: Tools,
): Promise<ReturnType<typeof sendingIn>> {
  try {
    return sendingIn((await api.channels.get(channelId, { signal })).type);
  } catch (error) {
    if (signal.aborted) throw error;
    return 'SendMessages';
  }
}
