import { errorText } from '../lib/error-text.ts';
import { isMessage, type Message } from './messages.ts';

/** The side of a child process's channel that both `process` and a `ChildProcess` have. */
export interface Port {
  send?(message: Message, callback: (error: Error | null) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'disconnect', listener: () => void): unknown;
}

/** What a shard process tells the manager without being asked. */
export interface Notices {
  serving(serving: boolean): void;
  failed(reason: string): void;
}

export type Handlers<Served> = { readonly [K in keyof Served]: () => Promise<Served[K]> | Served[K] };

interface Pending {
  readonly kind: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Typed requests both ways between the manager and one shard process.
 * A request ends for certain: with the answer, or with an error when the other side refuses, dies, or misses the deadline.
 */
export class Channel<Asked, Served> {
  readonly #port: Port;
  readonly #handlers: Handlers<Served>;
  readonly #notices: Notices | undefined;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #closed = false;

  constructor(port: Port, handlers: Handlers<Served>, notices?: Notices) {
    this.#port = port;
    this.#handlers = handlers;
    this.#notices = notices;
    port.on('message', (message) => {
      if (isMessage(message)) this.#receive(message);
    });
    port.once('disconnect', () => this.#close());
  }

  request<K extends keyof Asked & string>(kind: K, deadlineMs: number): Promise<Asked[K]> {
    if (this.#closed) return Promise.reject(new Error(`${kind}: the other process is gone`));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(id, `no answer within ${deadlineMs} ms`), deadlineMs);
      this.#pending.set(id, { kind, resolve: resolve as (value: unknown) => void, reject, timer });
      this.#send({ shoal: 'request', id, kind });
    });
  }

  notifyServing(serving: boolean): void {
    this.#send({ shoal: 'serving', serving });
  }

  #receive(message: Message): void {
    switch (message.shoal) {
      case 'request':
        void this.#answer(message.id, message.kind);
        break;
      case 'answer':
        this.#settle(message.id)?.resolve(message.value);
        break;
      case 'refusal':
        this.#fail(message.id, message.reason);
        break;
      case 'serving':
        this.#notices?.serving(message.serving);
        break;
      case 'failed':
        this.#notices?.failed(message.reason);
        break;
    }
  }

  async #answer(id: number, kind: string): Promise<void> {
    try {
      if (!Object.hasOwn(this.#handlers, kind)) throw new Error(`this process does not answer ${kind}`);
      this.#send({ shoal: 'answer', id, value: await this.#handlers[kind as keyof Served]() });
    } catch (error) {
      this.#send({ shoal: 'refusal', id, reason: errorText(error) });
    }
  }

  #send(message: Message): void {
    if (this.#closed || this.#port.send === undefined) return;
    this.#port.send(message, (error) => {
      if (error !== null && message.shoal === 'request') this.#fail(message.id, errorText(error));
    });
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    clearTimeout(pending?.timer);
    this.#pending.delete(id);
    return pending;
  }

  #fail(id: number, reason: string): void {
    const pending = this.#settle(id);
    pending?.reject(new Error(`${pending.kind}: ${reason}`));
  }

  #close(): void {
    this.#closed = true;
    for (const id of this.#pending.keys()) this.#fail(id, 'the other process is gone');
  }
}

/** Tells the manager why this process ends; resolves when it is sent. False where no manager listens. */
export function reportFailure(port: Port, reason: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  if (port.send === undefined) resolve(false);
  else port.send({ shoal: 'failed', reason }, (error) => resolve(error === null));
  return promise;
}
