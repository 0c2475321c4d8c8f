/** As Discord's own polls; 25 of them fit into a select and into an embed. */
export const answerMax = 55;
export const answersMax = 25;

/** What is wrong, with what a text about it needs. */
export interface AnswersProblem {
  readonly problem: 'few' | 'many' | 'long' | 'same';
  readonly values: Readonly<Record<string, string | number>>;
}

/** The answers of `a | b | c`, or of a text with one a line: 2 to 25, each different whatever the case of its letters. */
export function answersFrom(text: string): readonly string[] | AnswersProblem {
  const answers = text
    .split(/[|\n]/)
    .map((answer) => answer.replaceAll(/\s+/g, ' ').trim())
    .filter((answer) => answer !== '');
  if (answers.length < 2) return { problem: 'few', values: {} };
  if (answers.length > answersMax)
    return { problem: 'many', values: { count: answers.length, max: answersMax } };
  const long = answers.find((answer) => answer.length > answerMax);
  if (long !== undefined) return { problem: 'long', values: { answer: long, max: answerMax } };
  const folded = answers.map((answer) => answer.normalize('NFKC').toLowerCase());
  const same = answers.find((_, index) => folded.indexOf(folded[index] ?? '') < index);
  return same === undefined ? answers : { problem: 'same', values: { answer: same } };
}
