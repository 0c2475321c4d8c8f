import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { TraceFlags } from '@opentelemetry/api';
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { errorText } from '../lib/error-text.ts';
import { serverAddress } from '../lib/server-address.ts';
import type { Logger } from './log.ts';
import { tracesDroppedTotal } from './traces.ts';
import type { TracingOptions } from './tracing.ts';

/** At 15 spans an interaction, those of some hundred interactions, and about 2 MB while a collector is away. */
const waitingMax = 2_048;
const batchMax = 512;

/** What a process that is killed loses. */
const everyMs = 1_000;

/** One batch, with what is tried again of it. */
const sendMs = 5_000;

const quietMs = 60_000;

type Options = NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>;
/** Its enum is of a package that is the SDK's own. */
type Compression = NonNullable<Options['compression']>;

/** Sends spans in batches, and drops rather than waits: a collector that is away costs spans, and says so once a minute. */
export class SpanDelivery implements SpanProcessor {
  readonly #batches: SpanProcessor;
  readonly #log: Logger;
  readonly #collector: string;
  #waiting = 0;
  #dropped = 0;
  #saidMs = -Infinity;

  constructor({ url, headers }: TracingOptions, log: Logger) {
    this.#log = log;
    this.#collector = serverAddress(url, url.startsWith('https:') ? 443 : 80);
    this.#batches = new BatchSpanProcessor({
      exporter: this.#counting(
        new OTLPTraceExporter({
          url,
          headers: { ...headers },
          timeoutMillis: sendMs,
          // Unset, it reads further OTEL_… variables, which our configuration neither checks nor shows.
          compression: 'none' as Compression,
          httpAgentOptions: { keepAlive: true },
        }),
      ),
      maxQueueSize: waitingMax,
      maxExportBatchSize: batchMax,
      scheduledDelayMillis: everyMs,
    });
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    if (this.#waiting >= waitingMax) {
      this.#drop(1, `${waitingMax} spans wait already`);
      return;
    }
    this.#waiting += 1;
    this.#batches.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#batches.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#batches.shutdown();
  }

  /** The batching has a bound too, but tells nobody what it drops: here both are counted. */
  #counting(exporter: SpanExporter): SpanExporter {
    return {
      export: (spans, done) =>
        exporter.export(spans, (result) => {
          this.#waiting -= spans.length;
          // Its enum is of a package that is the SDK's own; 0 is success.
          const code: number = result.code;
          if (code !== 0) this.#drop(spans.length, errorText(result.error ?? 'no answer'));
          done(result);
        }),
      shutdown: () => exporter.shutdown(),
    };
  }

  #drop(spans: number, reason: string): void {
    tracesDroppedTotal.inc(spans);
    this.#dropped += spans;
    const nowMs = performance.now();
    if (nowMs - this.#saidMs < quietMs) return;
    this.#saidMs = nowMs;
    this.#log.warn({ collector: this.#collector, spans: this.#dropped, reason }, 'spans are not delivered');
    this.#dropped = 0;
  }
}
