import { z } from 'zod';
import { namesOf, url, wholeNumber, type Variable } from './variable.ts';
import type { Values } from './variables.ts';

export const upstreamVariables = {
  OPEN_METEO_GEOCODING_URL: service('https://geocoding-api.open-meteo.com'),
  OPEN_METEO_URL: service('https://api.open-meteo.com'),
  GITHUB_API_URL: service('https://api.github.com'),
  GITHUB_TOKEN: {
    schema: z.string().regex(/^\w+$/, 'must be letters, digits and underscores').optional(),
    fix: 'Set it to a token without any scope (GitHub, Settings, Developer settings), or leave it unset for 60 requests an hour.',
    default: '',
    secret: true,
  },
  WIKIPEDIA_URL: {
    schema: url(['https', 'http'], 'https://{lang}.wikipedia.org'),
    fix: 'Leave it unset for the real service, or set it to one that answers like it; {lang} is the language.',
    default: 'https://{lang}.wikipedia.org',
  },
  DICTIONARY_URL: service('https://api.dictionaryapi.dev'),
  RATES_URL: service('https://open.er-api.com'),
  UPSTREAM_RESET_MS: {
    schema: wholeNumber(100, 3_600_000, 30_000),
    fix: 'Set it to the milliseconds for which a service that fails is left alone.',
    default: '30000',
  },
} as const satisfies Readonly<Record<string, Variable>>;

export const upstreamNames = namesOf(upstreamVariables);

/** The external services that commands look things up in. */
export interface UpstreamConfig {
  readonly baseUrls: {
    readonly 'open-meteo-geocoding': string;
    readonly 'open-meteo': string;
    readonly github: string;
    /** With `{lang}` in it. */
    readonly wikipedia: string;
    readonly dictionary: string;
    readonly rates: string;
  };
  readonly githubToken: string | undefined;
  /** How long one that fails is left alone. */
  readonly resetMs: number;
}

export function upstreamConfig(values: Values<keyof typeof upstreamVariables>): UpstreamConfig {
  return {
    baseUrls: {
      'open-meteo-geocoding': values.OPEN_METEO_GEOCODING_URL,
      'open-meteo': values.OPEN_METEO_URL,
      github: values.GITHUB_API_URL,
      wikipedia: values.WIKIPEDIA_URL,
      dictionary: values.DICTIONARY_URL,
      rates: values.RATES_URL,
    },
    githubToken: values.GITHUB_TOKEN,
    resetMs: values.UPSTREAM_RESET_MS,
  };
}

/** The base URL of a service that commands look things up in. */
function service(defaultValue: string) {
  return {
    schema: url(['https', 'http'], defaultValue),
    fix: 'Leave it unset for the real service, or set it to one that answers like it.',
    default: defaultValue,
  };
}
