import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { korean } from './korean.ts';
import { folded, type Piece, type Rule, type Vocabulary } from './pieces.ts';
import { rulesOf, slashDate } from './rules-of.ts';
import { spanish } from './spanish.ts';

const vocabularies = { en: english, de: german, fr: french, es: spanish, ko: korean };
export type Language = keyof typeof vocabularies;

interface Compiled {
  readonly pattern: RegExp;
  readonly read: Rule['read'];
}

interface Known {
  readonly language: string;
  readonly rules: readonly Compiled[];
  readonly slash: readonly Compiled[];
}

/** Made with the first text that is read: its patterns cost every start 20 ms of CPU otherwise. */
let known: readonly Known[] | undefined;

function compileAll(): readonly Known[] {
  return Object.entries(vocabularies).map(([language, vocabulary]) => ({
    language,
    rules: rulesOf(vocabulary).map((rule) => compile(rule, vocabulary)),
    slash: [true, false].map((monthFirst) => compile(slashDate(monthFirst), vocabulary)),
  }));
}

/** All readings of the whole text, in `first` before the other languages; none where any word of it is unknown in each. */
export function* readings(
  text: string,
  first: Language,
  monthFirst: boolean,
): Generator<readonly Piece[], void> {
  const plain = folded(text);
  known ??= compileAll();
  const order = known.toSorted((a, b) => Number(b.language === first) - Number(a.language === first));
  for (const { rules, slash } of order) {
    const pieces = read(plain, [...slash.slice(monthFirst ? 0 : 1, monthFirst ? 1 : 2), ...rules]);
    if (pieces !== undefined) yield pieces;
  }
}

/** A word ends where no letter follows, digits where no digit does. */
function compile({ source, joins, read: says }: Rule, { spaced }: Vocabulary): Compiled {
  const ends = [...(spaced ? [String.raw`\p{L}`] : []), ...(joins ? [] : [String.raw`\d`])];
  const end = ends.map((none) => `(?!${none})`).join('');
  return { pattern: new RegExp(`(?:${source})${end}`, 'uy'), read: says };
}

function read(text: string, rules: readonly Compiled[]): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (let at = skip(text, 0); at < text.length;) {
    const [next, found] = step(text, at, rules, pieces);
    if (next === at) return undefined;
    pieces.push(...found);
    at = skip(text, next);
  }
  return pieces;
}

function step(
  text: string,
  at: number,
  rules: readonly Compiled[],
  before: readonly Piece[],
): readonly [end: number, pieces: readonly Piece[]] {
  for (const { pattern, read: says } of rules) {
    pattern.lastIndex = at;
    const said = pattern.exec(text);
    const found = said === null ? undefined : says([...said], before);
    if (found !== undefined) return [pattern.lastIndex, 'is' in found ? [found] : found];
  }
  return [at, []];
}

function skip(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[\s,]/.test(text.charAt(at))) at++;
  return at;
}
