import { anyOf, between, logNormal } from './chance.ts';
import type { Language } from './languages.ts';

export type Speech = { readonly language: Language; readonly verbosity: number };

/** Deeper than any grammar here goes. */
const deepest = 5;

/** What Discord's client sends without a subscription. */
const maxContent = 2_000;

const emojis = ['😀', '👍', '🎉', '🔥', '😅', '👀', '🐟', '💡'] as const;

/** What somebody says into a channel: mostly one sentence, now and then many. */
export function smallTalk({ language, verbosity }: Speech, random: () => number): string {
  const sentences = Math.max(1, Math.min(20, Math.round(logNormal(random, verbosity, 0.6))));
  const said = Array.from({ length: sentences }, () =>
    grown(language, anyOf(random, language.sentence), random),
  );
  const opener = random() < 0.25 ? `${anyOf(random, language.opener) ?? ''} ` : '';
  return ended(`${opener}${said.join(' ')}`, random);
}

/** What somebody says to a message that they reply to. */
export function replyText(speech: Speech, random: () => number): string {
  if (random() < 0.4) return smallTalk(speech, random);
  return ended(grown(speech.language, anyOf(random, speech.language.reply), random), random);
}

/** Some words, of `least` to `most` characters. */
export function someText(language: Language, least: number, most: number, random: () => number): string {
  const whole = () => grown(language, anyOf(random, language.sentence), random);
  let text = whole().slice(0, Math.max(1, most)).trim();
  while (text.length < least) text = `${text} ${whole()}`;
  return text.slice(0, Math.max(1, most));
}

/** The same line from all who raid; the link leads nowhere (RFC 2606). */
export function raidText(runSeed: number, mentions: readonly string[]): string {
  const names = mentions.map((id) => `<@${id}>`).join(' ');
  return `FREE GIFTS for the first hundred! https://gifts-${runSeed % 1_000}.example/claim @everyone ${names}`.trim();
}

/** What somebody floods a channel with: short, and much the same over and over. */
export function floodText(userId: string, random: () => number): string {
  const word = ['BUY', 'LOOK', 'SPAM', 'HEY'][Number(BigInt(userId) % 4n)] ?? 'SPAM';
  return `${`${word} `.repeat(between(random, 1, 6))}${'!'.repeat(between(random, 1, 3))}`;
}

function ended(text: string, random: () => number): string {
  const emoji = random() < 0.15 ? ` ${anyOf(random, emojis) ?? ''}` : '';
  return `${text}${emoji}`.slice(0, maxContent);
}

function grown(language: Language, line: string | undefined, random: () => number, depth = 0): string {
  if (line === undefined || depth > deepest) return '';
  return line.replaceAll(/\{(\w+)\}/g, (_, slot: string) =>
    grown(language, anyOf(random, language.slots[slot] ?? []), random, depth + 1),
  );
}
