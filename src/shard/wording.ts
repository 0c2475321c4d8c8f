import type { APIEmbed } from 'discord-api-types/v10';
import { PROBLEM_COLOR } from '../../config/appearance.ts';
import type { Speech, Values } from '../i18n/i18n.ts';
import { problemWords } from './problem-words.ts';

type Advised = {
  [Key in keyof typeof problemWords.texts.en]: `${Key}Advice` extends keyof typeof problemWords.texts.en
    ? Key
    : never;
}[keyof typeof problemWords.texts.en];

/** Why something is not done: a text with advice, or a feature's own reason in the member's language. */
export type Problem =
  | { readonly problem: Advised; readonly values?: Values | ((speech: Speech) => Values) }
  | { readonly problem: 'refused'; readonly reason: string; readonly title?: string | undefined };

/** The reference stands in the log line of the same interaction. */
export function problemEmbed(problem: Problem, speech: Speech, reference: string): APIEmbed {
  const say = problemWords.in(speech);
  return {
    title: ('title' in problem ? problem.title : undefined) ?? say(problem.problem),
    description:
      'reason' in problem ? problem.reason : say(`${problem.problem}Advice`, valuesOf(problem, speech)),
    color: PROBLEM_COLOR,
    footer: { text: say('reference', { reference }) },
  };
}

function valuesOf(
  { values }: Extract<Problem, { readonly problem: Advised }>,
  speech: Speech,
): Values | undefined {
  return typeof values === 'function' ? values(speech) : values;
}
