import type { Language } from '../i18n/i18n.ts';
import type { Feature } from './feature.ts';

/** What the reader's client calls the command or subcommand that is defined at `place`: `remind create` → `erinnerung neu`. */
export function commandName(
  features: readonly Pick<Feature, 'commands' | 'words'>[],
  place: string,
  language: Language,
): string {
  if (language === 'en') return place;
  const parts = place.split(' ');
  const feature = features.find(({ commands }) => commands.some(({ name }) => name === parts[0]));
  const words = feature?.words?.[language];
  return parts.map((part, index) => words?.[parts.slice(0, index + 1).join(' ')]?.[0] ?? part).join(' ');
}

/**
 * A command that can be clicked and that each reader sees in their language (reference, "Message Formatting"); `shown` alone where
 * Discord's id is not known.
 */
export function commandMention(ids: ReadonlyMap<string, string>, place: string, shown: string): string {
  const id = ids.get(place.split(' ')[0] ?? '');
  return id === undefined ? `**/${shown}**` : `</${place}:${id}>`;
}
