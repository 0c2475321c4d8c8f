export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
export type Part = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' | 'midnight';

/** What a few words of a text say of a time. */
export type Piece =
  /** "2 hours" */
  | { readonly is: 'span'; readonly count: number; readonly unit: Unit }
  /** Days from today: "tomorrow" is 1. */
  | { readonly is: 'day'; readonly ahead: number }
  /** 0: Sunday. */
  | { readonly is: 'weekday'; readonly weekday: number }
  | { readonly is: 'date'; readonly year?: number; readonly month: number; readonly day: number }
  | TimePiece
  | { readonly is: 'part'; readonly part: Part }
  /** "next", of a weekday; "next week"; words before a span, before a time, and those without a meaning of their own. */
  | { readonly is: 'next' | 'nextWeek' | 'in' | 'at' | 'noise' };

export interface TimePiece {
  readonly is: 'time';
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
  readonly half?: 'am' | 'pm';
  /** A number and nothing else: an hour only where more is said. */
  readonly bare?: true;
}

/** Words, and what they say; `undefined` where they say something else in this place. */
export interface Rule {
  /** The source of a regular expression, for text that is `folded`. */
  readonly source: string;
  /** A digit may follow at once: `1d12h`. */
  readonly joins?: true;
  readonly read: (found: readonly (string | undefined)[], before: readonly Piece[]) => Pieces;
}

export type Pieces = Piece | readonly Piece[] | undefined;

/** How a language says times; sources of regular expressions for text that is `folded`. */
export interface Vocabulary {
  readonly units: Readonly<Record<Unit, string>>;
  /** "an" of "an hour". */
  readonly one: string;
  /** From 1 on. */
  readonly numbers: readonly string[];
  readonly more?: Readonly<Record<string, number>>;
  readonly today: string;
  readonly tomorrow: string;
  readonly dayAfter: string;
  /** Sunday first. */
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  readonly parts: Readonly<Record<Part, string>>;
  readonly next: string;
  readonly nextWeek: string;
  readonly nextMonth: string;
  readonly halfHour: string;
  readonly in: string;
  readonly at: string;
  readonly noise: string;
  /** Words are written apart, so that one ends where no letter follows. */
  readonly spaced: boolean;
  /** The language's own, tried first; `number` is the source of a number in digits or words. */
  readonly rules: (number: string, valueOf: (text: string | undefined) => number) => readonly Rule[];
}

/** Lower case, without accents, with plain digits and apostrophes, and a space for the T of `2026-12-24T18:00`. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll(/[’`´]/g, "'")
    .replaceAll(/(?<=\d)t(?=\d)/g, ' ')
    .trim();
}

export function time(hour: number, minute = 0): TimePiece {
  return { is: 'time', hour, minute };
}

/** "An hour and a half". */
export function andHalf(hours: number): readonly Piece[] {
  return [
    { is: 'span', count: hours, unit: 'hour' },
    { is: 'span', count: 30, unit: 'minute' },
  ];
}

/** "Quarter to" and "halb" an hour are in the one before it. */
export function hourBefore(hour: number): number {
  return (hour + 23) % 24;
}

/** Whether what looks like a time of day is how long it takes: "dans 2 h 30", "1 jour 2 h", but "dans 2 jours à 9 h 30". */
export function isSpanAfter(before: readonly Piece[]): boolean {
  return before.some(({ is }) => is === 'in' || is === 'span') && before.at(-1)?.is !== 'at';
}

/** "18 h 30": a time of day, but a span after "in", or where "2 heures" is all that is said. */
export const hourLetter: Rule = {
  source: String.raw`(\d{1,2})\s*h(?:(?:eures?|oras?)(?:($)|))?(?:\s*(\d{2})(?!\d))?`,
  read: ([, hour, atEnd, minute], before) =>
    isSpanAfter(before) || (atEnd !== undefined && before.length === 0)
      ? undefined
      : time(Number(hour), Number(minute ?? 0)),
};
