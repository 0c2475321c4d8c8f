import type { RESTPutAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import type { API } from './discord.ts';

export type CommandBody = RESTPutAPIApplicationCommandsJSONBody[number];

export interface RegistrationDiff {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Makes Discord's list of global commands equal to `wanted`; sends nothing when it already is.
 * One bulk overwrite (interactions/application-commands, "Bulk Overwrite Global Application Commands"): only new names count
 * towards the 200 creations a day.
 */
export async function registerCommands(api: API, wanted: readonly CommandBody[]): Promise<RegistrationDiff> {
  const { id } = await api.applications.getCurrent();
  const registered = await api.applicationCommands.getGlobalCommands(id, { with_localizations: true });
  const diff = diffCommands(wanted, registered);
  if (diff.added.length + diff.changed.length + diff.removed.length > 0) {
    await api.applicationCommands.bulkOverwriteGlobalCommands(id, [...wanted]);
  }
  return diff;
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
