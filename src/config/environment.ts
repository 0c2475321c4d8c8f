import { configFailure } from './config-failure.ts';
import { variableText } from './secret-files.ts';
import type { Variable } from './variable.ts';
import { variables, type Values, type VariableName } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Checks the named variables together; a secret may stand in the file that `<name>_FILE` names.
 * Throws one `Failure` (exit 78) that lists every wrong variable with its problem and its fix; a secret's value is never shown.
 */
export function readVariables<N extends VariableName>(
  environment: Environment,
  names: readonly N[],
): Values<N> {
  const values: Partial<Record<VariableName, unknown>> = {};
  const problems: string[] = [];
  for (const name of names) {
    const given = variableText(environment, name);
    if ('problem' in given) {
      problems.push(given.problem);
      continue;
    }
    const result = variables[name].schema.safeParse(given.text);
    if (result.success) values[name] = result.data;
    else problems.push(describe(name, given.text, result.error.issues[0]?.message ?? 'is wrong'));
  }
  if (problems.length === 0) return values as Values<N>;
  throw configFailure(problems);
}

function describe(name: VariableName, text: string | undefined, problem: string): string {
  const variable: Variable = variables[name];
  const shown = text === undefined || variable.secret ? '' : ` (it is ${JSON.stringify(text.slice(0, 80))})`;
  return `${name} ${problem}${shown}. ${variable.fix}`;
}
