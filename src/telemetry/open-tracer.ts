import { hostname } from 'node:os';
import { pid } from 'node:process';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { inTime } from '../lib/within.ts';
import type { Logger } from './log.ts';
import { SpanDelivery } from './span-delivery.ts';
import { OtelTracer } from './otel-tracer.ts';
import type { TracedProcess, Tracer, TracingOptions } from './tracing.ts';

/** What a process that ends gives its last spans: a collector on the same network answers within a few ms. */
const flushMs = 500;

/** OpenTelemetry's SDK behind `Tracer`. This module, and what it loads, is loaded only where spans are wanted. */
export function openTracer(
  options: TracingOptions,
  { process, version }: TracedProcess,
  log: Logger,
): { readonly tracer: Tracer; flush(): Promise<void> } {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'shoal',
      'service.version': version,
      'service.instance.id': process,
      // Every jobs process, and one shard over its restarts, has the same name.
      'host.name': hostname(),
      'process.pid': pid,
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.ratio) }),
    spanProcessors: [new SpanDelivery(options, log)],
  });
  return {
    tracer: new OtelTracer(provider.getTracer('shoal', version)),
    flush: async () => void (await inTime(provider.shutdown(), flushMs).catch(() => false)),
  };
}
