import { commandFaults, commandListFaults } from './command-rules.ts';
import { messageFaults, newMessageFaults, type Message } from './message-rules.ts';

type Rule = (body: never, hasFiles: boolean) => string[];
type Callback = { readonly type: number; readonly data?: Message | null };

const channelMessage = 4;
const updateMessage = 7;

/** The documented rules of a request's body, by the description's `operationId`; for bodies that fit their schema. */
const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['create_application_command', commandFaults],
  ['create_guild_application_command', commandFaults],
  ['bulk_set_application_commands', commandListFaults],
  ['bulk_set_guild_application_commands', commandListFaults],
  ['create_message', newMessageFaults],
  ['execute_webhook', newMessageFaults],
  ['update_message', messageFaults],
  ['update_webhook_message', messageFaults],
  ['update_original_webhook_message', messageFaults],
  ['create_interaction_response', callbackFaults],
]);

export function ruleFaults(operationId: string, body: unknown, hasFiles: boolean): string[] {
  return rules.get(operationId)?.(body as never, hasFiles) ?? [];
}

function callbackFaults({ type, data }: Callback, hasFiles: boolean): string[] {
  if (type === channelMessage) return newMessageFaults(data ?? {}, hasFiles);
  return type === updateMessage ? messageFaults(data ?? {}) : [];
}
