import { z } from 'zod';
import { parseHeaderList } from '../lib/header-list.ts';
import { namesOf, url, type Variable } from './variable.ts';
import type { Values } from './variables.ts';

export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: url(['http', 'https']).optional(),
    fix: 'Set it to the OTLP/HTTP collector that gets the traces, like http://127.0.0.1:4318, or leave it unset: no traces.',
    default: '',
    secret: true,
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {
    schema: url(['http', 'https']).optional(),
    fix: 'Set it where the path of the collector is not /v1/traces, like http://127.0.0.1:4318/traces; it is used as it is.',
    default: '',
    secret: true,
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    schema: headerList(),
    fix: 'Set it to what the collector wants to see, like api-key=KEY, with values percent-encoded, or leave it unset.',
    default: '',
    secret: true,
  },
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: {
    schema: headerList(),
    fix: 'Set it to what goes with traces alone, in the same form; of two with one name this one is sent.',
    default: '',
    secret: true,
  },
  OTEL_TRACES_SAMPLER: {
    schema: z
      .enum(
        ['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'],
        'must be a parentbased_ sampler',
      )
      .default('parentbased_always_on'),
    fix: 'Set it to parentbased_always_on, parentbased_always_off or parentbased_traceidratio.',
    default: 'parentbased_always_on',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    schema: z
      .string()
      .regex(/^(?:0(?:\.\d{1,9})?|1(?:\.0)?)$/, 'must be a number from 0 to 1')
      .transform(Number)
      .default(1),
    fix: 'Set it to the part of the interactions that are traced under parentbased_traceidratio, like 0.01.',
    default: '1',
  },
} as const satisfies Readonly<Record<string, Variable>>;

export const tracingNames = namesOf(tracingVariables);

/** Where spans are sent, over OTLP/HTTP. */
export interface TracingConfig {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the traces that begin here, from 0 to 1. */
  readonly ratio: number;
}

/** `undefined` where no endpoint is set: traces are off. */
export function tracingConfig(values: Values<keyof typeof tracingVariables>): TracingConfig | undefined {
  const base = values.OTEL_EXPORTER_OTLP_ENDPOINT;
  const url = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base === undefined ? undefined : below(base));
  if (url === undefined) return undefined;
  const ratios = {
    parentbased_always_on: 1,
    parentbased_always_off: 0,
    parentbased_traceidratio: values.OTEL_TRACES_SAMPLER_ARG,
  };
  const headers = { ...values.OTEL_EXPORTER_OTLP_HEADERS, ...values.OTEL_EXPORTER_OTLP_TRACES_HEADERS };
  return { url, headers, ratio: ratios[values.OTEL_TRACES_SAMPLER] };
}

/** OpenTelemetry, "OTLP Exporter", "Endpoint URLs for OTLP/HTTP": this one is a base, that of the signal is taken as it is. */
function below(base: string): string {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}

function headerList() {
  return z
    .string()
    .transform((text) => parseHeaderList(text))
    .refine((headers) => headers !== undefined, 'must be a list of name=value, with commas')
    .default({});
}
