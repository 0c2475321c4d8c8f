/** The services below `/upstream`, by the first part of their path. */
export const upstreamNames = [
  'open-meteo-geocoding',
  'open-meteo',
  'github',
  'wikipedia',
  'dictionary',
  'rates',
] as const;
export type UpstreamName = (typeof upstreamNames)[number];
