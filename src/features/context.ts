import type {
  APIApplicationCommandInteraction,
  APIEmbed,
  APIInteraction,
  APIMessageComponentInteraction,
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  APIModalSubmitInteraction,
} from 'discord-api-types/v10';
import type { Db } from '../db/db.ts';
import type { Download } from '../discord/attachment.ts';
import type { API } from '../discord/discord.ts';
import type { Say, Speech, Words } from '../i18n/i18n.ts';
import type { ClusterHealth, ClusterStatus, ShardStatus } from '../ipc/messages.ts';
import type { PersonalData } from '../privacy/privacy.ts';
import type { GuildSettings, SettingsChange } from '../settings/settings.ts';
import type { Logger } from '../telemetry/log.ts';
import type { LookUp } from '../upstream/upstream.ts';
import type { Command } from './command.ts';
import type { CustomId } from './custom-id.ts';
import type { Feature } from './feature.ts';

/** What a member sees. Text alone is content; nobody is pinged by it. */
export interface ReplyBody {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly APIMessageTopLevelComponent[];
  /** At most 10 (resources/message, "Create Message"). `description`: what an image shows, for those who cannot see it. */
  readonly files?: readonly {
    readonly name: string;
    readonly data: Buffer;
    readonly description?: string;
  }[];
}

export type Reply = string | ReplyBody;

/** Who asks, and what is at hand to answer them. */
export interface Asker {
  readonly user: { readonly id: string; readonly name: string };
  /** `undefined` in a direct message. */
  readonly guildId: string | undefined;
  /** The member's language, else the guild's; the guild's time zone. */
  readonly speech: Speech;
  /** For what everybody in the guild reads: its language, else the member's. */
  readonly guildSpeech: Speech;
  /** The texts of `words` in the member's language. */
  readonly say: <Key extends string>(words: Words<Key>) => Say<Key>;
  /** Aborted when the budget is spent or the process stops; hand it to whatever waits. */
  readonly signal: AbortSignal;
  readonly settings: GuildSettingsAccess;
  readonly db: Db;
  /** Everything that the bot does. */
  readonly features: readonly Feature[];
  /** Whether who asks may use a command here. Never rejects: where that cannot be told they may not. */
  readonly mayUse: (command: Command) => Promise<boolean>;
  /** Asks an external service, or the cache; see `Upstreams`. Takes 3 s at the most. */
  readonly lookUp: LookUp;
  readonly log: Logger;
}

/**
 * What a handler works with. Method names are those that discord.js users expect.
 * Once the budget is spent, `signal` is aborted and every further answer of the handler is refused, but for one that `mutates`, which
 * completes.
 */
export interface Context<Interaction extends APIInteraction = APIInteraction> extends Asker {
  /** Discord's payload as it came. */
  readonly interaction: Interaction;
  /** What is stored about the member. */
  readonly personalData: { read(): Promise<readonly PersonalData[]>; erase(): Promise<number> };
  readonly shard: ShardInfo;
  readonly links: { readonly support: string | undefined; readonly invite: string | undefined };
  /** The `custom_id` of a button, select or modal, with what it is to know when it comes back. Throws above Discord's 100 characters. */
  readonly customId: CustomId;
  /** The bytes of a file that a member has sent, by its URL in the payload; at most so many. Rejects with `DownloadFailed`. */
  readonly download: Download;
  /** Discord's HTTP API, for what the context lacks. */
  readonly api: API;
  /** The first answer; after a `deferReply` (also one made by the deadline guard) it fills the waiting answer. */
  readonly reply: (reply: Reply) => Promise<void>;
  /** Shows "thinking" and gains time; at most once, a second call does nothing. */
  readonly deferReply: () => Promise<void>;
  readonly editReply: (reply: Reply) => Promise<void>;
  readonly followUp: (reply: Reply) => Promise<void>;
  /** Only as the first answer, and only where the definition says `modal`. */
  readonly showModal: (modal: APIModalInteractionResponseCallbackData) => Promise<void>;
  readonly clusterStatus: () => Promise<ClusterStatus>;
  readonly clusterHealth: () => Promise<ClusterHealth>;
}

export interface CommandContext<
  Options = Readonly<Record<string, unknown>>,
> extends Context<APIApplicationCommandInteraction> {
  readonly options: Options;
}

/** Of a button or a select. */
export interface ComponentContext<
  Data = Readonly<Record<string, unknown>>,
> extends Context<APIMessageComponentInteraction> {
  /** What `customId` was given. */
  readonly data: Data;
  /** What was chosen in a select; of a button none. */
  readonly values: readonly string[];
  /** Changes the message that the component is on: the first answer, or after the guard's deferral a later one. */
  readonly update: (reply: Reply) => Promise<void>;
}

export interface ModalContext<
  Data = Readonly<Record<string, unknown>>,
  Fields = Readonly<Record<string, unknown>>,
> extends Context<APIModalSubmitInteraction> {
  readonly data: Data;
  /** By the `custom_id` of the inputs, as the definition's schema reads them. */
  readonly fields: Fields;
  /** As a component's; only where the modal was opened by a component. */
  readonly update: (reply: Reply) => Promise<void>;
}

/** While a member types; what is offered must come from caches or be quick. */
export interface AutocompleteContext extends Asker {
  readonly typed: string;
  /** Of the other options what is filled in so far, unchecked. */
  readonly options: ReadonlyMap<string, unknown>;
}

/** The settings of the guild in which the command runs. Rejects in a direct message. */
export interface GuildSettingsAccess {
  get(): Promise<GuildSettings>;
  /** With `stale`: perhaps not the newest. */
  look(): Promise<{ readonly value: GuildSettings; readonly stale: boolean }>;
  update(change: SettingsChange): Promise<GuildSettings>;
}

export interface ShardInfo extends ShardStatus {
  readonly shardCount: number;
  readonly startedAtMs: number;
  readonly version: string;
}
