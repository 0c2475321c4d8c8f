import type { SharedWrite } from './shared-tier.ts';

/** Beyond so many only the TTL bounds what others still see. */
const unsentMax = 1_000;

/** Writes that Redis did not take, the newest of each key, kept to be sent again. */
export class UnsentWrites {
  readonly #writes = new Map<string, SharedWrite>();

  keep(key: string, write: SharedWrite): void {
    if ((this.#writes.get(key)?.version ?? -1) > write.version) return;
    if (this.#writes.size < unsentMax || this.#writes.has(key)) this.#writes.set(key, write);
  }

  sent(key: string, version: number): void {
    if ((this.#writes.get(key)?.version ?? 0) <= version) this.#writes.delete(key);
  }

  /** Sends them one after another until one fails; `send` says whether Redis took it. */
  async resend(send: (key: string, write: SharedWrite) => Promise<boolean>): Promise<void> {
    for (const [key, write] of this.#writes) if (!(await send(key, write))) return;
  }
}
