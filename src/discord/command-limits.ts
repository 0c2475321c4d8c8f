import type { CommandBody } from './command-registration.ts';

/** interactions/application-commands: "Registering a Command", "Application Command Naming", and the structures of options and choices. */
const commandsMax = 100;
const listMax = 25;
const textMax = 100;
const charactersMax = 8_000;
const nameShape = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

type Localized = Readonly<Record<string, string | null>> | null | undefined;

/** What commands, options and choices have in common, however deep they lie. */
interface Part {
  readonly name: string;
  readonly name_localizations?: Localized;
  readonly description?: string;
  readonly description_localizations?: Localized;
  readonly options?: readonly Part[];
  readonly choices?: readonly (Part & { readonly value: string | number })[];
}

/** Everything that Discord would refuse, each as one line that names the place; empty where all is well. */
export function commandProblems(commands: readonly CommandBody[]): string[] {
  const parts = commands as readonly Part[];
  const many =
    parts.length > commandsMax ? [`there are ${parts.length} commands, ${commandsMax} are the limit`] : [];
  const sizes = parts
    .map((command) => ({ name: command.name, size: sizeOf(command) }))
    .filter(({ size }) => size > charactersMax)
    .map(({ name, size }) => `/${name} has ${size} characters in all, ${charactersMax} are the limit`);
  return [
    ...many,
    ...sameNames('commands', parts),
    ...sizes,
    ...parts.flatMap((each) => problemsOf(`/${each.name}`, each)),
  ];
}

function problemsOf(place: string, part: Part): string[] {
  const { options = [], choices = [] } = part;
  return [
    ...texts(part.name, part.name_localizations).flatMap(([locale, name]) =>
      nameProblem(`${place}${locale}`, name),
    ),
    ...texts(part.description, part.description_localizations).flatMap(([locale, text]) =>
      lengthProblem(`the description of ${place}${locale}`, text),
    ),
    ...tooMany(`${place} has ${options.length} options`, options),
    ...tooMany(`${place} has ${choices.length} choices`, choices),
    ...sameNames(`options of ${place}`, options),
    ...sameNames(`choices of ${place}`, choices),
    ...choices.flatMap((choice) => choiceProblems(place, choice)),
    ...options.flatMap((option) => problemsOf(`${place} ${option.name}`, option)),
  ];
}

function choiceProblems(
  place: string,
  { name, name_localizations, value }: Part & { readonly value: string | number },
) {
  return [
    ...texts(name, name_localizations).flatMap(([locale, text]) =>
      lengthProblem(`the choice ${JSON.stringify(name)} of ${place}${locale}`, text),
    ),
    ...(typeof value === 'string'
      ? lengthProblem(`the value of the choice ${JSON.stringify(name)} of ${place}`, value)
      : []),
  ];
}

/** The text that stands for all locales, and each translation with its locale. */
function texts(text: string | undefined, localized: Localized): readonly (readonly [string, string])[] {
  const translated = Object.entries(localized ?? {}).map(
    ([locale, each]) => [` (${locale})`, each ?? ''] as const,
  );
  return text === undefined ? translated : [['', text], ...translated];
}

function nameProblem(place: string, name: string): string[] {
  if (nameShape.test(name) && name === name.toLowerCase()) return [];
  return [
    `the name ${JSON.stringify(name)} of ${place} must have 1 to 32 lower-case letters, digits, - or _`,
  ];
}

function lengthProblem(what: string, { length }: string): string[] {
  return length >= 1 && length <= textMax
    ? []
    : [`${what} has ${length} characters, 1 to ${textMax} are allowed`];
}

function tooMany(what: string, list: readonly unknown[]): string[] {
  return list.length > listMax ? [`${what}, ${listMax} are the limit`] : [];
}

/** In any language: what a member sees must be told apart. */
function sameNames(what: string, parts: readonly Part[]): string[] {
  const twice = repeated(parts.map(({ name }) => name));
  if (twice !== undefined) return [`two ${what} are called ${JSON.stringify(twice)}`];
  const locales = new Set(parts.flatMap(({ name_localizations: names }) => Object.keys(names ?? {})));
  return [...locales].flatMap((locale) => {
    const name = repeated(parts.map((part) => part.name_localizations?.[locale] ?? part.name));
    return name === undefined ? [] : [`two ${what} are called ${JSON.stringify(name)} (${locale})`];
  });
}

function repeated(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) < index);
}

/** "Only the longest localization for each field" counts (Application Command Object, on the limit of 8,000). */
function sizeOf({ options = [], choices = [], ...part }: Part): number {
  return (
    longest(part.name, part.name_localizations) +
    longest(part.description, part.description_localizations) +
    choices.reduce(
      (sum, { name, name_localizations, value }) =>
        sum + longest(name, name_localizations) + String(value).length,
      0,
    ) +
    options.reduce((sum, option) => sum + sizeOf(option), 0)
  );
}

function longest(text: string | undefined, localized: Localized): number {
  return Math.max(0, ...texts(text, localized).map(([, { length }]) => length));
}
