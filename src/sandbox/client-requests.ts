import type { Locale } from 'discord-api-types/v10';
import type { SubmitModalRequest, UseComponentRequest } from './control/answers.ts';
import type { AutocompleteRequest } from './control/autocomplete.ts';
import type { FileForm, OptionValue, RunCommandRequest } from './control/interactions.ts';

export type RunCommand = {
  readonly guildId: string;
  /** Default: the guild's ordinary member. */
  readonly userId?: string;
  /** Default: the guild's first channel. */
  readonly channelId?: string;
  /** Of the member's client; default: the guild's. */
  readonly locale?: `${Locale}`;
  /** Delivers it to this shard instead of the guild's own, as happens while a bot changes its shard count. */
  readonly shardId?: number;
  /** Name, group and subcommand, separated by spaces: `settings set`. */
  readonly command: string;
  /** What a user or message command is run on: a member's or a message's id. */
  readonly targetId?: string;
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** Sends what Discord's own client would not: hidden or unknown commands, options of the wrong kind. */
  readonly force?: boolean;
  /** How long to wait for the edit of a deferred answer, in milliseconds (default 15,000). */
  readonly waitMs?: number;
};

export type Autocomplete = {
  readonly guildId: string;
  readonly userId?: string;
  readonly channelId?: string;
  readonly locale?: `${Locale}`;
  readonly command: string;
  /** What is typed so far. */
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** The option that is being typed. */
  readonly focused: string;
};

export type UseComponent = {
  readonly channelId: string;
  readonly messageId: string;
  /** Default: the guild's ordinary member. */
  readonly userId?: string;
  readonly locale?: `${Locale}`;
  readonly customId: string;
  /** What is chosen in a select menu. */
  readonly values?: readonly string[];
  readonly waitMs?: number;
};

export type SubmitModal = {
  /** The interaction that the modal answered. */
  readonly interactionId: string;
  readonly locale?: `${Locale}`;
  /** By `custom_id`; a field that is left out stays as the modal shows it. */
  readonly fields: Readonly<Record<string, string | readonly string[] | readonly FileForm[]>>;
  readonly waitMs?: number;
};

export type MemberMessage = {
  readonly channelId: string;
  readonly messageId: string;
  /** Who does it. */
  readonly userId: string;
};

export function memberMessage({ channelId, messageId, userId }: MemberMessage) {
  return { channel_id: channelId, message_id: messageId, user_id: userId };
}

export function runCommandRequest(run: RunCommand): RunCommandRequest {
  return {
    guild_id: run.guildId,
    user_id: run.userId,
    channel_id: run.channelId,
    locale: localeOf(run),
    shard_id: run.shardId,
    command: run.command,
    target_id: run.targetId,
    options: run.options && { ...run.options },
    force: run.force,
    wait_ms: run.waitMs,
  };
}

export function autocompleteRequest(typed: Autocomplete): AutocompleteRequest {
  return {
    guild_id: typed.guildId,
    user_id: typed.userId,
    channel_id: typed.channelId,
    locale: localeOf(typed),
    command: typed.command,
    options: typed.options && { ...typed.options },
    focused: typed.focused,
  };
}

export function useComponentRequest(use: UseComponent): UseComponentRequest {
  return {
    channel_id: use.channelId,
    message_id: use.messageId,
    user_id: use.userId,
    locale: localeOf(use),
    custom_id: use.customId,
    values: use.values && [...use.values],
    wait_ms: use.waitMs,
  };
}

export function submitModalRequest({
  interactionId,
  locale,
  fields,
  waitMs,
}: SubmitModal): SubmitModalRequest {
  return {
    interaction_id: interactionId,
    locale: localeOf({ locale }),
    fields: fields as SubmitModalRequest['fields'],
    wait_ms: waitMs,
  };
}

/** Discord's names are the enumeration's values. */
function localeOf({ locale }: { readonly locale?: `${Locale}` | undefined }): Locale | undefined {
  return locale as Locale | undefined;
}
