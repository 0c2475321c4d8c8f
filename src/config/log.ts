import { parseHeaderList } from '../lib/header-list.ts';
import { percentDecoded } from '../lib/percent-decoded.ts';
import { isHidden } from '../lib/scrub.ts';
import { parseSentinelUrl } from '../lib/sentinel-url.ts';
import type { Environment } from './environment.ts';
import { secretNames, variableText } from './secret-files.ts';
import type { Values } from './variables.ts';

export const logNames = ['NODE_ENV', 'LOG_LEVEL'] as const;
/** Of the processes that have metrics. */
export const runningNames = [...logNames, 'REVISION'] as const;

export interface LogConfig {
  readonly level: Values<'LOG_LEVEL'>['LOG_LEVEL'];
  readonly pretty: boolean;
  /** Values that must never be printed. */
  readonly secrets: readonly string[];
  /** The variables whose secret is too short to be hidden by its value. */
  readonly unhidden: readonly string[];
}

export function logConfig(values: Values<(typeof logNames)[number]>, environment: Environment): LogConfig {
  // Also of what is not needed here: whoever needs it says what is wrong with it.
  const set = secretNames.flatMap((name) => {
    const given = variableText(environment, name);
    const parts = 'text' in given && given.text !== undefined ? secretParts(given.text) : [];
    return parts.filter((secret) => secret !== '').map((secret) => ({ name, secret }));
  });
  return {
    level: values.LOG_LEVEL,
    pretty: values.NODE_ENV !== 'production' && process.stdout.isTTY,
    secrets: set.map(({ secret }) => secret),
    unhidden: [...new Set(set.filter(({ secret }) => !isHidden(secret)).map(({ name }) => name))],
  };
}

/** Of a URL only the password is secret, both as written and decoded: its host belongs into error messages. Of headers each value is. */
function secretParts(text: string): string[] {
  const sentinels = parseSentinelUrl(text);
  if (sentinels !== undefined) return [sentinels.password, /:([^:@]*)@/.exec(text)?.[1] ?? ''];
  if (!text.includes('://') || !URL.canParse(text))
    return [text, ...Object.values(parseHeaderList(text) ?? {})];
  const { password } = new URL(text);
  return [password, percentDecoded(password) ?? ''];
}
