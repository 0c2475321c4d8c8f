import type { Breaker } from '../breaker/breaker.ts';
import { errorText } from '../lib/error-text.ts';
import type { Quota, SharedLimits } from '../redis/limits.ts';
import { cooldownsTotal } from '../telemetry/cooldowns.ts';
import type { Logger } from '../telemetry/log.ts';
import { LocalLimits } from './local-limits.ts';

/** What is used: its quotas are counted together, and a metric is labelled with it. */
export interface Use {
  /** `weather`, `poll.vote`: what the quotas belong to. */
  readonly of: string;
  /** `weather now`: bounded by the definitions. */
  readonly label: string;
  readonly quotas: readonly Quota[];
  /** While Redis fails it is refused: too dear to be counted by each process for itself. */
  readonly needsRedis: boolean;
}

export type Verdict =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'limited'; readonly waitMs: number }
  | { readonly kind: 'unknown' };

/**
 * How often something may be used, over all processes. While Redis fails each process counts for itself, from nothing. Nobody waits
 * longer than one command to the state Redis takes (500 ms), and not at all once the breaker is open.
 */
export class Limiter {
  readonly #shared: Pick<SharedLimits, 'take'>;
  readonly #breaker: Pick<Breaker, 'run'>;
  readonly #log: Logger;
  readonly #local = new LocalLimits();

  constructor(options: {
    readonly shared: Pick<SharedLimits, 'take'>;
    readonly breaker: Pick<Breaker, 'run'>;
    readonly log: Logger;
  }) {
    this.#shared = options.shared;
    this.#breaker = options.breaker;
    this.#log = options.log;
  }

  /** Never rejects. */
  async take(use: Use): Promise<Verdict> {
    if (use.quotas.length === 0) return { kind: 'admitted' };
    const [source, verdict] = await this.#ask(use);
    cooldownsTotal.inc({ command: use.label, outcome: verdict.kind, source });
    return verdict;
  }

  async #ask({ of, quotas, needsRedis }: Use): Promise<['shared' | 'local', Verdict]> {
    try {
      return ['shared', verdictOf(await this.#breaker.run(() => this.#shared.take(of, quotas)))];
    } catch (error) {
      this.#log.debug({ reason: errorText(error) }, 'limits are not shared: redis fails');
      if (needsRedis) return ['local', { kind: 'unknown' }];
      return ['local', verdictOf(this.#local.take(of, quotas, performance.now()))];
    }
  }
}

function verdictOf(waitMs: number): Verdict {
  return waitMs === 0 ? { kind: 'admitted' } : { kind: 'limited', waitMs };
}
