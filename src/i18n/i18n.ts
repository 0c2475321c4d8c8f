import { IntlMessageFormat } from 'intl-messageformat';
import { clip } from './clip.ts';
import { discordLocales, languageOf, languages, type Language, type Translation } from './languages.ts';
import { escapeMarkdown } from './markdown.ts';
import { mentionOf, speechFor, type MentionCommand, type Speech } from './speech.ts';

export {
  clip,
  discordLocales,
  escapeMarkdown,
  languageOf,
  languages,
  mentionOf,
  speechFor,
  type Language,
  type MentionCommand,
  type Speech,
  type Translation,
};

/** Markup that is meant: a mention, a timestamp, a link. Made by `verbatim`. */
class Verbatim {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export function verbatim(text: string): Verbatim {
  return new Verbatim(text);
}

/** Strings are other people's until said otherwise: their Markdown is escaped. */
export type Values = Readonly<Record<string, string | number | Verbatim>>;

/** Says one text; throws for a value that the text needs and does not get. */
export type Say<Key extends string> = (key: Key, values?: Values) => string;

/**
 * ICU messages (unicode-org.github.io/icu, "Formatting Messages") by key; times are values, as Discord's timestamps or text. `</remind list>`
 * names the command that is defined there as the reader's client does. Any other `<`, and `#` outside of plurals, are plain text.
 */
export type Texts<Key extends string = string> = Readonly<Record<Key, string>>;

export interface Words<Key extends string> {
  readonly texts: Readonly<Record<Language, Texts<Key>>>;
  /** The texts as somebody reads them. */
  in(speech: Speech): Say<Key>;
}

/** The same keys in every language: the compiler sees to it; a test compares the values that they name. */
export function defineWords<const English extends Texts>(
  texts: { readonly en: English } & Readonly<Record<Translation, Texts<keyof English & string>>>,
): Words<keyof English & string> {
  type Key = keyof English & string;
  const formats = new Map<string, Format>();
  const formatOf = ({ language, locale }: Speech, key: Key): Format => {
    const id = `${locale} ${key}`;
    const known = formats.get(id);
    if (known !== undefined) return known;
    const made = formatFrom(texts[language][key], locale);
    formats.set(id, made);
    return made;
  };
  return {
    texts,
    in: (speech) => (key, values) => {
      const { message, places } = formatOf(speech, key);
      const commands = places.map((place, index) => [`command${index}`, mentionOf(speech, place)] as const);
      return String(message.format({ ...(values && plain(values)), ...Object.fromEntries(commands) }));
    },
  };
}

interface Format {
  readonly message: IntlMessageFormat;
  /** The commands that it names, as `{command0}` and so on. */
  readonly places: readonly string[];
}

function formatFrom(text: string, locale: string): Format {
  const places: string[] = [];
  const named = text.replaceAll(
    /<\/([a-z][\w -]*)>/g,
    (_, place: string) => `{command${places.push(place) - 1}}`,
  );
  return { message: new IntlMessageFormat(named, locale, undefined, { ignoreTag: true }), places };
}

function plain(values: Values): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value instanceof Verbatim ? value.text : typeof value === 'string' ? escapeMarkdown(value) : value,
    ]),
  );
}
