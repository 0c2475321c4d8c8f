import type { Values } from './variables.ts';

export const tracingVariables = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
] as const;

/** Where spans are sent, over OTLP/HTTP. */
export interface TracingConfig {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the traces that begin here, from 0 to 1. */
  readonly ratio: number;
}

/** `undefined` where no endpoint is set: traces are off. */
export function tracingConfig(values: Values<(typeof tracingVariables)[number]>): TracingConfig | undefined {
  const base = values.OTEL_EXPORTER_OTLP_ENDPOINT;
  const url = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base === undefined ? undefined : below(base));
  if (url === undefined) return undefined;
  const ratios = {
    parentbased_always_on: 1,
    parentbased_always_off: 0,
    parentbased_traceidratio: values.OTEL_TRACES_SAMPLER_ARG,
  };
  return { url, headers: values.OTEL_EXPORTER_OTLP_HEADERS, ratio: ratios[values.OTEL_TRACES_SAMPLER] };
}

/** OpenTelemetry, "OTLP Exporter", "Endpoint URLs for OTLP/HTTP": this one is a base, that of the signal is taken as it is. */
function below(base: string): string {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}
