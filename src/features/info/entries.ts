import type { Language } from '../../i18n/i18n.ts';
import type { Command, Subcommand } from '../command.ts';
import type { CommandWords } from '../command-words.ts';
import type { Asker } from '../context.ts';
import type { Feature } from '../feature.ts';
import type { Searched } from './rules/search.ts';

/** A command or subcommand as a member's client shows it. */
export interface Entry extends Searched {
  /** The feature that it belongs to. */
  readonly family: string;
  /** Where it is defined: `remind create`. */
  readonly place: string;
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
  }[];
}

/** Of all commands that who asks may use here, in their language. */
export async function entriesFor({ features, mayUse, speech }: Asker): Promise<Entry[]> {
  const all = features.flatMap((feature) => feature.commands.map((command) => ({ feature, command })));
  const allowed = await Promise.all(all.map(({ command }) => mayUse(command)));
  return all
    .filter((_, index) => allowed[index])
    .flatMap(({ feature, command }) => entriesOf(feature, command, speech.language));
}

function entriesOf({ name: family, words }: Feature, command: Command, language: Language): Entry[] {
  const known = wordsIn(words, language);
  const [root = command.name] = known(command.name);
  if (command.subcommands === undefined)
    return [entry({ family, place: command.name, name: root, runnable: command, known })];
  return Object.entries(command.subcommands).map(([part, runnable]) => {
    const place = `${command.name} ${part}`;
    const [name = part] = known(place);
    return entry({ family, place, name: `${root} ${name}`, runnable, known });
  });
}

type Known = (place: string) => readonly [name: string, description: string] | readonly [];

/** What stands in the words of that language; English stands in the definitions. */
function wordsIn(words: CommandWords | undefined, language: Language): Known {
  return (place) => (language === 'en' ? [] : (words?.[language][place] ?? []));
}

function entry(parts: {
  readonly family: string;
  readonly place: string;
  readonly name: string;
  readonly runnable: Subcommand;
  readonly known: Known;
}): Entry {
  const { family, place, name, runnable, known } = parts;
  const [, description = runnable.description] = known(place);
  const options = Object.entries(runnable.options)
    .toSorted(([, a], [, b]) => Number(b.required) - Number(a.required))
    .map(([option, { required, registration }]) => {
      const [shown = option, about = registration.description] = known(`${place} ${option}`);
      return { name: shown, description: about, required };
    });
  const texts = [description, runnable.description, ...options.map((option) => option.description)];
  return { family, place, name, description, options, names: [name, place], texts };
}
