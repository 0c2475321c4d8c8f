import { speechFor, type Speech } from '../../i18n/i18n.ts';

export interface Giveaway {
  /** Of the interaction that asked for it. */
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string | null;
  /** `null` after they had their data deleted. */
  readonly hostId: string | null;
  readonly prize: string;
  readonly winners: number;
  readonly roleId: string | null;
  /** Of the guild, as everybody reads it. */
  readonly locale: string;
  /** `null` where it is not known. */
  readonly hostLocale: string | null;
  readonly color: number;
  readonly state: 'open' | 'drawn' | 'cancelled';
  /** A decimal number. */
  readonly revision: string;
  /** Of the seed of the next draw. */
  readonly commitment: string;
  readonly endsAt: Date;
}

export interface Draw {
  /** From 1. */
  readonly number: number;
  readonly seed: string;
  readonly wanted: number;
  /** How many it was drawn from. */
  readonly candidates: number;
  readonly announced: boolean;
  /** Ids, the first winner first. */
  readonly winners: readonly string[];
}

/** A giveaway with what its message shows. */
export interface Whole {
  readonly giveaway: Giveaway;
  readonly entrants: number;
  readonly draws: readonly Draw[];
}

/** The language of its message; all its times are Discord's own timestamps. */
export function speechOf({ locale }: Pick<Giveaway, 'locale'>): Speech {
  return speechFor([locale], 'UTC');
}

/** The language of whoever asked for it. */
export function hostSpeech({ hostLocale, locale }: Pick<Giveaway, 'hostLocale' | 'locale'>): Speech {
  return speechFor([hostLocale, locale], 'UTC');
}

export function mentions(userIds: readonly string[]): string {
  return userIds.map((id) => `<@${id}>`).join(' ');
}
