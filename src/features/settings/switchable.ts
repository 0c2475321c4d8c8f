import { clip } from '../../i18n/i18n.ts';
import type { Command } from '../command.ts';
import type { Asker } from '../context.ts';
import type { Feature } from '../feature.ts';
import type { Complete } from '../options.ts';

/** The families that guild staff may switch off. */
export function switchableFamilies({ features }: Pick<Asker, 'features'>): readonly Feature[] {
  return features.filter(({ alwaysOn, commands }) => alwaysOn !== true && commands.length > 0);
}

interface Listed {
  readonly command: Command;
  /** As the member's client shows it. */
  readonly name: string;
  readonly description: string;
}

/** Their commands. */
export function switchableCommands(asker: Pick<Asker, 'features' | 'speech'>): readonly Listed[] {
  const { language } = asker.speech;
  return switchableFamilies(asker).flatMap(({ commands, words }) =>
    commands.map((command) => {
      const named = language === 'en' ? undefined : words?.[language][command.name];
      const [name, description] = named ?? [command.name, command.description];
      return { command, name, description };
    }),
  );
}

export const completeCommand: Complete = (context) => {
  const wanted = context.typed.trim().replace(/^\//, '').toLowerCase();
  const found = switchableCommands(context).filter(
    ({ command, name }) => command.name.includes(wanted) || name.toLowerCase().includes(wanted),
  );
  const choices = found.map(({ command, name, description }) => ({
    name: clip(`/${name} · ${description}`, 100),
    value: command.name,
  }));
  return Promise.resolve(choices);
};

export const completeFamily: Complete = (context) => {
  const wanted = context.typed.trim().toLowerCase();
  const found = switchableFamilies(context).filter(
    ({ name, title, commands }) =>
      name.includes(wanted) ||
      title[context.speech.language].toLowerCase().includes(wanted) ||
      commands.some((command) => command.name.includes(wanted)),
  );
  const choices = found.map((family) => ({
    name: clip(familyText(context, family), 100),
    value: family.name,
  }));
  return Promise.resolve(choices);
};

/** `Reminders (/remind)` */
export function familyText({ speech }: Pick<Asker, 'speech'>, { title, commands }: Feature): string {
  return `${title[speech.language]} (${commands.map((command) => `/${command.name}`).join(', ')})`;
}
