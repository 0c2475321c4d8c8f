import type { Speech } from '../../i18n/i18n.ts';
import type { AutocompleteContext } from '../context.ts';
import { speechInZone } from './member-zone.ts';
import { objection } from './rules/limits.ts';
import { plainText, understoodText } from './rules/understood-text.ts';
import { understand, type Reader } from './rules/when.ts';

/** What is offered to somebody who has typed nothing that makes sense yet. */
const examples = ['10m', '1h', '1 day', 'tomorrow 9:00', 'monday 9:00', 'next month'];

export function readerOf(speech: Speech, nowMs: number): Reader {
  const { language, timeZone, locale } = speech;
  return { nowMs, timeZone, language, monthFirst: locale === 'en-US' };
}

/** Shows what was understood: "Tomorrow, 09:00 (in 14 hours)". */
export async function offerTimes(
  context: AutocompleteContext,
): Promise<readonly { readonly name: string; readonly value: string }[]> {
  const speech = await speechInZone(context);
  const nowMs = Date.now();
  const typed = choice(context.typed, speech, nowMs);
  return typed === undefined ? examples.flatMap((text) => choice(text, speech, nowMs) ?? []) : [typed];
}

function choice(text: string, speech: Speech, nowMs: number) {
  const understood = understand(text, readerOf(speech, nowMs));
  if (understood === undefined || objection(understood.dueMs, nowMs) !== undefined) return undefined;
  const { dueMs, counted } = understood;
  // What is counted from now on is counted again when the command is sent.
  return {
    name: understoodText(dueMs, nowMs, speech),
    value: counted ? text : plainText(dueMs, speech.timeZone),
  };
}
