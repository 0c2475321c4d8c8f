import type { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { OptionForm } from '../commands/option-rules.ts';
import type { OptionValue } from '../control/interactions.ts';
import type { WorldGuild } from '../world/guild.ts';
import { checkNames, problemOf, type SentValue } from './option-values.ts';
import { Refusal } from './refusal.ts';

export type TypedValues = {
  readonly values: readonly SentValue[];
  readonly focusedType: ApplicationCommandOptionType;
};

/**
 * What a member has typed so far: values that are finished as they are, the others, and the focused one, as text
 * (receiving-and-responding.mdx, Autocomplete). Throws `Refusal` where Discord's client would not ask the bot.
 */
export function typedValues(
  definitions: readonly OptionForm[],
  given: Readonly<Record<string, OptionValue>>,
  focused: string,
  guild: WorldGuild,
): TypedValues {
  checkNames(definitions, [...Object.keys(given), focused]);
  const definition = definitions.find(({ name }) => name === focused);
  if (!definition?.autocomplete) throw new Refusal(`option "${focused}" has no autocomplete`);
  const values = definitions.flatMap(({ name, type }, index): SentValue[] => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const isFocused = name === focused;
    if (value === undefined || typeof value === 'object') {
      return isFocused ? [{ name, type, value: '' }] : [];
    }
    if (isFocused) return [{ name, type, value: String(value) }];
    const own = definitions[index];
    const isFinished = own !== undefined && problemOf(own, value, guild) === undefined;
    return [{ name, type, value: isFinished ? value : String(value) }];
  });
  return { values, focusedType: definition.type };
}
