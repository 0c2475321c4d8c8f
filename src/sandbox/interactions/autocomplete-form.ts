import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { FormProblem } from '../forms/discord-error.ts';
import { text } from '../messages/component-parts.ts';
import type { Choice } from './interaction.ts';

const { Integer, Number: Decimal } = ApplicationCommandOptionType;

/** interactions/receiving-and-responding.mdx, Autocomplete: up to 25 choices. */
export const autocompleteData = z.object({
  choices: z
    .array(
      z.object({
        name: text(1, 100),
        name_localizations: z.record(z.string(), text(1, 100)).nullish(),
        value: z.union([z.string(), z.number()]),
      }),
    )
    .max(25)
    .nullish(),
});

/** What is wrong with the values, the option being of this type. */
export function choiceProblems(
  choices: readonly Choice[],
  optionType: ApplicationCommandOptionType,
): FormProblem[] {
  return choices.flatMap(({ value }, index) => {
    const wrong = problemOf(value, optionType);
    return wrong ? [{ path: ['data', 'choices', index, 'value'], ...wrong }] : [];
  });
}

function problemOf(
  value: string | number,
  optionType: ApplicationCommandOptionType,
): { readonly code: string; readonly message: string } | undefined {
  if (optionType === Integer || optionType === Decimal) {
    const fits =
      optionType === Integer ? Number.isSafeInteger(Number(value)) : Number.isFinite(Number(value));
    const isNumber = fits && value !== '';
    return isNumber
      ? undefined
      : { code: 'NUMBER_TYPE_COERCE', message: `Value "${value}" is not a number of the option's type.` };
  }
  if (typeof value !== 'string') {
    return { code: 'STRING_TYPE_CONVERT', message: 'Could not interpret value as string.' };
  }
  // application-commands.mdx, Option Choice Structure
  return value.length <= 100
    ? undefined
    : { code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 100 or fewer in length.' };
}
