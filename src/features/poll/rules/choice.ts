/** What a member chose of the answers, by position, in order. */
export type Choices = readonly number[];

/** After pressing an answer's button: of several the press adds or takes back, of one it decides. */
export function pressed(before: Choices, answer: number, multiple: boolean): Choices {
  if (!multiple) return [answer];
  return before.includes(answer)
    ? before.filter((chosen) => chosen !== answer)
    : [...before, answer].toSorted((a, b) => a - b);
}

/** What a select brought, as positions among `answers` answers; what is none of them, or too much, is left out. */
export function selected(values: readonly string[], answers: number, multiple: boolean): Choices {
  const positions = [...new Set(values.map(Number))].filter(
    (position) => Number.isInteger(position) && position >= 0 && position < answers,
  );
  return positions.slice(0, multiple ? answers : 1).toSorted((a, b) => a - b);
}
