import {
  ApplicationCommandOptionType as OptionType,
  type APIApplicationCommandAutocompleteInteraction,
  type APIChatInputApplicationCommandInteraction,
} from 'discord-api-types/v10';
import type { Command, Subcommand } from '../features/command.ts';
import type { CommandContext } from '../features/context.ts';
import { WrongOption, type Complete, type OptionMap } from '../features/options.ts';
import type { Found } from './route.ts';

export interface OwnedCommand {
  readonly command: Command;
  readonly feature: string;
  readonly switchable: boolean;
}

export type Commands = ReadonlyMap<string, OwnedCommand>;

/** What may be offered for the option that a member is typing. */
export interface Completion {
  readonly label: string;
  readonly command: Command;
  readonly typed: string;
  readonly options: ReadonlyMap<string, unknown>;
  readonly complete: Complete;
}

type ChatData = APIChatInputApplicationCommandInteraction['data'];
type TypingData = APIApplicationCommandAutocompleteInteraction['data'];
type RawOption = NonNullable<(ChatData | TypingData)['options']>[number];

interface Chosen extends OwnedCommand {
  /** What runs: the command itself, or the subcommand that the member chose. */
  readonly runnable: Subcommand;
  readonly raw: readonly RawOption[];
  readonly label: string;
}

/** `undefined` for a command that this release does not have. */
export function commandRoute(commands: Commands, data: ChatData): Found | undefined {
  const chosen = choose(commands, data);
  if (chosen === undefined) return undefined;
  const { command, feature, switchable, runnable, label } = chosen;
  const options = readOptions(runnable.options, rawValues(chosen.raw), data.resolved);
  if (options === undefined) return { label, problem: { problem: 'wrongOption' } };
  return {
    kind: 'command',
    label,
    feature,
    switchable,
    command: command.name,
    traits: runnable,
    permissions: command.permissions,
    guildOnly: command.guildOnly === true,
    ownersOnly: command.ownersOnly === true,
    userId: undefined,
    updates: false,
    run: (context) => runnable.run({ ...context, options } as CommandContext),
  };
}

/** `undefined` where nothing is to be offered. */
export function completionOf(commands: Commands, data: TypingData): Completion | undefined {
  const chosen = choose(commands, data);
  const focused = chosen?.raw.find((option) => 'focused' in option && option.focused);
  if (chosen === undefined || focused === undefined || !('value' in focused)) return undefined;
  const { complete } = Object.hasOwn(chosen.runnable.options, focused.name)
    ? (chosen.runnable.options[focused.name] ?? {})
    : {};
  if (complete === undefined) return undefined;
  const { label, command } = chosen;
  return { label, command, typed: String(focused.value), options: rawValues(chosen.raw), complete };
}

function choose(commands: Commands, { name, options = [] }: ChatData | TypingData): Chosen | undefined {
  const owned = commands.get(name);
  if (owned === undefined) return undefined;
  const { command } = owned;
  if (command.subcommands === undefined) return { ...owned, runnable: command, raw: options, label: name };
  const chosen = options.find((option) => option.type === OptionType.Subcommand);
  if (chosen === undefined || !Object.hasOwn(command.subcommands, chosen.name)) return undefined;
  const runnable = command.subcommands[chosen.name];
  if (runnable === undefined) return undefined;
  return { ...owned, runnable, raw: chosen.options ?? [], label: `${name} ${chosen.name}` };
}

function rawValues(options: readonly RawOption[]): ReadonlyMap<string, unknown> {
  return new Map(options.map((option) => [option.name, 'value' in option ? option.value : undefined]));
}

/** Typed values from Discord's raw ones; `undefined` when they do not fit, also for an option that the definition does not have. */
function readOptions(
  definition: OptionMap,
  raw: ReadonlyMap<string, unknown>,
  resolved: ChatData['resolved'],
): Readonly<Record<string, unknown>> | undefined {
  if ([...raw.keys()].some((name) => !Object.hasOwn(definition, name))) return undefined;
  try {
    return Object.fromEntries(
      Object.entries(definition).map(([name, option]) => [name, option.read(raw.get(name), resolved)]),
    );
  } catch (error) {
    if (error instanceof WrongOption) return undefined;
    throw error;
  }
}
