import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { isRecord } from './frames.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a message says, as opposed to that it was sent (events/gateway.mdx:451). */
const emptied: Fields = { content: '', embeds: [], attachments: [], components: [] };

const messageEvents: ReadonlySet<string> = new Set([
  GatewayDispatchEvents.MessageCreate,
  GatewayDispatchEvents.MessageUpdate,
]);

/**
 * The data of a guild's event as a bot without the Message Content intent sees it: messages are empty, unless the bot
 * wrote them or is mentioned in them. Returns `data` itself where that changes nothing.
 */
export function withoutContent(event: string, data: unknown, botId: string): unknown {
  return messageEvents.has(event) && isRecord(data) ? reducedMessage(data, botId) : data;
}

function reducedMessage(message: Fields, botId: string): Fields {
  if (concerns(message, botId)) return message;
  const { poll: _, ...seen } = message;
  const nested = message['referenced_message'];
  return {
    ...seen,
    ...Object.fromEntries(Object.entries(emptied).filter(([field]) => field in message)),
    ...(isRecord(nested) && { referenced_message: reducedMessage(nested, botId) }),
    ...(Array.isArray(message['message_snapshots']) && {
      message_snapshots: message['message_snapshots'].map((each: unknown) => reducedSnapshot(each, botId)),
    }),
  };
}

function reducedSnapshot(snapshot: unknown, botId: string): unknown {
  if (!isRecord(snapshot) || !isRecord(snapshot['message'])) return snapshot;
  return { ...snapshot, message: reducedMessage(snapshot['message'], botId) };
}

function concerns({ author, mentions }: Fields, botId: string): boolean {
  const mentioned: readonly unknown[] = Array.isArray(mentions) ? mentions : [];
  return [author, ...mentioned].some((user) => isRecord(user) && user['id'] === botId);
}
