import type { z } from 'zod';
import type { UpstreamRequest } from './request.ts';

/** The external services that features look things up in. */
export const upstreamNames = [
  'open-meteo-geocoding',
  'open-meteo',
  'github',
  'wikipedia',
  'dictionary',
  'rates',
] as const;
export type UpstreamName = (typeof upstreamNames)[number];

/** One kind of thing that is looked up, and how long it is good. */
export interface Lookup<Query, Body> {
  /** Of its cache namespace, in keys and metrics: one of a few fixed names. */
  readonly name: string;
  readonly upstream: UpstreamName;
  readonly request: (query: Query) => UpstreamRequest;
  /** What of an answer is kept. It only checks and strips: what it lets through is checked by it again when it comes from the cache. */
  readonly schema: z.ZodType<Body>;
  readonly freshSec: number;
  /** Kept for so long past that, for the time that the service is away. */
  readonly staleSec: number;
}

/** A lookup whatever it asks and brings. */
export type AnyLookup = Lookup<never, unknown>;

export interface Found<Body> {
  /** `undefined`: the service says that there is no such thing. */
  readonly body: Body | undefined;
  /** When the service said so, in ms since 1970. */
  readonly atMs: number;
  /** Its time is over, and the service is away or is being asked again. */
  readonly stale: boolean;
}

export type LookUp = <Query, Body>(lookup: Lookup<Query, Body>, query: Query) => Promise<Found<Body>>;

export function defineLookup<Query, Body>(lookup: Lookup<Query, Body>): Lookup<Query, Body> {
  return lookup;
}
