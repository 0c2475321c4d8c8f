import type { Logger } from '../telemetry/log.ts';
import { DbError } from './errors.ts';

/** One line when queries begin to fail for want of a server, one when they succeed again, however many fail between. */
export class Availability {
  readonly #log: Logger;
  #down = false;

  constructor(pool: string, log: Logger) {
    this.#log = log.child({ pool });
  }

  answered(): void {
    if (this.#down) this.#log.info('postgres answers again');
    this.#down = false;
  }

  failed(error: unknown): void {
    const lost = error instanceof DbError && (error.code === 'unavailable' || error.code === 'timeout');
    if (!lost || this.#down) return;
    this.#down = true;
    this.#log.warn({ query: error.query, reason: error.message }, 'postgres did not answer a query');
  }
}
