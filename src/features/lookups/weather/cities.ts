import { z } from 'zod';
import { defineLookup } from '../../../upstream/upstream.ts';
import type { Complete } from '../../options.ts';
import { ifAnswered } from '../ask.ts';
import { placeLabel, searchedName } from '../rules/place.ts';

const place = z.object({
  name: z.string().max(200),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  admin1: z.string().max(200).optional(),
  country: z.string().max(200).optional(),
});

interface CityQuery {
  readonly name: string;
  readonly language: string;
}

/** Places by the beginning of their names, the largest first (open-meteo.com/en/docs/geocoding-api). */
export const cities = defineLookup({
  name: 'cities',
  upstream: 'open-meteo-geocoding',
  request: ({ name, language }: CityQuery) => ({
    path: ['v1', 'search'],
    search: { name: name.toLowerCase(), count: '25', language, format: 'json' },
  }),
  schema: z.object({ results: z.array(place).max(100).optional() }),
  freshSec: 86_400,
  staleSec: 30 * 86_400,
});

/** Below that the service finds nothing but whole names. */
const typedMin = 2;

export const completeCity: Complete = async ({ typed, speech, lookUp }) => {
  const name = searchedName(typed);
  if (name.length < typedMin) return [];
  const found = await ifAnswered(lookUp(cities, { name, language: speech.language }));
  const labels = new Set(found?.results?.map(placeLabel));
  return [...labels].map((label) => ({ name: label, value: label }));
};
