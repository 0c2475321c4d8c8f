import type { Values } from './variables.ts';

export const upstreamVariables = [
  'OPEN_METEO_GEOCODING_URL',
  'OPEN_METEO_URL',
  'GITHUB_API_URL',
  'GITHUB_TOKEN',
  'WIKIPEDIA_URL',
  'DICTIONARY_URL',
  'RATES_URL',
  'UPSTREAM_RESET_MS',
] as const;

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

export function upstreamConfig(values: Values<(typeof upstreamVariables)[number]>): UpstreamConfig {
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
