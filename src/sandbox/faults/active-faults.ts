import type { FaultForm, FaultKind, FaultOf } from '../control/fault-forms.ts';
import type { UpstreamName } from '../upstream/upstream-names.ts';

/** What a fault may strike. A request is tried by `POST /users/@me` and by the path alone, each with names and as it is. */
export type Target = {
  readonly shardId?: number | undefined;
  readonly host?: 'first' | 'resume';
  readonly route?: () => readonly string[];
  readonly upstream?: UpstreamName;
};

export type Fault<Kind extends FaultKind = FaultKind> = {
  readonly id: number;
  readonly form: FaultOf<Kind>;
  struck: number;
  /** On the clock of `performance.now()`; `Infinity` where no time ends it. */
  readonly endsAt: number;
  readonly ended: Promise<void>;
};

type Entry = Fault & {
  readonly matches: (target: Target) => boolean;
  readonly timer: NodeJS.Timeout | undefined;
  readonly end: () => void;
};

/**
 * The faults that are switched on. Whatever a fault disturbs asks here, at the moment, whether one strikes it; without
 * any that is one look into an empty map.
 */
export class ActiveFaults {
  readonly #random: () => number;
  readonly #byKind = new Map<FaultKind, Set<Entry>>();
  readonly #byId = new Map<number, Entry>();
  #lastId = 0;

  /** `random` returns numbers in [0, 1). */
  constructor(random: () => number) {
    this.#random = random;
  }

  add<Kind extends FaultKind>(form: FaultOf<Kind>): Fault<Kind> {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const id = ++this.#lastId;
    const forMs = 'for_ms' in form ? form.for_ms : undefined;
    const entry = {
      id,
      form,
      struck: 0,
      endsAt: performance.now() + (forMs ?? Infinity),
      ended,
      end,
      matches: matcherOf(form),
      timer: forMs === undefined ? undefined : setTimeout(() => this.end(id), forMs).unref(),
    };
    this.#byId.set(id, entry);
    const ofKind = this.#byKind.get(form.kind) ?? new Set();
    this.#byKind.set(form.kind, ofKind.add(entry));
    return asKind<Kind>(entry);
  }

  /** The fault of this kind that strikes the target now, if any; that counts towards its end. */
  strike<Kind extends FaultKind>(kind: Kind, target: Target = {}): Fault<Kind> | undefined {
    const struck = this.find(kind, target);
    if (struck) this.count(struck.id);
    return struck;
  }

  /** The same, without counting: for what only reads a state. */
  find<Kind extends FaultKind>(kind: Kind, target: Target = {}): Fault<Kind> | undefined {
    for (const entry of this.#byKind.get(kind) ?? []) {
      if (entry.matches(target) && this.#chance(shareOf(entry.form))) return asKind<Kind>(entry);
    }
    return undefined;
  }

  /** How long something is held up now. */
  delayMs({ ms, jitter_ms }: { readonly ms: number; readonly jitter_ms: number }): number {
    return ms + (jitter_ms === 0 ? 0 : this.#random() * jitter_ms);
  }

  count(id: number): void {
    const entry = this.#byId.get(id);
    if (!entry) return;
    entry.struck += 1;
    if ('count' in entry.form && entry.form.count === entry.struck) this.end(id);
  }

  end(id: number): boolean {
    const entry = this.#byId.get(id);
    if (!entry) return false;
    clearTimeout(entry.timer);
    this.#byId.delete(id);
    this.#byKind.get(entry.form.kind)?.delete(entry);
    entry.end();
    return true;
  }

  /** Nothing is switched on. */
  get isQuiet(): boolean {
    return this.#byId.size === 0;
  }

  all(): Fault[] {
    return [...this.#byId.values()];
  }

  /** Milliseconds by which the clock is ahead. */
  skewMs(): number {
    // Every id that is made asks.
    if (this.isQuiet) return 0;
    return this.allOf('clock-skew').reduce((sum, { form }) => sum + form.ms, 0);
  }

  allOf<Kind extends FaultKind>(kind: Kind): Fault<Kind>[] {
    return Array.from(this.#byKind.get(kind) ?? [], asKind<Kind>);
  }

  #chance(share: number): boolean {
    return share === 1 || this.#random() < share;
  }
}

/** TypeScript does not see that the set of a kind holds that kind alone. */
function asKind<Kind extends FaultKind>(entry: Entry): Fault<Kind> {
  return entry as unknown as Fault<Kind>;
}

function shareOf(form: FaultForm): number {
  return 'share' in form ? form.share : 1;
}

function matcherOf(form: FaultForm): (target: Target) => boolean {
  if ('shard_ids' in form && form.shard_ids) {
    const shardIds = new Set<number | undefined>(form.shard_ids);
    return ({ shardId }) => shardIds.has(shardId);
  }
  if ('route' in form && form.route !== undefined) {
    const pattern = patternOf(form.route);
    return ({ route }) => route?.().some((name) => pattern.test(name)) ?? false;
  }
  if (form.kind === 'upstream') return ({ upstream }) => (form.upstream ?? upstream) === upstream;
  if (form.kind === 'refuse-connections') return ({ host }) => form.host === 'any' || form.host === host;
  return () => true;
}

function patternOf(route: string): RegExp {
  const escaped = route.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*')}$`);
}
