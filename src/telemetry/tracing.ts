import type { Logger } from './log.ts';

/** Names, ids and counts. Never what a member wrote, a token, a URL's path, or the values of a query. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A piece of work as a span shows it; names of few values, after OpenTelemetry's semantic conventions where there are some. */
export interface Work {
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly attributes: Attributes;
}

/** What becomes known of a piece of work while it goes on. `error`: it failed, by one of few words, though nothing is thrown. */
export interface Note {
  readonly name?: string;
  readonly attributes?: Attributes;
  readonly error?: string | undefined;
}

/** What a trace begins from elsewhere: W3C `traceparent` values. What is linked belongs to another trace. */
export interface Origin {
  readonly parent?: string | undefined;
  readonly link?: string | undefined;
}

export interface Tracer {
  root<T>(work: Work, origin: Origin, run: () => Promise<T>): Promise<T>;
  child<T>(describe: () => Work, run: () => Promise<T>): Promise<T>;
  note(describe: () => Note): void;
  traceparent(): string | undefined;
}

/** Where spans go. */
export interface TracingOptions {
  /** OTLP over HTTP, the whole path included; a secret, as it may have a password or a key in it. */
  readonly url: string;
  /** Secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the traces that begin here, from 0 to 1. What continues one goes by that one. */
  readonly ratio: number;
}

/** Of one process: `shard 0,1`. */
export interface TracedProcess {
  readonly process: string;
  readonly version: string;
}

let tracer: Tracer | undefined;

/**
 * Sends spans of this process until it is disposed of, which waits for the last ones for a moment. Without `options` nothing is loaded,
 * and all that follows costs a comparison.
 */
export async function startTracing(
  options: TracingOptions | undefined,
  traced: TracedProcess,
  log: Logger,
): Promise<AsyncDisposable> {
  if (options === undefined) return new AsyncDisposableStack();
  const { openTracer } = await import('./open-tracer.ts');
  const opened = openTracer(options, traced, log);
  ({ tracer } = opened);
  return {
    async [Symbol.asyncDispose]() {
      tracer = undefined;
      await opened.flush();
    },
  };
}

/** Runs `run` as the beginning of a trace, or of this process's part of one. Settles as `run` does. */
export function inTrace<T>(describe: () => Work, origin: () => Origin, run: () => Promise<T>): Promise<T> {
  return tracer === undefined ? run() : tracer.root(describe(), origin(), run);
}

/** Runs `run` as a part of the trace that the caller is in; outside of one it is just run. Settles as `run` does. */
export function inSpan<T>(describe: () => Work, run: () => Promise<T>): Promise<T> {
  return tracer === undefined ? run() : tracer.child(describe, run);
}

/** Watches work that is under way already, and that has no parts of its own. */
export function watchSpan(describe: () => Work, work: () => Promise<unknown>): void {
  // Whoever asked for the work hears how it failed.
  tracer?.child(describe, work).catch(() => undefined);
}

/** Adds to the innermost span that the caller is in. */
export function noteInSpan(describe: () => Note): void {
  tracer?.note(describe);
}

/** W3C Trace Context, to be handed to another process that goes on with this trace. */
export function traceparent(): string | undefined {
  return tracer?.traceparent();
}
