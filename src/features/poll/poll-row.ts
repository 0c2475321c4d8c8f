import { speechFor, type Speech } from '../../i18n/i18n.ts';

export interface Poll {
  /** Of the interaction that asked for it. */
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string | null;
  /** `null` after they had their data deleted. */
  readonly createdBy: string | null;
  readonly question: string;
  readonly answers: readonly string[];
  readonly anonymous: boolean;
  readonly multiple: boolean;
  /** Of the guild, as everybody reads it. */
  readonly locale: string;
  /** `null` where it is not known. */
  readonly creatorLocale: string | null;
  readonly color: number;
  /** A decimal number: which state of the votes this is. */
  readonly revision: string;
  readonly closesAt: Date;
  readonly closedAt: Date | null;
}

/** By position of the answer. */
export interface Tally {
  readonly counts: readonly number[];
  readonly voters: number;
}

/** The language of its message; all its times are Discord's own timestamps. */
export function speechOf({ locale }: Pick<Poll, 'locale'>): Speech {
  return speechFor([locale], 'UTC');
}

/** The language of whoever asked for it. */
export function creatorSpeech({ creatorLocale, locale }: Pick<Poll, 'creatorLocale' | 'locale'>): Speech {
  return speechFor([creatorLocale, locale], 'UTC');
}

export function namesOf({ answers }: Pick<Poll, 'answers'>, choices: readonly number[]): string {
  return choices.map((position) => answers[position] ?? '').join(', ');
}
