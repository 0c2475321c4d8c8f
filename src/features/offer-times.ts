import type { Speech } from '../i18n/i18n.ts';
import { speechWhileTyping } from './member-zone.ts';
import type { Complete } from './options.ts';
import { plainText, understoodText } from './rules/understood-text.ts';
import { understand, type Reader } from './rules/when.ts';

interface Times {
  /** Offered to somebody who has typed nothing yet that makes sense. */
  readonly examples: readonly string[];
  /** Whether a time will do. */
  readonly fits: (dueMs: number, nowMs: number) => boolean;
  /** As in `Reader`. */
  readonly countedFirst?: boolean;
}

export function readerOf(speech: Speech, nowMs: number): Reader {
  const { language, timeZone, locale } = speech;
  return { nowMs, timeZone, language, monthFirst: locale === 'en-US' };
}

/** Shows what was understood: "Tomorrow, 09:00 (in 14 hours)". */
export function offerTimes(times: Times): Complete {
  return async (context) => {
    const speech = await speechWhileTyping(context);
    const nowMs = Date.now();
    const offers = (text: string) => offersFor(text, speech, nowMs, times);
    const typed = offers(context.typed);
    return typed.length > 0 ? typed : times.examples.flatMap(offers);
  };
}

function offersFor(text: string, speech: Speech, nowMs: number, { fits, countedFirst = false }: Times) {
  const understood = understand(text, { ...readerOf(speech, nowMs), countedFirst });
  if (understood === undefined || !fits(understood.dueMs, nowMs)) return [];
  const { dueMs, counted } = understood;
  // What is counted from now on is counted again when the command is sent.
  const value = counted ? text : plainText(dueMs, speech.timeZone);
  return [{ name: understoodText(dueMs, nowMs, speech), value }];
}
