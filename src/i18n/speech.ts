import { languageOf, type Language } from './languages.ts';

/** How to speak to somebody. */
export interface Speech {
  readonly language: Language;
  /** For numbers and dates, by BCP 47: `en-GB` where `language` is `en`. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly mention?: MentionCommand;
}

/** Names the command that is defined at `place` (`remind create`) for a reader of `language`, as Markdown. */
export type MentionCommand = (place: string, language: Language) => string;

/** The first of `locales` that the bot speaks (the member's, then the guild's), else English. */
export function speechFor(
  locales: readonly (string | null | undefined)[],
  timeZone: string,
  mention?: MentionCommand,
): Speech {
  const more = mention === undefined ? {} : { mention };
  for (const locale of locales) {
    const language = languageOf(locale);
    if (language !== undefined && typeof locale === 'string') return { language, locale, timeZone, ...more };
  }
  return { language: 'en', locale: 'en-US', timeZone, ...more };
}

/** The command at `place` as `speech` names it; where nobody said how, in English. */
export function mentionOf({ mention, language }: Speech, place: string): string {
  return mention?.(place, language) ?? `**/${place}**`;
}
