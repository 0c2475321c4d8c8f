import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { z } from 'zod';

/** What the sandbox's own API under `/sandbox` speaks; shared by its server and its client. */

const id = z.string().regex(/^\d{1,20}$/, 'must be an id: digits only');
const optionValue = z.union([z.string(), z.number(), z.boolean()]);

export const runCommandForm = z.strictObject({
  guild_id: id,
  /** Default: the guild's ordinary member. */
  user_id: id.optional(),
  /** Default: the guild's first channel. */
  channel_id: id.optional(),
  /** Delivers it to this shard instead of the guild's own, as happens while a bot changes its shard count. */
  shard_id: z.int().min(0).optional(),
  /** Name, group and subcommand, separated by spaces: `settings set`. */
  command: z.string().min(1),
  options: z.record(z.string(), optionValue).default({}),
  /** Sends what Discord's own client would not let the member send. */
  force: z.boolean().default(false),
  /** A deferred answer is waited for this long; past it the state is `thinking`. */
  wait_ms: z.int().min(0).max(900_000).default(15_000),
});

/** Members who run one command at a steady rate. */
export const loadForm = z.strictObject({
  /** Interactions a second. */
  rate: z.number().positive().max(50_000),
  seconds: z.number().positive().max(240),
  /** As in `runCommandForm`; it must not need options. */
  command: z.string().min(1),
  /** They come from so many of the oldest guilds in turn. */
  guilds: z.int().min(1).max(1_000).default(1),
});

export const dispatchForm = z.strictObject({
  /** Null for what happens in a direct message. */
  guild_id: id.nullable(),
  event: z.string().regex(/^[A-Z_]+$/),
  data: z.unknown(),
});
export const revokeTokenForm = z.strictObject({ gateway_only: z.boolean().default(false) });
export const invalidateSessionsForm = z.strictObject({ resumable: z.boolean() });
export const delayRestForm = z.strictObject({ ms: z.int().min(0).max(60_000) });
export const guildsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  after: id.optional(),
});

export type RunCommandForm = z.output<typeof runCommandForm>;
export type RunCommandRequest = z.input<typeof runCommandForm>;
export type LoadForm = z.output<typeof loadForm>;
export type LoadRequest = z.input<typeof loadForm>;
export type OptionValue = z.output<typeof optionValue>;

export type GuildSight = {
  readonly id: string;
  readonly name: string;
  /** Under the recommended number of shards. */
  readonly shardId: number;
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly roles: readonly { readonly id: string; readonly name: string; readonly permissions: string }[];
  readonly members: readonly {
    readonly id: string;
    readonly username: string;
    readonly kind: 'owner' | 'moderator' | 'member' | 'bot';
    readonly permissions: string;
  }[];
};

export type MessageSight = {
  readonly id: string;
  readonly ephemeral: boolean;
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
};

/** What the member who ran a command sees of it. */
export type InteractionSight = {
  readonly interactionId: string;
  /** `waiting` is seen only by asking for an interaction before its first answer. */
  readonly state: 'waiting' | 'answered' | 'thinking' | 'failed';
  readonly ephemeral: boolean;
  /** Empty while thinking, and where the answer was deleted. */
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly followUps: readonly MessageSight[];
  readonly modal?: {
    readonly custom_id: string;
    readonly title: string;
    readonly components: readonly object[];
  };
  /** From sending to the first callback, in milliseconds; null where there was none. */
  readonly answeredInMs: number | null;
  /** The shard whose session was sent the interaction; null when none was connected. */
  readonly shardId: number | null;
};

/** What came of a load. Latency is from when an interaction was due to its first answer; null where none was answered. */
export type LoadReport = {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  /** From the start to the last answer. */
  readonly answeredPerSecond: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
};

export type SessionsSight = {
  readonly sessions: readonly {
    readonly sessionId: string;
    readonly shardId: number;
    readonly shardCount: number;
    /** False for a session that waits for a RESUME. */
    readonly connected: boolean;
    readonly sequence: number;
    readonly resumes: number;
  }[];
  /** Accepted since the start. */
  readonly identifies: number;
  readonly resumes: number;
  /** IDENTIFYs that came before their bucket was open again. */
  readonly violations: readonly {
    readonly shardId: number;
    readonly bucket: number;
    readonly afterMs: number;
  }[];
  /** Times at which a session came up while another of its shard, under the same shard count, was connected. */
  readonly doubleOwners: readonly {
    readonly shardId: number;
    readonly shardCount: number;
    /** The newcomer is the last. */
    readonly sessionIds: readonly string[];
  }[];
};
