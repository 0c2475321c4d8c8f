/** What the processes of a bot share of Discord's limits, as a REST client asks for it. */
export interface RestGate {
  /**
   * Resolves when one more request may be sent, at once; what it resolves with is called when the answer is there, or none comes.
   * Rejects on abort only.
   */
  admit(signal: AbortSignal): Promise<() => void>;
  /** Whether so many requests were refused that Discord is about to ban this address. */
  banIsNear(): boolean;
  /** Hears the status of each answer that Discord counts towards that ban. */
  invalid(status: number): void;
}

/** A call that was not sent: so many were refused of late that Discord is about to ban this address. It may be tried minutes later. */
export class RestHeldBack extends Error {
  override readonly name = 'RestHeldBack';
  readonly method: string;
  readonly path: string;

  constructor(method: string, path: string) {
    super(
      `${method} ${path} was not sent: too many calls were refused (401, 403, 429) and Discord is about to ban this address; ` +
        'see which by shoal_rest_invalid_requests_total and the log, and try again in ten minutes',
    );
    this.method = method;
    this.path = path;
  }
}
