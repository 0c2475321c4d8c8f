import { languageOf, type Language } from './languages.ts';

/** How to speak to somebody. */
export interface Speech {
  readonly language: Language;
  /** For numbers and dates, by BCP 47: `en-GB` where `language` is `en`. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** The first of `locales` that the bot speaks (the member's, then the guild's), else English. */
export function speechFor(locales: readonly (string | undefined)[], timeZone: string): Speech {
  for (const locale of locales) {
    const language = languageOf(locale);
    if (language !== undefined && locale !== undefined) return { language, locale, timeZone };
  }
  return { language: 'en', locale: 'en-US', timeZone };
}
