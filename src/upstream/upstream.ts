import { jsonCodec, type Cache, type CacheNamespace } from '../cache/cache.ts';
import { UpstreamError } from './errors.ts';
import {
  defineLookup,
  upstreamNames,
  type AnyLookup,
  type Found,
  type Lookup,
  type LookUp,
  type UpstreamName,
} from './lookup.ts';
import { Service, type ServiceOptions } from './service.ts';

export { defineLookup, UpstreamError, type AnyLookup, type Found, type Lookup, type LookUp };

/** L1 of each lookup: what members ask for again within minutes. */
const nearEntries = 500;
const nearBytes = 4 * 2 ** 20;

/** Raised when what a lookup keeps changes its meaning without its schema noticing. */
const codecVersion = 1;

type Kept = CacheNamespace<unknown>;

/** What this process looks up in external services, through the cache that all processes share. */
export class Upstreams {
  readonly #services: ReadonlyMap<UpstreamName, Service>;
  readonly #kept: ReadonlyMap<AnyLookup, Kept>;
  readonly #stop = new AbortController();

  constructor(
    options: Omit<ServiceOptions, 'name' | 'baseUrl' | 'headers' | 'stop'> & {
      readonly baseUrls: Readonly<Record<UpstreamName, string>>;
      /** GitHub's limit is 60 requests an hour without it, and 5,000 with it. */
      readonly githubToken: string | undefined;
      readonly userAgent: string;
      readonly cache: Cache;
      readonly lookups: readonly AnyLookup[];
    },
  ) {
    const { baseUrls, githubToken, userAgent, cache, lookups } = options;
    const plain = { accept: 'application/json', 'user-agent': userAgent };
    const token = githubToken === undefined ? {} : { authorization: `Bearer ${githubToken}` };
    this.#services = new Map(
      upstreamNames.map((name) => {
        const headers = name === 'github' ? { ...plain, ...token } : plain;
        const baseUrl = baseUrls[name];
        return [name, new Service({ ...options, name, baseUrl, headers, stop: this.#stop.signal })];
      }),
    );
    this.#kept = new Map(lookups.map((lookup) => [lookup, namespaceOf(cache, lookup)]));
  }

  /**
   * From L1, L2, or the service, which is called once for all who ask; that is why no single member's cancellation ends the call.
   * What is stale comes while the service is away. Throws an `UpstreamError` when there is nothing to be had.
   */
  readonly find: LookUp = async <Query, Body>(lookup: Lookup<Query, Body>, query: Query) => {
    const kept = this.#kept.get(lookup);
    const service = this.#services.get(lookup.upstream);
    if (kept === undefined || service === undefined)
      throw new Error(`the lookup ${lookup.name} is in no feature's \`lookups\``);
    const request = lookup.request(query);
    const key = JSON.stringify([request.lang, request.path, request.search]);
    const entry = await kept.getEntry(encodeURIComponent(key), async () => ({
      value: await service.get(request, lookup.schema),
      version: Date.now(),
    }));
    return foundOf(entry.value as Body | null, entry.version, entry.stale);
  };

  /** Ends the calls under way. */
  stop(): void {
    this.#stop.abort();
  }
}

function foundOf<Body>(value: Body | null, atMs: number, stale: boolean): Found<Body> {
  return { body: value ?? undefined, atMs, stale };
}

/** An entry's version is when it was fetched; that there is no such thing is kept like any other answer. */
function namespaceOf(cache: Cache, { name, schema, freshSec, staleSec }: AnyLookup): Kept {
  return cache.namespace<unknown>({
    name,
    maxEntries: nearEntries,
    maxBytes: nearBytes,
    ttlMs: freshSec * 1_000,
    sharedTtlSec: freshSec,
    absentTtlSec: freshSec,
    staleSec,
    codec: jsonCodec<unknown>(
      codecVersion,
      (value): value is unknown => value === null || schema.safeParse(value).success,
    ),
  });
}
