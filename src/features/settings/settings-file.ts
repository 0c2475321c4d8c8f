import { z } from 'zod';
import type { Language } from '../../i18n/i18n.ts';
import {
  commandRuleShape,
  isTimeZone,
  rulesShape,
  noRules,
  supportedLocales,
  withCommandRule,
  withFamily,
  type GuildSettings,
  type SettingsPatch,
} from '../../settings/settings.ts';
import { colorText, parseColor } from './rules/color.ts';

/** Far more than what a guild can have set. */
export const fileMaxBytes = 65_536;

/** What is not in a file stays as it is. Keys that we do not know are refused: somebody meant something by them. */
const fileSchema = z.strictObject({
  format: z.literal('shoal-settings'),
  version: z.literal(1),
  locale: z.literal(Object.keys(supportedLocales)).nullable().optional(),
  timeZone: z.string().max(64).refine(isTimeZone).optional(),
  logChannelId: z
    .string()
    .regex(/^[1-9]\d{14,18}$/)
    .nullable()
    .optional(),
  accentColor: z
    .string()
    .refine((text) => parseColor(text) !== undefined)
    .nullable()
    .optional(),
  ...z.strictObject(rulesShape(z.strictObject(commandRuleShape))).partial().shape,
});

export type SettingsFile = z.infer<typeof fileSchema>;

export function settingsFile({
  locale,
  timeZone,
  logChannelId,
  accentColor,
  rules,
}: GuildSettings): SettingsFile {
  const color = accentColor === null ? null : colorText(accentColor);
  const { commands, families } = rules;
  return {
    format: 'shoal-settings',
    version: 1,
    locale,
    timeZone,
    logChannelId,
    accentColor: color,
    commands,
    families,
  };
}

export function fileBytes(file: SettingsFile): Buffer {
  return Buffer.from(JSON.stringify(file, undefined, 2));
}

/** The file, or every problem with it, each with its place (`commands.ping.cooldownSec`), in the reader's language. */
export function readFile(
  bytes: Buffer,
  language: Language,
): { readonly file: SettingsFile } | { readonly problems: readonly string[] } | 'no JSON' {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'no JSON';
  }
  const { localeError } = z.locales[language]();
  const read = fileSchema.safeParse(content, { error: localeError });
  if (read.success) return { file: read.data };
  return { problems: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
}

/** `current` with what the file says. */
export function patchOf(file: SettingsFile, { rules }: GuildSettings): SettingsPatch {
  const { locale, timeZone, logChannelId, accentColor, commands, families } = file;
  return {
    ...(locale !== undefined && { locale }),
    ...(timeZone !== undefined && { timeZone }),
    ...(logChannelId !== undefined && { logChannelId }),
    ...(accentColor !== undefined && {
      accentColor: accentColor === null ? null : (parseColor(accentColor) ?? null),
    }),
    rules: { ...rules, ...(commands && commandsOf(commands)), ...(families && familiesOf(families)) },
  };
}

/** Without rules that say nothing, as ours are stored. */
function commandsOf(commands: NonNullable<SettingsFile['commands']>) {
  const rules = Object.entries(commands).reduce(
    (rules, [name, rule]) => withCommandRule(rules, name, rule),
    noRules,
  );
  return { commands: rules.commands };
}

function familiesOf(families: NonNullable<SettingsFile['families']>) {
  const rules = Object.entries(families).reduce((rules, [name, on]) => withFamily(rules, name, on), noRules);
  return { families: rules.families };
}
