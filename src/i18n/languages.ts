/** The languages that the bot speaks; English is where a text is written first. */
export const languages = ['en', 'de', 'fr', 'es', 'ko'] as const;
export type Language = (typeof languages)[number];
export type Translation = Exclude<Language, 'en'>;

/** Discord's names of the locales that read a translation (reference, "Locales"). Those without one see what is registered in English. */
export const discordLocales = {
  de: ['de'],
  fr: ['fr'],
  es: ['es-ES', 'es-419'],
  ko: ['ko'],
} as const satisfies Readonly<Record<Translation, readonly string[]>>;

/** `es-419` → `es`; `undefined` for a language that the bot does not speak. */
export function languageOf(locale: string | null | undefined): Language | undefined {
  const [language] = (locale ?? '').split('-');
  return languages.find((known) => known === language);
}
