import { errorText } from '../lib/error-text.ts';
import { inSpan, inTrace, noteInSpan, traceparent } from '../telemetry/tracing.ts';
import { messageOf } from './message-check.ts';
import type { Message } from './messages.ts';
import type { Beat } from './supervision.ts';

/** The side of a child process's channel that both `process` and a `ChildProcess` have. */
export interface Port {
  send?(message: Message, callback: (error: Error | null) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'disconnect', listener: () => void): unknown;
}

/** What a shard process tells the manager without being asked. */
export interface Notices {
  serving(shardIds: readonly number[]): void;
  failed(reason: string): void;
  warm(): void;
  beat(beat: Beat): void;
  counted(metrics: string): void;
}

/** The requests that one side answers: functions of one argument or none. */
export type Contract<C> = { readonly [K in keyof C]: (argument: never) => unknown };
export type ArgumentOf<C extends Contract<C>, K extends keyof C> = Parameters<C[K]>;
export type AnswerOf<C extends Contract<C>, K extends keyof C> = ReturnType<C[K]>;

export type Handlers<Served extends Contract<Served>> = {
  readonly [K in keyof Served]: (
    ...argument: ArgumentOf<Served, K>
  ) => Promise<AnswerOf<Served, K>> | AnswerOf<Served, K>;
};

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
export class Channel<Asked extends Contract<Asked>, Served extends Contract<Served>> {
  readonly #port: Port;
  readonly #handlers: Handlers<Served>;
  readonly #notices: Partial<Notices>;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #closed = false;

  constructor(port: Port, handlers: Handlers<Served>, notices: Partial<Notices> = {}) {
    this.#port = port;
    this.#handlers = handlers;
    this.#notices = notices;
    port.on('message', (value) => {
      const message = messageOf(value);
      if (message !== undefined) this.#receive(message);
    });
    port.once('disconnect', () => this.#close());
  }

  /** `deadlineMs`: how long the answer may take. */
  request<K extends keyof Asked & string>(
    kind: K,
    deadlineMs: number,
    ...[argument]: ArgumentOf<Asked, K>
  ): Promise<AnswerOf<Asked, K>> {
    return inSpan(
      () => ({ name: `ask ${kind}`, kind: 'client', attributes: { 'rpc.method': kind } }),
      () => this.#request(kind, deadlineMs, argument),
    );
  }

  #request<K extends keyof Asked & string>(
    kind: K,
    deadlineMs: number,
    argument: ArgumentOf<Asked, K>[0],
  ): Promise<AnswerOf<Asked, K>> {
    if (this.#closed) return Promise.reject(new Error(`${kind}: the other process is gone`));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(id, `no answer within ${deadlineMs} ms`), deadlineMs);
      this.#pending.set(id, { kind, resolve: resolve as (value: unknown) => void, reject, timer });
      this.#send({ shoal: 'request', id, kind, argument, traceparent: traceparent() });
    });
  }

  notifyServing(shardIds: readonly number[]): void {
    this.#send({ shoal: 'serving', shardIds });
  }

  notifyWarm(): void {
    this.#send({ shoal: 'warm' });
  }

  #receive(message: Message): void {
    switch (message.shoal) {
      case 'request':
        this.#hear(message);
        break;
      case 'answer':
        this.#settle(message.id)?.resolve(message.value);
        break;
      case 'refusal':
        this.#fail(message.id, message.reason);
        break;
      case 'serving':
        this.#notices.serving?.(message.shardIds);
        break;
      case 'failed':
        this.#notices.failed?.(message.reason);
        break;
      case 'warm':
        this.#notices.warm?.();
        break;
      case 'counted':
        this.#notices.counted?.(message.metrics);
        break;
      case 'beat':
        this.#notices.beat?.(message.beat);
        break;
    }
  }

  /** Only what is asked in a trace is traced: the manager asks for metrics and the like all the time. */
  #hear({ id, kind, argument, traceparent: parent }: Message & { readonly shoal: 'request' }): void {
    const answer = () => this.#answer(id, kind, argument);
    if (parent === undefined) void answer();
    else
      void inTrace(
        () => ({ name: `answer ${kind}`, kind: 'server', attributes: { 'rpc.method': kind } }),
        () => ({ parent }),
        answer,
      );
  }

  async #answer(id: number, kind: string, argument: unknown): Promise<void> {
    try {
      if (!Object.hasOwn(this.#handlers, kind)) throw new Error(`this process does not answer ${kind}`);
      // The other side's `request` was typed by the same contract.
      const handler = this.#handlers[kind as keyof Served] as (argument: unknown) => unknown;
      this.#send({ shoal: 'answer', id, value: await handler(argument) });
    } catch (error) {
      noteInSpan(() => ({ error: 'refusal' }));
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
  return sayLast(port, { shoal: 'failed', reason });
}

/** Tells the manager what this process has counted until its end. As `reportFailure`. */
export function reportMetrics(port: Port, metrics: string): Promise<boolean> {
  return sayLast(port, { shoal: 'counted', metrics });
}

function sayLast(port: Port, message: Message): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  if (port.send === undefined) resolve(false);
  else port.send(message, (error) => resolve(error === null));
  return promise;
}

/** Tells the manager that this process lives; a beat that cannot be sent is not missed by anybody. */
export function sendBeat(port: Port, beat: Beat): void {
  port.send?.({ shoal: 'beat', beat }, () => {});
}
