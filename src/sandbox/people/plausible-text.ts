import { anyOf, between } from './chance.ts';

type Texts = (random: () => number) => string | undefined;

/** What people write where a name or a description speaks of such a thing; the first that fits counts. */
const kinds: readonly (readonly [RegExp, Texts])[] = [
  [/colou?r/, (random) => `#${between(random, 0, 0xffffff).toString(16).padStart(6, '0').toUpperCase()}`],
  [
    /time.?zone/,
    (random) => anyOf(random, ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'UTC', 'Mars']),
  ],
  [/\b(url|link|website)\b/, (random) => `https://www.example.com/${between(random, 1, 999)}`],
  [
    /\b(duration|when|in|delay|until|after|time)\b/,
    (random) => `${between(random, 1, 59)}${anyOf(random, ['m', 'h', 's', 'd']) ?? 'm'}`,
  ],
  [
    /\b(city|place|location|weather)\b/,
    (random) => anyOf(random, ['Berlin', 'Lisbon', 'Osaka', 'Lagos', 'Quito']),
  ],
  [/\b(country|region)\b/, (random) => anyOf(random, ['Portugal', 'Kenya', 'Japan', 'Chile'])],
  [/\b(currency|from|to)\b/, (random) => anyOf(random, ['EUR', 'USD', 'JPY', 'GBP', 'KES'])],
  [
    /\b(repo|repository)\b/,
    (random) => anyOf(random, ['nodejs/node', 'denoland/deno', 'microsoft/TypeScript']),
  ],
  [/\b(word|term)\b/, (random) => anyOf(random, ['reef', 'tide', 'lantern', 'shoal', 'quorum'])],
  [/\b(locale|language)\b/, (random) => anyOf(random, ['en', 'de', 'fr', 'es-ES'])],
  [/\b(emoji)\b/, (random) => anyOf(random, ['🎉', '🐟', '🔥'])],
  [/\b(id|number)\b/, (random) => String(between(random, 1, 500))],
];

/** A text of the kind that `about`, an option's or a field's names, speaks of; `undefined` where it says nothing. */
export function plausibleText(about: string, random: () => number): string | undefined {
  const words = about.toLowerCase().replaceAll(/[_-]/g, ' ');
  return kinds.find(([pattern]) => pattern.test(words))?.[1](random);
}
