import { INTERACTION_WINDOW_MS, SESSION_SAVE_MS } from '../../config/sessions.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { ShardPlace } from '../redis/keys.ts';
import type { SessionStore, StoredSession } from '../redis/session-store.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Ownership } from './ownership.ts';

/**
 * The session of one shard: kept in memory, since the library waits for it at every event, and written behind to Redis for the successor.
 * What is written lags behind an interaction that has no answer yet, so that after a kill it is sent again.
 */
export class SessionMemory {
  readonly #store: SessionStore;
  readonly #place: ShardPlace;
  readonly #ownership: Ownership;
  readonly #log: Logger;
  readonly #guilds = new Set<string>();
  /** By their sequence, the events that are being worked on. */
  readonly #unsettled = new Map<number, { readonly cameAtMs: number }>();
  #session: StoredSession | undefined;
  /** Whether Redis holds the same guilds. The session itself is written every time: that also keeps it from running out. */
  #guildsSaved = false;
  #saving: Promise<boolean> = Promise.resolve(true);
  #saves: NodeJS.Timeout | undefined;

  constructor(options: {
    readonly store: SessionStore;
    readonly place: ShardPlace;
    readonly ownership: Ownership;
    readonly log: Logger;
  }) {
    this.#store = options.store;
    this.#place = options.place;
    this.#ownership = options.ownership;
    this.#log = options.log;
  }

  get session(): StoredSession | undefined {
    return this.#session;
  }

  get guilds(): ReadonlySet<string> {
    return this.#guilds;
  }

  /**
   * Takes over what a predecessor left, where it fits: other intents or another API version need a session of their own.
   * Throws a `Failure` (exit 69) while Redis fails: what it holds must not be lost.
   */
  async open(intents: number, apiVersion: string): Promise<void> {
    const kept = await this.#store.load(this.#place).catch((error: unknown) => {
      const text = `REDIS_STATE_URL does not give the session of shard ${this.#place.shardId}: ${errorText(error)}`;
      throw new Failure(text, exitCodes.unavailable, { cause: error });
    });
    if (kept?.session.intents === intents && kept.session.apiVersion === apiVersion) {
      this.#session = kept.session;
      for (const id of kept.guilds) this.#guilds.add(id);
      this.#guildsSaved = true;
    }
    clearInterval(this.#saves);
    this.#saves = setInterval(() => void this.save(), SESSION_SAVE_MS);
  }

  begin(session: StoredSession, guilds: Iterable<string>): void {
    this.#unsettled.clear();
    this.#session = session;
    this.#guilds.clear();
    for (const id of guilds) this.#guilds.add(id);
    this.#guildsSaved = false;
  }

  advance(sequence: number): void {
    if (this.#session !== undefined) this.#session = { ...this.#session, sequence };
  }

  /** Its own host is dead: it is resumed at another one from now on. */
  moveTo(resumeUrl: string): void {
    if (this.#session !== undefined) this.#session = { ...this.#session, resumeUrl };
  }

  end(): void {
    this.#session = undefined;
  }

  addGuild(id: string): void {
    if (!this.#guilds.has(id)) this.#guildsSaved = false;
    this.#guilds.add(id);
  }

  removeGuild(id: string): void {
    if (this.#guilds.delete(id)) this.#guildsSaved = false;
  }

  /** The event is being worked on until `work` settles. */
  hold(sequence: number, work: Promise<void>): void {
    const event = { cameAtMs: performance.now() };
    this.#unsettled.set(sequence, event);
    // A new session counts from 1 again: the same number may stand for another event by then.
    const settled = () => {
      if (this.#unsettled.get(sequence) === event) this.#unsettled.delete(sequence);
    };
    work.then(settled, settled);
  }

  /** Never rejects: while Redis fails the next save brings it. */
  async save(): Promise<void> {
    await this.#next(this.#settledSequence());
  }

  /**
   * The last save: the successor goes on after everything that came here, since this process finishes it. False when Redis did not
   * take it: a successor would be sent again what is being worked on here.
   */
  async handOver(): Promise<boolean> {
    // Nothing was taken over yet: what Redis holds is the predecessor's.
    if (this.#saves === undefined) return true;
    clearInterval(this.#saves);
    return this.#next(this.#session?.sequence ?? 0);
  }

  #next(sequence: number): Promise<boolean> {
    const session = this.#session && { ...this.#session, sequence };
    this.#saving = this.#saving.then(() => this.#save(session));
    return this.#saving;
  }

  async #save(session: StoredSession | undefined): Promise<boolean> {
    const guilds = this.#guildsSaved ? undefined : [...this.#guilds];
    this.#guildsSaved = true;
    try {
      const outcome = await this.#store.save(this.#place, this.#ownership.epoch, session, guilds);
      if (outcome === 'refused') this.#ownership.lose();
      if (outcome === 'guilds wanted') this.#guildsSaved = false;
      return true;
    } catch (error) {
      if (guilds !== undefined) this.#guildsSaved = false;
      this.#log.debug({ reason: errorText(error) }, 'the session was not saved; the next try brings it');
      return false;
    }
  }

  /** After its window an interaction cannot be answered again: it holds nothing up any more. */
  #settledSequence(): number {
    const now = performance.now();
    for (const [sequence, { cameAtMs }] of this.#unsettled) {
      if (now - cameAtMs < INTERACTION_WINDOW_MS) return sequence - 1;
    }
    return this.#session?.sequence ?? 0;
  }
}
