import { DiscordAPIError } from '@discordjs/rest';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { commandProblems } from './command-limits.ts';
import type { API } from './discord.ts';

/** The bot has slash commands alone. */
export type CommandBody = RESTPostAPIChatInputApplicationCommandsJSONBody;

export interface RegistrationDiff {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Makes Discord's list of global commands, or of one guild's own, equal to `wanted`; sends nothing when it already is.
 * One bulk overwrite (interactions/application-commands, "Bulk Overwrite Global Application Commands"): only new names count
 * towards the 200 creations a day. Throws a `Failure` (exit 70) for what Discord would refuse, before anything is sent.
 */
export async function registerCommands(
  api: API,
  wanted: readonly CommandBody[],
  guildId?: string,
): Promise<RegistrationDiff> {
  const problems = commandProblems(wanted);
  if (problems.length > 0)
    throw new Failure(`Discord would refuse these commands:\n  ${problems.join('\n  ')}`, exitCodes.software);
  const { id } = await api.applications.getCurrent();
  const scope = guildId === undefined ? globalScope(api, id) : guildScope(api, id, guildId);
  const bodies = guildId === undefined ? wanted : wanted.map(guildBody);
  const diff = diffCommands(bodies, await scope.read());
  if (diff.added.length + diff.changed.length + diff.removed.length > 0) await scope.overwrite(bodies);
  return diff;
}

/** A guild's own commands have neither contexts nor integration types (Application Command Object). */
function guildBody({ contexts: _contexts, integration_types: _types, ...body }: CommandBody): CommandBody {
  return body;
}

/** Where commands are registered. */
interface Scope {
  read(): Promise<readonly { readonly name: string }[]>;
  overwrite(commands: readonly CommandBody[]): Promise<unknown>;
}

function globalScope({ applicationCommands: calls }: API, id: string): Scope {
  return {
    read: () => calls.getGlobalCommands(id, { with_localizations: true }),
    overwrite: (commands) => calls.bulkOverwriteGlobalCommands(id, [...commands]),
  };
}

function guildScope({ applicationCommands: calls }: API, id: string, guildId: string): Scope {
  return {
    read: () =>
      calls.getGuildCommands(id, guildId, { with_localizations: true }).catch((error: unknown) => {
        if (!(error instanceof DiscordAPIError) || (error.status !== 403 && error.status !== 404))
          throw error;
        const text = `the bot may not register commands in guild ${guildId}`;
        throw new Failure(`${text}: add it there, or correct the id`, exitCodes.usage, { cause: error });
      }),
    overwrite: (commands) => calls.bulkOverwriteGuildCommands(id, guildId, [...commands]),
  };
}

/** Compares by what we define: Discord's answer has ids, versions and defaults beside it. */
export function diffCommands(
  wanted: readonly CommandBody[],
  registered: readonly { readonly name: string }[],
): RegistrationDiff {
  const known = new Map(registered.map((command) => [command.name, command]));
  const names = new Set(wanted.map((command) => command.name));
  return {
    added: wanted.filter(({ name }) => !known.has(name)).map(({ name }) => name),
    changed: wanted
      .filter((command) => known.has(command.name) && !agrees(command, known.get(command.name)))
      .map(({ name }) => name),
    removed: [...known.keys()].filter((name) => !names.has(name)),
  };
}

/** Whether `registered` says the same as `wanted`. Discord leaves out what is false, null or an empty list, and adds fields of its own. */
function agrees(wanted: unknown, registered: unknown): boolean {
  if (isBlank(wanted) && isBlank(registered)) return true;
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(registered) &&
      wanted.length === registered.length &&
      wanted.every((item, index) => agrees(item, registered[index]))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof registered !== 'object' || registered === null) return false;
    const theirs: Readonly<Record<string, unknown>> = { ...registered };
    const ours: Readonly<Record<string, unknown>> = { ...wanted };
    return [...Object.keys(ours), ...Object.keys(theirs).filter((key) => definable.has(key))].every((key) =>
      agrees(ours[key], theirs[key]),
    );
  }
  return wanted === registered;
}

/** Fields that we could have set: one that Discord has and we do not define means that the definition dropped it. */
const definable = new Set([
  'options',
  'choices',
  'required',
  'autocomplete',
  'channel_types',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'name_localizations',
  'description_localizations',
  'default_member_permissions',
]);

function isBlank(value: unknown): boolean {
  return (
    value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0)
  );
}
