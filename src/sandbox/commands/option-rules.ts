import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { z } from 'zod';
import { fault } from '../forms/form.ts';

const types = ApplicationCommandOptionType;
const { Subcommand, SubcommandGroup } = types;

type Localizations = Readonly<Record<string, string>> | null | undefined;
export type ChoiceForm = {
  name: string;
  name_localizations?: Localizations;
  value: string | number;
};

/** An option of a command as a client sends it; which fields mean something depends on `type`. */
export type OptionForm = {
  type: ApplicationCommandOptionType;
  name: string;
  name_localizations?: Localizations;
  description: string;
  description_localizations?: Localizations;
  required?: boolean | undefined;
  choices?: ChoiceForm[] | undefined;
  options?: OptionForm[] | undefined;
  channel_types?: number[] | undefined;
  min_value?: number | undefined;
  max_value?: number | undefined;
  min_length?: number | undefined;
  max_length?: number | undefined;
  autocomplete?: boolean | undefined;
};

type Path = readonly (string | number)[];

/** The rules that span several options (application-commands.mdx, Option Structure). `parent` is the option they are in. */
export function checkOptions(
  options: readonly OptionForm[],
  path: Path,
  context: z.core.$RefinementCtx,
  isName: (name: string) => boolean,
  parent?: ApplicationCommandOptionType,
): void {
  const seen = new Set<string>();
  let optionalSeen = false;
  for (const [index, option] of options.entries()) {
    const at = [...path, index];
    if (!isName(option.name)) {
      fault(context, [...at, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    }
    if (seen.has(option.name)) {
      fault(
        context,
        [...at, 'name'],
        'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        'Option name already exists',
      );
    }
    seen.add(option.name);
    if (option.required && optionalSeen) {
      fault(
        context,
        at,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    optionalSeen ||= !option.required;
    if (!fitsUnder(parent, option, options)) {
      fault(
        context,
        [...at, 'type'],
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      );
    }
    checkChoices(option, at, context);
    checkOptions(option.options ?? [], [...at, 'options'], context, isName, option.type);
  }
}

function fitsUnder(
  parent: ApplicationCommandOptionType | undefined,
  option: OptionForm,
  siblings: readonly OptionForm[],
): boolean {
  if (parent === SubcommandGroup) return option.type === Subcommand;
  if (parent !== undefined) return parent === Subcommand && !isSubcommand(option);
  return siblings.every((sibling) => isSubcommand(sibling) === isSubcommand(option));
}

export function isSubcommand({ type }: { readonly type: ApplicationCommandOptionType }): boolean {
  return type === Subcommand || type === SubcommandGroup;
}

function checkChoices(option: OptionForm, at: Path, context: z.core.$RefinementCtx): void {
  for (const [index, { value }] of (option.choices ?? []).entries()) {
    const fits =
      option.type === types.String
        ? typeof value === 'string' && value.length <= 100
        : typeof value === 'number';
    if (!fits) {
      fault(
        context,
        [...at, 'choices', index, 'value'],
        'APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_INVALID',
        'Choice value does not fit the type of its option',
      );
    }
  }
  if (option.autocomplete && option.choices && option.choices.length > 0) {
    fault(
      context,
      [...at, 'autocomplete'],
      'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID',
      'Autocomplete is mutually exclusive to choices',
    );
  }
}
