import { seededRandom } from '../world/random.ts';

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

/**
 * How a request is answered: rightly (`ok`), with an error status, rightly but late, never, with a connection that breaks,
 * with a page instead of JSON, with JSON of another form, or with more than anybody should read.
 */
export const upstreamModes = [
  'ok',
  'status',
  'slow',
  'hang',
  'reset',
  'not-json',
  'wrong-shape',
  'huge',
] as const;
export type UpstreamMode = (typeof upstreamModes)[number];

export type UpstreamFault = {
  readonly upstream: UpstreamName;
  readonly mode: UpstreamMode;
  /** Of mode `status`, 400 to 599; default 503. */
  readonly status?: number;
  /** Of mode `slow`, in milliseconds; default 3,000. */
  readonly delayMs?: number;
  /** Of mode `status`: the header Retry-After, in seconds; default none. */
  readonly retryAfterS?: number;
  /** The share of requests that it hits, 0 to 1; default all. Which ones depends on the seed alone. */
  readonly rate?: number;
  /** How many requests it hits before it ends; default: until it is cleared. */
  readonly count?: number;
};

export type UpstreamReport = {
  readonly [name in UpstreamName]: Readonly<Partial<Record<UpstreamMode, number>>>;
};

/** Which upstream fails how, and how many requests were answered in which mode. */
export class UpstreamFaults {
  readonly #random: () => number;
  readonly #faults = new Map<UpstreamName, UpstreamFault>();
  readonly #counts = new Map<UpstreamName, Map<UpstreamMode, number>>();

  constructor(seed: number) {
    this.#random = seededRandom(seed, upstreamNames.length);
  }

  /** Takes the place of the upstream's fault, if it has one. */
  set(fault: UpstreamFault): void {
    this.#faults.set(fault.upstream, fault);
  }

  /** Ends the fault of one upstream, or of all. */
  clear(upstream?: UpstreamName): void {
    if (upstream === undefined) this.#faults.clear();
    else this.#faults.delete(upstream);
  }

  /** The faults in force; `count` is what is left of it. */
  all(): readonly UpstreamFault[] {
    return [...this.#faults.values()];
  }

  /** Since the start. A mode that never occurred is left out. */
  report(): UpstreamReport {
    const entries = upstreamNames.map((name) => [name, Object.fromEntries(this.#counts.get(name) ?? [])]);
    return Object.fromEntries(entries) as UpstreamReport;
  }

  /** How the next request is answered; counts it. */
  next(upstream: UpstreamName): UpstreamFault {
    const fault = this.#draw(upstream) ?? { upstream, mode: 'ok' };
    const counts = this.#counts.get(upstream) ?? new Map<UpstreamMode, number>();
    counts.set(fault.mode, (counts.get(fault.mode) ?? 0) + 1);
    this.#counts.set(upstream, counts);
    return fault;
  }

  #draw(upstream: UpstreamName): UpstreamFault | undefined {
    const fault = this.#faults.get(upstream);
    if (!fault || this.#random() >= (fault.rate ?? 1)) return undefined;
    if (fault.count === undefined) return fault;
    if (fault.count > 1) this.#faults.set(upstream, { ...fault, count: fault.count - 1 });
    else this.#faults.delete(upstream);
    return fault.count > 0 ? fault : undefined;
  }
}
