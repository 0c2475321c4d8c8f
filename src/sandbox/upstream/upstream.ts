import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { ActiveFaults } from '../faults/active-faults.ts';
import { dictionary } from './dictionary.ts';
import { github } from './github/github.ts';
import { misbehave } from './misbehave.ts';
import { forecast } from './open-meteo/forecast.ts';
import { geocoding } from './open-meteo/geocoding.ts';
import { rates } from './rates.ts';
import { upstreamNames, type UpstreamName } from './upstream-names.ts';
import { wikipedia } from './wikipedia/wikipedia.ts';

const services: Readonly<Record<UpstreamName, (seed: number) => Hono>> = {
  'open-meteo-geocoding': geocoding,
  'open-meteo': forecast,
  github,
  wikipedia,
  dictionary,
  rates,
};

/**
 * Services that bots look things up in, each below its own name as the real one is below its host. What they answer
 * depends on the seed and the request; how they fail, on `faults`.
 */
export function upstreams(seed: number, faults: ActiveFaults): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  for (const name of upstreamNames) {
    app.use(`/${name}/*`, misbehave(faults, name));
    app.route(`/${name}`, services[name](seed));
  }
  return app;
}
