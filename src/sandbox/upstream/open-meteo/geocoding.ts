import { Hono } from 'hono';
import { chanceOf } from '../invention.ts';
import { cities, type City } from './cities.ts';
import { badRequest } from './bad-request.ts';

/** `GET /v1/search` (open-meteo.com/en/docs/geocoding-api). Where nothing is found there are no `results` at all. */
export function geocoding(seed: number): Hono {
  const api = new Hono();
  api.get('/v1/search', (c) => {
    const name = c.req.query('name');
    if (name === undefined) return badRequest(c, "Parameter 'name' is required.");
    const count = Number(c.req.query('count') ?? 10);
    if (!(Number.isInteger(count) && count >= 1 && count <= 100)) {
      return badRequest(c, 'Parameter count must be between 1 and 100.');
    }
    const results = search(name).slice(0, count);
    const generationtime_ms = 0.3 + chanceOf(seed, name)();
    return c.json(results.length === 0 ? { generationtime_ms } : { results, generationtime_ms });
  });
  return api;
}

/** Two letters must be a whole name, three and more may begin one; the largest place first. */
function search(name: string): readonly City[] {
  const wanted = folded(name.trim());
  const found = cities.filter((city) => {
    const own = folded(city.name);
    return wanted.length > 2 ? own.startsWith(wanted) : own === wanted;
  });
  return found.toSorted((one, other) => other.population - one.population);
}

function folded(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
