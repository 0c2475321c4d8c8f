import { discordLocales, type Translation } from '../i18n/i18n.ts';

/** Name and description, as Discord shows them. */
type Named = readonly [name: string, description: string];

/**
 * What the commands of a feature and their options are called in the other languages, by where they stand: `remind`,
 * `remind create`, `remind create when`. The definitions say it in English.
 */
export type CommandWords = Readonly<Record<Translation, Readonly<Record<string, Named>>>>;

export interface Localizations {
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
}

/** What Discord is to be told about the command or option at `place`; empty where nothing is translated. */
export function localizations(words: CommandWords | undefined, place: string): Localizations {
  const known = Object.entries(discordLocales).flatMap(([language, locales]) => {
    const named = words?.[language as Translation][place];
    return named === undefined ? [] : locales.map((locale) => ({ locale, named }));
  });
  if (known.length === 0) return {};
  return {
    name_localizations: Object.fromEntries(known.map(({ locale, named: [name] }) => [locale, name])),
    description_localizations: Object.fromEntries(
      known.map(({ locale, named: [, description] }) => [locale, description]),
    ),
  };
}
