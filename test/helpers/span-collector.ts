import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { readFields, type Fields } from './protobuf.ts';

export interface SeenSpan {
  readonly name: string;
  /** `service.instance.id` of its resource: `shard 0`. */
  readonly process: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty where the trace begins. */
  readonly parentId: string;
  readonly kind: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** The ids of the linked spans. */
  readonly links: readonly string[];
}

/** An OTLP/HTTP collector on loopback: what it was sent, read by opentelemetry-proto's trace.proto. */
export class SpanCollector implements AsyncDisposable {
  readonly spans: SeenSpan[] = [];
  readonly requests: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  /** Everything that came, to look for what must not. */
  text = '';
  /** Of its answers. */
  status = 200;
  readonly #server = createServer((request, response) => {
    this.requests.push({ url: request.url ?? '', headers: request.headers });
    void buffer(request).then((body) => {
      this.text += body.toString('latin1');
      if (this.status === 200) this.spans.push(...spansOf(body));
      response.writeHead(this.status).end();
    });
  });

  static async start(): Promise<SpanCollector> {
    const collector = new SpanCollector();
    collector.#server.listen(0, '127.0.0.1');
    await once(collector.#server, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The trace of the span that `matches`, once that is there. */
  traceOf(matches: (span: SeenSpan) => boolean): readonly SeenSpan[] {
    const found = this.spans.find(matches);
    return found === undefined ? [] : this.spans.filter(({ traceId }) => traceId === found.traceId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Each span below the one that caused it, by name: `interaction ping ▸ POST /interactions/:id/:token/callback`. */
export function paths(trace: readonly SeenSpan[]): readonly string[] {
  const byId = new Map(trace.map((span) => [span.spanId, span]));
  const pathTo = (span: SeenSpan): string => {
    const parent = byId.get(span.parentId);
    return parent === undefined ? span.name : `${pathTo(parent)} ▸ ${span.name}`;
  };
  return trace.map(pathTo);
}

function spansOf(body: Buffer): SeenSpan[] {
  return messages(readFields(body), 1).flatMap((resourceSpans) => {
    const [resource] = messages(resourceSpans, 1);
    const process = resource && attributesOf(resource, 1)['service.instance.id'];
    return messages(resourceSpans, 2)
      .flatMap((scopeSpans) => messages(scopeSpans, 2))
      .map((span) => spanOf(span, String(process)));
  });
}

function spanOf(span: Fields, process: string): SeenSpan {
  const [status] = messages(span, 15);
  return {
    process,
    name: text(span, 5),
    traceId: hex(span, 1),
    spanId: hex(span, 2),
    parentId: hex(span, 4),
    kind: number(span, 6),
    failed: status !== undefined && number(status, 3) === 2,
    attributes: attributesOf(span, 9),
    links: messages(span, 13).map((link) => hex(link, 2)),
  };
}

function attributesOf(message: Fields, field: number): SeenSpan['attributes'] {
  return Object.fromEntries(
    messages(message, field).map((pair) => [text(pair, 1), valueOf(messages(pair, 2)[0])]),
  );
}

function valueOf(value: Fields | undefined): string | number | boolean {
  if (value?.has(1)) return text(value, 1);
  if (value?.has(2)) return number(value, 2) === 1;
  if (value?.has(3)) return number(value, 3);
  const [double] = value?.get(4) ?? [];
  return double instanceof Buffer ? double.readDoubleLE() : '';
}

function messages(of: Fields, field: number): Fields[] {
  return (of.get(field) ?? []).flatMap((value) => (value instanceof Buffer ? readFields(value) : []));
}

function bytes(of: Fields, field: number): Buffer {
  const [value] = of.get(field) ?? [];
  return value instanceof Buffer ? value : Buffer.alloc(0);
}

function text(of: Fields, field: number): string {
  return bytes(of, field).toString('utf8');
}

function hex(of: Fields, field: number): string {
  return bytes(of, field).toString('hex');
}

function number(of: Fields, field: number): number {
  const [value] = of.get(field) ?? [];
  return typeof value === 'bigint' ? Number(value) : 0;
}
