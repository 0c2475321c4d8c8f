import type { APIInteraction } from 'discord-api-types/v10';
import { INTERACTION_WINDOW_MS } from '../../config/sessions.ts';
import type { Breaker } from '../breaker/breaker.ts';
import { errorText } from '../lib/error-text.ts';
import type { InteractionClaims } from '../redis/interaction-claims.ts';
import type { ShardPlace } from '../redis/keys.ts';
import { countAnswer } from '../telemetry/answered-in-time.ts';
import { interactionsDroppedTotal, interactionsUnclaimedTotal } from '../telemetry/interactions.ts';
import type { Logger } from '../telemetry/log.ts';
import { noteInSpan } from '../telemetry/tracing.ts';
import { DiscordClock } from './discord-clock.ts';
import type { Ownership } from './ownership.ts';

type DropReason = 'expired' | 'duplicate' | 'not_owner' | 'malformed';

/** Lets each interaction in once, over all processes: those of a shard that is ours, that can still be answered, and that nobody took before. */
export class Intake {
  readonly #claims: InteractionClaims;
  readonly #breaker: Pick<Breaker, 'run'>;
  readonly #ownership: (shardId: number) => Pick<Ownership, 'check' | 'epoch'>;
  readonly #place: Omit<ShardPlace, 'shardId'>;
  readonly #log: Logger;
  readonly #clock = new DiscordClock();

  constructor(options: {
    readonly claims: InteractionClaims;
    /** An interaction must not wait for a Redis that is known to fail. */
    readonly breaker: Pick<Breaker, 'run'>;
    readonly ownership: (shardId: number) => Pick<Ownership, 'check' | 'epoch'>;
    readonly place: Omit<ShardPlace, 'shardId'>;
    readonly log: Logger;
  }) {
    this.#claims = options.claims;
    this.#breaker = options.breaker;
    this.#ownership = options.ownership;
    this.#place = options.place;
    this.#log = options.log;
  }

  /**
   * When Discord made the interaction, by this host's clock. `replayed`: it comes after a RESUME. `undefined` for one that must not be
   * handled; that is counted and logged here. Never rejects.
   */
  async admit({ id }: APIInteraction, shardId: number, replayed: boolean): Promise<number | undefined> {
    const ownership = this.#ownership(shardId);
    if (!(await ownership.check())) return this.#drop(id, shardId, 'not_owner');
    if (!/^\d{1,20}$/.test(id)) return this.#drop(id, shardId, 'malformed');
    const ageMs = this.#clock.ageMs(id, replayed);
    const createdAtMs = Date.now() - ageMs;
    if (ageMs > INTERACTION_WINDOW_MS) return this.#drop(id, shardId, 'expired');
    const claimed = await this.#claim(id, { ...this.#place, shardId }, ownership.epoch);
    return claimed ? createdAtMs : this.#drop(id, shardId, 'duplicate');
  }

  /** Discord has a first answer, or will never have one: no successor takes it again. */
  answered(id: string): void {
    this.#claims.done(id).catch((error: unknown) => this.#redisFailed(error));
  }

  #drop(id: string, shardId: number, reason: DropReason): undefined {
    interactionsDroppedTotal.inc({ reason });
    if (reason === 'expired') countAnswer({ inTime: false });
    noteInSpan(() => ({ name: 'interaction dropped', attributes: { 'shoal.outcome': reason } }));
    this.#log.info({ shard: shardId, interaction: id, reason }, 'interaction dropped');
  }

  async #claim(id: string, place: ShardPlace, epoch: string): Promise<boolean> {
    try {
      return await this.#breaker.run(() => this.#claims.claim(id, place, epoch));
    } catch (error) {
      this.#redisFailed(error);
      interactionsUnclaimedTotal.inc();
      return true;
    }
  }

  #redisFailed(error: unknown): void {
    this.#log.debug({ reason: errorText(error) }, 'interactions are not told apart from duplicates');
  }
}
