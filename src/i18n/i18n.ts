import { IntlMessageFormat } from 'intl-messageformat';
import { clip } from './clip.ts';
import { discordLocales, languageOf, languages, type Language, type Translation } from './languages.ts';
import { escapeMarkdown } from './markdown.ts';
import { speechFor, type Speech } from './speech.ts';

export {
  clip,
  discordLocales,
  escapeMarkdown,
  languageOf,
  languages,
  speechFor,
  type Language,
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

/** ICU messages (unicode-org.github.io/icu, "Formatting Messages") by key; times are values, as Discord's timestamps or text. `<` and `#` outside of plurals are plain text. */
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
  const formats = new Map<string, IntlMessageFormat>();
  const formatOf = ({ language, locale }: Speech, key: Key): IntlMessageFormat => {
    const id = `${locale} ${key}`;
    const known = formats.get(id);
    if (known !== undefined) return known;
    const made = new IntlMessageFormat(texts[language][key], locale, undefined, { ignoreTag: true });
    formats.set(id, made);
    return made;
  };
  return {
    texts,
    in: (speech) => (key, values) => String(formatOf(speech, key).format(values && plain(values))),
  };
}

function plain(values: Values): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value instanceof Verbatim ? value.text : typeof value === 'string' ? escapeMarkdown(value) : value,
    ]),
  );
}
