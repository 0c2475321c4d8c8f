import type { CommandContext } from './context.ts';
import type { OptionMap, OptionValues } from './options.ts';

/** Behaviour that the command path must know before a handler runs. */
export interface Traits {
  /** Only the member sees the answer. */
  readonly ephemeral?: boolean;
  /** It opens a modal, which must be the first answer: the guard never defers it. */
  readonly modal?: boolean;
  /** It changes something: past its budget it is not cancelled but completes and edits the late answer. */
  readonly mutates?: boolean;
  /** What its handler may take in all, in ms; default 10,000. */
  readonly budgetMs?: number;
  /** How often it may be used, over all processes; an empty list: as often as anybody likes. Default: 5 uses in 10 s by a member, of a button or select 20. */
  readonly limits?: readonly Limit[];
}

/** `times` at once, and then one for each equal part of `withinSec`. */
export interface Limit {
  readonly per: 'user' | 'guild' | 'channel';
  readonly times: number;
  readonly withinSec: number;
  /** `local`: each process counts for itself, and a guild is served by one. `refuse`: for what must never happen more often. */
  readonly whenRedisFails: 'local' | 'refuse';
}

export interface Subcommand extends Traits {
  readonly description: string;
  readonly options: OptionMap;
  run(context: CommandContext): Promise<void>;
}

interface Shared {
  /** Lower case, 1-32 characters (interactions/application-commands, "Application Command Naming"). */
  readonly name: string;
  readonly description: string;
  /** Permission bits that the member needs; none: everyone may. */
  readonly permissions?: bigint;
  /** Only for those who run the bot (OWNER_IDS, else the application's owner or team); servers offer it to their admins alone. */
  readonly ownersOnly?: boolean;
  /** Not offered in direct messages. */
  readonly guildOnly?: boolean;
}

export type Command = Shared &
  (
    | (Subcommand & { readonly subcommands?: never })
    | { readonly subcommands: Readonly<Record<string, Subcommand>> }
  );

interface Runnable<O extends OptionMap> extends Traits {
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
