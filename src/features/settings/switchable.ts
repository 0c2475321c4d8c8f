import { clip, languages } from '../../i18n/i18n.ts';
import type { Command } from '../command.ts';
import type { Asker } from '../context.ts';
import type { Feature } from '../feature.ts';
import { commandName } from '../mention.ts';
import type { Complete } from '../options.ts';

type Reader = Pick<Asker, 'features' | 'speech'>;

/** The families that guild staff may switch off. */
export function switchableFamilies({ features }: Pick<Asker, 'features'>): readonly Feature[] {
  return features.filter(({ alwaysOn, commands }) => alwaysOn !== true && commands.length > 0);
}

/** Their commands. */
export function switchableCommands(asker: Pick<Asker, 'features'>): readonly Command[] {
  return switchableFamilies(asker).flatMap(({ commands }) => commands);
}

/** The command that a client of any of our languages shows under this name, the reader's own first; with or without its slash. */
export function findCommand(reader: Reader, given: string): Command | undefined {
  const wanted = typed(given);
  const commands = switchableCommands(reader);
  return (
    commands.find(({ name }) => name === wanted) ??
    commands.find(({ name }) => shownName(reader, name) === wanted) ??
    commands.find((command) => namesOf(reader, command).includes(wanted))
  );
}

/** By its name or title in any of our languages, or by one of its commands. */
export function findFamily(reader: Reader, given: string): Feature | undefined {
  const wanted = typed(given);
  const families = switchableFamilies(reader);
  const command = findCommand(reader, given);
  return (
    families.find(({ name }) => name === wanted) ??
    families.find((family) => titlesOf(family).includes(wanted)) ??
    families.find(({ commands }) => command !== undefined && commands.includes(command))
  );
}

export const completeCommand: Complete = (context) => {
  const wanted = typed(context.typed);
  const found = switchableCommands(context).filter((command) =>
    namesOf(context, command).some((name) => name.includes(wanted)),
  );
  const choices = found.map((command) => ({
    name: clip(`/${shownName(context, command.name)} · ${descriptionOf(context, command)}`, 100),
    value: command.name,
  }));
  return Promise.resolve(choices);
};

export const completeFamily: Complete = (context) => {
  const wanted = typed(context.typed);
  const found = switchableFamilies(context).filter((family) =>
    [
      family.name,
      ...titlesOf(family),
      ...family.commands.flatMap((command) => namesOf(context, command)),
    ].some((name) => name.includes(wanted)),
  );
  const choices = found.map((family) => ({
    name: clip(familyText(context, family), 100),
    value: family.name,
  }));
  return Promise.resolve(choices);
};

/** `Erinnerungen (/erinnerung)` */
export function familyText(reader: Reader, { title, commands }: Feature): string {
  const names = commands.map(({ name }) => `/${shownName(reader, name)}`);
  return `${title[reader.speech.language]} (${names.join(', ')})`;
}

/** Korean may come in pieces, and Discord's names are in lower case. */
function typed(text: string): string {
  return text.normalize('NFC').trim().replace(/^\//, '').toLowerCase();
}

function shownName({ features, speech }: Reader, name: string): string {
  return commandName(features, name, speech.language);
}

function namesOf({ features }: Reader, { name }: Command): readonly string[] {
  return languages.map((language) => commandName(features, name, language));
}

function titlesOf({ title }: Feature): readonly string[] {
  return languages.map((language) => title[language].toLowerCase());
}

function descriptionOf({ features, speech }: Reader, command: Command): string {
  const words = features.find(({ commands }) => commands.includes(command))?.words;
  const named = speech.language === 'en' ? undefined : words?.[speech.language][command.name];
  return named?.[1] ?? command.description;
}
