import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { OptionForm } from '../commands/option-rules.ts';
import type { OptionValue } from '../control/interactions.ts';
import type { WorldGuild } from '../world/guild.ts';
import { Refusal } from './refusal.ts';

const types = ApplicationCommandOptionType;

/** An option with a value; a file is still to be uploaded. */
export type SentValue = {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  readonly value: OptionValue;
};

/** The values a member gives, checked against the registered options in the way of Discord's client; throws `Refusal`. */
export function checkedValues(
  definitions: readonly OptionForm[],
  given: Readonly<Record<string, OptionValue>>,
  guild: WorldGuild,
): SentValue[] {
  checkNames(definitions, Object.keys(given));
  return definitions.flatMap((definition) => {
    const value = Object.hasOwn(given, definition.name) ? given[definition.name] : undefined;
    if (value === undefined) {
      if (definition.required) throw new Refusal(`option "${definition.name}" is required`);
      return [];
    }
    const problem = problemOf(definition, value, guild);
    if (problem) throw new Refusal(`option "${definition.name}" ${problem}, not ${inWords(value)}`);
    return [{ name: definition.name, type: definition.type, value }];
  });
}

/** The same without a check, for a member whose client is forced; options that nobody registered get the type of their value. */
export function forcedValues(
  definitions: readonly OptionForm[],
  given: Readonly<Record<string, OptionValue>>,
): SentValue[] {
  return Object.entries(given).map(([name, value]) => ({
    name,
    type: definitions.find((definition) => definition.name === name)?.type ?? typeOf(value),
    value,
  }));
}

/** Throws `Refusal` for a name that no option has. */
export function checkNames(definitions: readonly OptionForm[], names: readonly string[]): void {
  for (const name of names) {
    if (definitions.some((definition) => definition.name === name)) continue;
    const known = definitions.map((definition) => definition.name).join(', ') || 'none';
    throw new Refusal(`there is no option "${name}"; there are: ${known}`);
  }
}

function inWords(value: OptionValue): string {
  return typeof value === 'object' ? `the file ${value.filename}` : JSON.stringify(value);
}

function typeOf(value: OptionValue): ApplicationCommandOptionType {
  if (typeof value === 'string') return types.String;
  if (typeof value === 'boolean') return types.Boolean;
  if (typeof value === 'object') return types.Attachment;
  return Number.isInteger(value) ? types.Integer : types.Number;
}

export function problemOf(definition: OptionForm, value: OptionValue, guild: WorldGuild): string | undefined {
  const { choices } = definition;
  if (choices && choices.length > 0 && !choices.some((choice) => choice.value === value)) {
    return `must be one of ${choices.map((choice) => JSON.stringify(choice.value)).join(', ')}`;
  }
  switch (definition.type) {
    case types.String:
      return stringProblem(definition, value);
    case types.Boolean:
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case types.Integer:
      return Number.isSafeInteger(value) ? rangeProblem(definition, Number(value)) : 'must be an integer';
    case types.Number:
      return typeof value === 'number' ? rangeProblem(definition, value) : 'must be a number';
    case types.Channel:
      return channelProblem(definition, value, guild);
    case types.User:
      return isUser(value, guild) ? undefined : 'must be the id of a member';
    case types.Role:
      return isRole(value, guild) ? undefined : 'must be the id of a role';
    case types.Mentionable:
      return isUser(value, guild) || isRole(value, guild)
        ? undefined
        : 'must be the id of a member or a role';
    case types.Attachment:
      return typeof value === 'object' ? undefined : 'must be a file';
    case types.Subcommand:
    case types.SubcommandGroup:
      return 'is a subcommand and takes no value';
    default:
      return definition.type satisfies never;
  }
}

function stringProblem(
  { min_length = 0, max_length = 6_000 }: OptionForm,
  value: OptionValue,
): string | undefined {
  if (typeof value !== 'string') return 'must be text';
  const fits = value.length >= min_length && value.length <= max_length;
  return fits ? undefined : `must have ${min_length} to ${max_length} characters`;
}

/** Discord's numbers lie within ±2^53 (application-commands.mdx, Option Type). */
function rangeProblem(definition: OptionForm, value: number): string | undefined {
  const { min_value = -(2 ** 53), max_value = 2 ** 53 } = definition;
  return value >= min_value && value <= max_value ? undefined : `must be from ${min_value} to ${max_value}`;
}

function channelProblem(
  { channel_types }: OptionForm,
  value: OptionValue,
  guild: WorldGuild,
): string | undefined {
  const channel = typeof value === 'string' ? guild.channel(value) : undefined;
  if (!channel) return 'must be the id of a channel';
  const fits =
    channel_types === undefined || channel_types.length === 0 || channel_types.includes(channel.type);
  return fits ? undefined : `must be a channel of type ${channel_types.join(' or ')}`;
}

function isUser(value: OptionValue, guild: WorldGuild): boolean {
  return typeof value === 'string' && guild.members.get(value) !== undefined;
}

function isRole(value: OptionValue, guild: WorldGuild): boolean {
  return typeof value === 'string' && guild.role(value) !== undefined;
}
