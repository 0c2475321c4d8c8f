import { z } from 'zod';
import type { Modal } from '../features/component.ts';
import type { Speech } from '../i18n/i18n.ts';
import { problemWords } from './problem-words.ts';

/** What in a form does not fit: a line for each field, by the name that its member has seen, in their language. */
export function formProblem(form: Modal, entered: unknown, speech: Speech): string {
  const { localeError } = z.locales[speech.language]();
  const { error } = form.fields.safeParse(entered, { error: localeError });
  const names = form.labels(speech);
  const lines = error?.issues.map((issue) => {
    const [key = ''] = issue.path;
    return `- ${lineOf(issue, names[String(key)] ?? String(key), speech)}`;
  });
  return (lines ?? []).join('\n');
}

/** The language of zod's own messages is that of programmers; what members run into is a text of the wrong length. */
function lineOf(issue: z.core.$ZodIssue, field: string, speech: Speech): string {
  const say = problemWords.in(speech);
  if (issue.code === 'too_small' && issue.origin === 'string')
    return say('fieldShort', { field, min: Number(issue.minimum) });
  if (issue.code === 'too_big' && issue.origin === 'string')
    return say('fieldLong', { field, max: Number(issue.maximum) });
  return say('fieldOther', { field, reason: issue.message });
}
