import { pick } from '../../world/random.ts';
import { chanceOf, isMissing, pastMoment, wholeBetween } from '../invention.ts';

export type Article = {
  /** With spaces, as it is read; with underscores in addresses. */
  readonly title: string;
  readonly kind: 'standard' | 'disambiguation';
  readonly pageid: number;
  readonly revision: string;
  readonly timestamp: string;
  readonly description: string;
  readonly extract: string;
  readonly words: number;
};

/** Short names that lead to an article under its full one. */
const redirects: ReadonlyMap<string, string> = new Map([
  ['UK', 'United Kingdom'],
  ['USA', 'United States'],
  ['NYC', 'New York City'],
  ['JS', 'JavaScript'],
]);
const ambiguous: ReadonlySet<string> = new Set(['Mercury', 'Java', 'Python', 'Phoenix', 'Jaguar', 'Bass']);
const things = [
  'branch of knowledge',
  'form of art',
  'kind of craft',
  'field of study',
  'tradition',
] as const;
const eras = ['antiquity', 'the Middle Ages', 'the 17th century', 'the industrial age'] as const;

/** The title as MediaWiki stores it: spaces for underscores, none at its ends, a capital first. */
export function normalTitle(title: string): string {
  const spaced = title.replaceAll(/[_\s]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** The title that one leads to, where it is a redirect. */
export function redirectOf(title: string): string | undefined {
  return redirects.get(title);
}

/** The article of a normal title; MediaWiki allows no `#<>[]{}|` and 255 bytes in one. */
export function findArticle(seed: number, lang: string, title: string): Article | undefined {
  const impossible = title === '' || /[#<>[\]{}|]/.test(title) || Buffer.byteLength(title) > 255;
  if (impossible || isMissing(title)) return undefined;
  const random = chanceOf(seed, 'wikipedia', lang, title);
  const kind = ambiguous.has(title) || title.endsWith(' (disambiguation)') ? 'disambiguation' : 'standard';
  const thing = pick(random, things);
  return {
    title,
    kind,
    pageid: wholeBetween(random, 1_000, 70_000_000),
    revision: String(wholeBetween(random, 1_000_000_000, 1_290_000_000)),
    timestamp: `${pastMoment(random).toISOString().slice(0, 19)}Z`,
    description:
      kind === 'standard'
        ? `${thing.charAt(0).toUpperCase()}${thing.slice(1)}`
        : 'Topics referred to by the same term',
    extract:
      kind === 'standard'
        ? `${title} is a ${thing} that goes back to ${pick(random, eras)}. It has been practised ever since.`
        : `${title} most commonly refers to:${title} (planet)${title} (mythology)`,
    words: wholeBetween(random, 120, 12_000),
  };
}

/** Titles that begin with what was typed, as a search box suggests them. */
export function suggestTitles(typed: string, limit: number): readonly string[] {
  const title = normalTitle(typed);
  if (title === '' || isMissing(title)) return [];
  const endings = ['', ' (disambiguation)', ' (film)', ' (album)', ' in popular culture', ' of the world'];
  return endings.map((ending) => `${title}${ending}`).slice(0, limit);
}
