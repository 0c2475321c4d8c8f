import { pick } from './random.ts';

const tempers = [
  'Quiet',
  'Amber',
  'Northern',
  'Lucky',
  'Silver',
  'Paper',
  'Midnight',
  'Velvet',
  'Rusty',
] as const;
const places = [
  'Harbour',
  'Reef',
  'Lantern',
  'Orchard',
  'Workshop',
  'Lagoon',
  'Arcade',
  'Library',
  'Pier',
] as const;
const people = [
  'mira',
  'tomas',
  'ines',
  'kofi',
  'sven',
  'aiko',
  'leila',
  'bruno',
  'noor',
  'petra',
  'otis',
] as const;

export function guildName(random: () => number): string {
  return `${pick(random, tempers)} ${pick(random, places)}`;
}

/** A user name as Discord allows since 2023: lower case, digits, dots and underscores. */
export function userName(random: () => number): string {
  return `${pick(random, people)}_${Math.floor(random() * 10_000)}`;
}
