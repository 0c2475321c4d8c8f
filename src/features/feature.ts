import type {
  APIApplicationCommandInteraction,
  APIEmbed,
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  GatewayIntentBits,
} from 'discord-api-types/v10';
import type { API } from '../discord/discord.ts';
import type { ClusterStatus, ShardStatus } from '../ipc/messages.ts';
import type { PersonalData } from '../privacy/privacy.ts';
import type { GuildSettings, SettingsPatch } from '../settings/settings.ts';
import type { Logger } from '../telemetry/log.ts';
import type { JobDefinition } from './job.ts';
import type { OptionMap, OptionValues } from './options.ts';

/** A slice of what the bot does: it is added by one folder and one line in `features.ts`. */
export interface Feature {
  readonly name: string;
  /** What it needs from the gateway; the bot asks for the union over all features. */
  readonly intents: readonly GatewayIntentBits[];
  readonly commands: readonly Command[];
  /** What the jobs process does for it. */
  readonly jobs?: readonly JobDefinition[];
}

/** What a member sees. Text alone is content; nobody is pinged by it. */
export interface ReplyBody {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly APIMessageTopLevelComponent[];
  /** At most 10 (resources/message, "Create Message"). */
  readonly files?: readonly { readonly name: string; readonly data: Buffer }[];
}

export type Reply = string | ReplyBody;

/**
 * What a handler works with. Method names are those that discord.js users expect.
 * Once the command's budget is spent, `signal` is aborted and every further answer of the handler is refused.
 */
export interface CommandContext<Options = Readonly<Record<string, unknown>>> {
  /** Discord's payload as it came. */
  readonly interaction: APIApplicationCommandInteraction;
  readonly options: Options;
  readonly user: { readonly id: string; readonly name: string };
  /** `undefined` in a direct message. */
  readonly guildId: string | undefined;
  /** Aborted when the budget is spent or the process stops; hand it to whatever waits. */
  readonly signal: AbortSignal;
  readonly settings: GuildSettingsAccess;
  /** What is stored about the member who runs the command. */
  readonly personalData: { read(): Promise<readonly PersonalData[]>; erase(): Promise<number> };
  readonly shard: ShardInfo;
  readonly links: { readonly support: string | undefined; readonly invite: string | undefined };
  /** Discord's HTTP API, for what the context lacks. */
  readonly api: API;
  readonly log: Logger;
  /** The first answer; after a `deferReply` (also one made by the deadline guard) it fills the waiting answer. */
  readonly reply: (reply: Reply) => Promise<void>;
  /** Shows "thinking" and gains time; at most once, a second call does nothing. */
  readonly deferReply: () => Promise<void>;
  readonly editReply: (reply: Reply) => Promise<void>;
  readonly followUp: (reply: Reply) => Promise<void>;
  /** Only as the first answer, and only in a command defined with `modal`. */
  readonly showModal: (modal: APIModalInteractionResponseCallbackData) => Promise<void>;
  readonly clusterStatus: () => Promise<ClusterStatus>;
}

/** The settings of the guild in which the command runs. Rejects in a direct message. */
export interface GuildSettingsAccess {
  get(): Promise<GuildSettings>;
  update(patch: SettingsPatch): Promise<GuildSettings>;
}

export interface ShardInfo extends ShardStatus {
  readonly shardCount: number;
  readonly startedAtMs: number;
  readonly version: string;
}

/** Behaviour that the command path must know before the handler runs. */
export interface CommandTraits {
  /** Only the member who ran it sees the answer. */
  readonly ephemeral?: boolean;
  /** It opens a modal, which must be the first answer: the guard never defers it. */
  readonly modal?: boolean;
  /** It changes something: past its budget it is not cancelled but completes and edits the late answer. */
  readonly mutates?: boolean;
  /** What its handler may take in all, in ms; default 10,000. */
  readonly budgetMs?: number;
}

export interface Subcommand extends CommandTraits {
  readonly description: string;
  readonly options: OptionMap;
  run(context: CommandContext): Promise<void>;
}

/**
 * Thrown by a handler for a request that makes no sense: the member reads `message`, privately and with a reference id.
 * Not for failures of ours.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

interface Shared {
  /** Lower case, 1-32 characters (interactions/application-commands, "Application Command Naming"). */
  readonly name: string;
  readonly description: string;
  /** Permission bits that the member needs; none: everyone may. */
  readonly permissions?: bigint;
  /** Not offered in direct messages. */
  readonly guildOnly?: boolean;
}

export type Command = Shared &
  (
    | (Subcommand & { readonly subcommands?: never })
    | { readonly subcommands: Readonly<Record<string, Subcommand>> }
  );

interface Runnable<O extends OptionMap> extends CommandTraits {
  readonly description: string;
  readonly options?: O;
  run(context: CommandContext<OptionValues<O>>): Promise<void>;
}

/** A slash command without subcommands. The handler's `options` are typed from the definition. */
export function defineCommand<const O extends OptionMap = Readonly<Record<string, never>>>(
  definition: Shared & Runnable<O>,
): Command;
/** A slash command made of subcommands; each is made with `defineSubcommand`. */
export function defineCommand(
  definition: Shared & { readonly subcommands: Readonly<Record<string, Subcommand>> },
): Command;
export function defineCommand(
  definition: Shared & (Runnable<OptionMap> | { readonly subcommands: Readonly<Record<string, Subcommand>> }),
): Command {
  if ('subcommands' in definition) return definition;
  return { ...definition, options: definition.options ?? {} };
}

export function defineSubcommand<const O extends OptionMap = Readonly<Record<string, never>>>(
  definition: Runnable<O>,
): Subcommand {
  return { ...definition, options: definition.options ?? {} };
}
