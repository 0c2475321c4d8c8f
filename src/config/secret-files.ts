import { readFileSync } from 'node:fs';
import { errorText } from '../lib/error-text.ts';
import type { Environment } from './environment.ts';
import type { Variable } from './variable.ts';
import { variables, type VariableName } from './variables.ts';

export type SecretName = {
  [K in VariableName]: (typeof variables)[K] extends { readonly secret: true } ? K : never;
}[VariableName];

export const secretNames = (Object.keys(variables) as VariableName[]).filter(isSecret);

/** A token or a URL with a password is a line; whatever is longer is the wrong file. */
const longestSecret = 8_192;

/**
 * The text of a variable, `undefined` where it is unset or empty. That of a secret may stand in a file instead, which
 * `<name>_FILE` names: a container's environment is shown by `docker inspect`, and handed to every child.
 */
export function variableText(
  environment: Environment,
  name: VariableName,
): { readonly text: string | undefined } | { readonly problem: string } {
  const text = environment[name]?.trim() || undefined;
  const file = isSecret(name) ? environment[`${name}_FILE`]?.trim() : undefined;
  if (!file) return { text };
  if (text !== undefined) return { problem: `${name} and ${name}_FILE are both set. Unset one of them.` };
  return readSecret(`${name}_FILE`, file);
}

function isSecret(name: VariableName): name is SecretName {
  const variable: Variable = variables[name];
  return variable.secret === true;
}

function readSecret(
  variable: string,
  file: string,
): { readonly text: string } | { readonly problem: string } {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text !== '' && text.length <= longestSecret && !text.includes('\n')) return { text };
    return {
      problem: `${variable}: ${file} does not hold one line. Write the secret, and nothing else, into it.`,
    };
  } catch (error) {
    return {
      problem: `${variable}: ${errorText(error)}. Name a file that this process may read, with the secret in it.`,
    };
  }
}
