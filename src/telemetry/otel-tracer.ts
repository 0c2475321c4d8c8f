import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Link,
  type Span,
  type SpanContext,
  type Tracer as ApiTracer,
} from '@opentelemetry/api';
import type { Note, Origin, Tracer, Work } from './tracing.ts';

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const satisfies Readonly<Record<Work['kind'], SpanKind>>;

export class OtelTracer implements Tracer {
  readonly #tracer: ApiTracer;

  constructor(tracer: ApiTracer) {
    this.#tracer = tracer;
  }

  root<T>(work: Work, { parent, link }: Origin, run: () => Promise<T>): Promise<T> {
    const from = spanContextOf(parent);
    const linked = spanContextOf(link);
    const around = from === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, from);
    return this.#run(work, around, linked === undefined ? [] : [{ context: linked }], run);
  }

  /** Nothing of its own for a trace that is not sampled, nor for what goes on after its end behind the callers' backs. */
  child<T>(describe: () => Work, run: () => Promise<T>): Promise<T> {
    const around = context.active();
    if (trace.getSpan(around)?.isRecording() !== true) return run();
    return this.#run(describe(), around, [], run);
  }

  note(describe: () => Note): void {
    const span = trace.getActiveSpan();
    if (span?.isRecording() !== true) return;
    const { name, attributes = {}, error } = describe();
    if (name !== undefined) span.updateName(name);
    span.setAttributes(attributes);
    if (error !== undefined) fail(span, error);
  }

  traceparent(): string | undefined {
    const span = trace.getActiveSpan();
    if (span === undefined) return undefined;
    const { traceId, spanId, traceFlags } = span.spanContext();
    const sampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
    // Timers and sockets keep the context that they were made in, whose trace has ended by now.
    if (sampled && !span.isRecording()) return undefined;
    return `00-${traceId}-${spanId}-0${sampled ? 1 : 0}`;
  }

  async #run<T>(work: Work, around: Context, links: Link[], run: () => Promise<T>): Promise<T> {
    const { name, kind, attributes } = work;
    const span = this.#tracer.startSpan(name, { kind: kinds[kind], attributes, links }, around);
    try {
      return await context.with(trace.setSpan(around, span), run);
    } catch (error) {
      fail(span, errorType(error));
      throw error;
    } finally {
      span.end();
    }
  }
}

function fail(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', type);
}

/** A code or the name of a class. Messages and stacks may quote members, URLs and keys. */
function errorType(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '_OTHER';
  const type = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name;
  return /^[\w.[\]-]{1,60}$/.test(type) ? type : '_OTHER';
}

/** https://www.w3.org/TR/trace-context/#traceparent-header; what is none begins a trace of its own, as the standard wants. */
function spanContextOf(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] =
    /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags ?? '', 16), isRemote: true };
}
