import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

export function configFailure(problems: readonly string[]): Failure {
  const [first = '', ...more] = problems;
  const list = problems.map((line) => `\n  ${line}`).join('');
  const text = more.length === 0 ? first : `${problems.length} variables are wrong:${list}`;
  return new Failure(text, exitCodes.config);
}
