import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { OptionForm } from '../commands/option-rules.ts';
import type { OptionValue } from '../control/interactions.ts';
import { anyOf } from './chance.ts';

type Values = Readonly<Record<string, OptionValue>>;

const { String: Text, Integer, Number: Decimal } = ApplicationCommandOptionType;

/** The values with one of them wrong, in a way that the client or the bot has to notice; `undefined` where nothing can be. */
export function mistaken(
  options: readonly OptionForm[],
  values: Values,
  random: () => number,
): Record<string, OptionValue> | undefined {
  const option = anyOf(
    random,
    options.filter(({ name }) => name in values),
  );
  if (!option) return undefined;
  const { [option.name]: _, ...others } = values;
  const wrong = wrongValue(option, random);
  return wrong === undefined ? others : { ...others, [option.name]: wrong };
}

/** `undefined`: it is left out. */
function wrongValue({ type, max_value, choices }: OptionForm, random: () => number): OptionValue | undefined {
  if (type === Text) return anyOf(random, ['???', 'asdf', '💥'.repeat(30), `<@${'9'.repeat(18)}>`]);
  const isNumber = type === Integer || type === Decimal;
  if (isNumber && max_value !== undefined && !choices?.length) return max_value + 1;
  return undefined;
}
