import { setTimeout as delay } from 'node:timers/promises';
import { restTokensTotal, restWaitSeconds } from '../telemetry/rest.ts';
import type { RestSource } from './rest-source.ts';
import type { RestToken } from './rest-tokens.ts';

/** To be called once the answer is there, or none is to come any more. */
export type Answered = () => void;

/** Lets requests out one after another, in the order of asking, as the bot's global limit allows. */
export class RestLimiter {
  readonly #source: RestSource;
  readonly #waiting = new Set<(answered: Answered) => void>();
  #running = false;

  constructor(source: RestSource) {
    this.#source = source;
  }

  /** Resolves when one request is to be sent, at once. Rejects on abort only. */
  async admit(signal: AbortSignal): Promise<Answered> {
    signal.throwIfAborted();
    const askedAt = performance.now();
    const turn = Promise.withResolvers<Answered>();
    const abort = () => turn.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    this.#waiting.add(turn.resolve);
    void this.#run();
    try {
      return await turn.promise;
    } finally {
      this.#waiting.delete(turn.resolve);
      signal.removeEventListener('abort', abort);
      restWaitSeconds.observe((performance.now() - askedAt) / 1_000);
    }
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.#waiting.size > 0) await this.#letOneOut();
    this.#running = false;
  }

  async #letOneOut(): Promise<void> {
    const token = await this.#source.next(this.#waiting.size);
    const early = token.startsAt - performance.now();
    if (early > 0) await delay(Math.ceil(early));
    const [first] = this.#waiting;
    if (first === undefined) this.#source.giveBack(token);
    else if (performance.now() > token.endsAt) restTokensTotal.inc({ source: 'lapsed' });
    else this.#use(token, first);
  }

  #use(token: RestToken, turn: (answered: Answered) => void): void {
    this.#waiting.delete(turn);
    turn(this.#source.use(token));
  }
}
