import { ApplicationCommandOptionType, ApplicationCommandType, Locale } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault } from '../forms/form.ts';
import { checkOptions, type OptionForm } from './option-rules.ts';
import { sizeOf } from './command-size.ts';

/** application-commands.mdx:18; with `toLowerCase` for what has a lower case. */
const chatName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** application-commands.mdx:450 */
const maxCommandCharacters = 8_000;

const locales = new Set<string>(Object.values(Locale));
/** "Values follow the same restrictions" as what they translate (application-commands.mdx, Localization). */
function localizations(mostCharacters: number) {
  return z
    .record(z.string(), z.string().min(1).max(mostCharacters))
    .nullish()
    .superRefine((values, context) => {
      for (const locale of Object.keys(values ?? {})) {
        if (!locales.has(locale))
          fault(context, [locale], 'BASE_TYPE_CHOICES', 'Value is not a locale of Discord.');
      }
    });
}
const nameLocalizations = localizations(32);
const textLocalizations = localizations(100);

const choice = z.object({
  name: z.string().min(1).max(100),
  name_localizations: textLocalizations,
  value: z.union([z.string(), z.number()]),
});

const option: z.ZodType<OptionForm> = z.object({
  type: z.enum(ApplicationCommandOptionType),
  name: z.string(),
  name_localizations: nameLocalizations,
  description: z.string().min(1).max(100),
  description_localizations: textLocalizations,
  required: z.boolean().optional(),
  choices: z.array(choice).max(25).optional(),
  get options() {
    return z.array(option).max(25).optional();
  },
  channel_types: z.array(z.int()).optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  min_length: z.int().min(0).max(6_000).optional(),
  max_length: z.int().min(1).max(6_000).optional(),
  autocomplete: z.boolean().optional(),
});

/** A bit set comes as a string or, from some clients, as an integer. */
const permissions = z
  .union([z.string().regex(/^\d{1,20}$/), z.int().min(0)])
  .nullish()
  .transform((value) => (value === undefined || value === null ? null : String(value)));

/** What a client may send to make a command; `type` defaults to CHAT_INPUT. */
export const commandForm = z
  .object({
    type: z
      .enum(ApplicationCommandType)
      .nullish()
      .transform((type) => type ?? ApplicationCommandType.ChatInput),
    name: z.string(),
    name_localizations: nameLocalizations,
    description: z
      .string()
      .nullish()
      .transform((text) => text ?? ''),
    description_localizations: textLocalizations,
    options: z.array(option).max(25).nullish(),
    default_member_permissions: permissions,
    dm_permission: z.boolean().nullish(),
    contexts: z.array(z.int().min(0).max(2)).nullish(),
    integration_types: z.array(z.int().min(0).max(1)).nullish(),
    nsfw: z.boolean().optional(),
  })
  .superRefine((command, context) => {
    if (!nameFits(command))
      fault(context, ['name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    checkDescription(command, context);
    checkOptions(command.options ?? [], ['options'], context, isChatName);
    if (sizeOf(command) > maxCommandCharacters) {
      fault(
        context,
        [],
        'APPLICATION_COMMAND_TOO_LARGE',
        `Command exceeds maximum size (${maxCommandCharacters})`,
      );
    }
  });

export type CommandForm = z.output<typeof commandForm>;

function isChatName(name: string): boolean {
  return chatName.test(name) && name === name.toLowerCase();
}

function nameFits({ type, name }: { type: ApplicationCommandType; name: string }): boolean {
  return type === ApplicationCommandType.ChatInput ? isChatName(name) : name.length >= 1 && name.length <= 32;
}

function checkDescription(
  { type, description }: { type: ApplicationCommandType; description: string },
  context: z.core.$RefinementCtx,
): void {
  const { length } = description;
  if (type !== ApplicationCommandType.ChatInput) {
    if (length > 0) {
      fault(
        context,
        ['description'],
        'APPLICATION_COMMAND_INVALID_DESCRIPTION',
        'Context menu commands cannot have description',
      );
    }
  } else if (length === 0) {
    fault(context, ['description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  } else if (length > 100) {
    fault(context, ['description'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.');
  }
}
