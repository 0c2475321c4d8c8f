import { commandFaults, commandListFaults } from './command-rules.ts';
import { componentFaults } from './component-rules.ts';
import { messageFaults, newMessageFaults, type Message } from './message-rules.ts';

type Rule = (body: never, hasFiles: boolean) => string[];
type Callback = { readonly type: number; readonly data?: Message | null };

const channelMessage = 4;
const updateMessage = 7;
const autocompleteResult = 8;
const modal = 9;

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
  ['update_guild_member', memberFaults],
  ['create_thread', postFaults],
]);

export function ruleFaults(operationId: string, body: unknown, hasFiles: boolean): string[] {
  return rules.get(operationId)?.(body as never, hasFiles) ?? [];
}

function callbackFaults({ type, data }: Callback, hasFiles: boolean): string[] {
  if (type === channelMessage) return newMessageFaults(data ?? {}, hasFiles);
  if (type === modal) return modalFaults(data ?? {});
  if (type === autocompleteResult) return choiceFaults((data ?? {}) as Choices);
  return type === updateMessage ? messageFaults(data ?? {}) : [];
}

/** components/reference.mdx and receiving-and-responding.mdx, Modal: up to five components on top, one input in a row. */
function modalFaults({ components }: Message): string[] {
  const onTop = components ?? [];
  return [
    ...(onTop.length > 5 ? [`${onTop.length} components in a modal, at most 5`] : []),
    ...onTop.flatMap((each) =>
      (each.components?.length ?? 0) > 1 ? ['more than one input in a row of a modal'] : [],
    ),
    ...componentFaults(onTop),
  ];
}

type Choices = { readonly choices?: readonly { readonly value?: unknown }[] };

/** application-commands.mdx, Option Choice Structure; the description has 6,000. */
function choiceFaults({ choices }: Choices): string[] {
  return (choices ?? []).flatMap(({ value }) =>
    typeof value === 'string' && value.length > 100 ? ['a choice of more than 100 characters'] : [],
  );
}

type Member = { readonly communication_disabled_until?: string | null };

/** resources/guild.mdx, Modify Guild Member: a time-out lasts 28 days at most. */
function memberFaults({ communication_disabled_until: until }: Member): string[] {
  const longestMs = 28 * 86_400_000;
  return until && Date.parse(until) - Date.now() > longestMs ? ['a time-out of more than 28 days'] : [];
}

/** A thread in a forum begins with a message. */
function postFaults({ message }: { readonly message?: Message }, hasFiles: boolean): string[] {
  return message ? newMessageFaults(message, hasFiles) : [];
}
