import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiRoot, type WrittenExchange } from './tapped-rest.ts';

/** Preloaded into processes of which one is a sandbox: writes each exchange of its REST API as a line of a file. */
const { REST_EXCHANGES_FILE } = process.env;
if (!REST_EXCHANGES_FILE) throw new Error('REST_EXCHANGES_FILE must name the file to write exchanges to');

subscribe('http.server.request.start', (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  if (!request.url?.startsWith(apiRoot)) return;
  const body = overhear(request, 'emit', (name, chunk) => (name === 'data' ? chunk : undefined));
  const written = overhear(response, 'write', (chunk) => chunk);
  const last = overhear(response, 'end', (chunk) => chunk);
  response.once('finish', () => {
    const exchange: WrittenExchange = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(body).toString('base64'),
      status: response.statusCode,
      responseHeaders: headersOf(response),
      responseBody: Buffer.concat([...written, ...last]).toString('base64'),
    };
    appendFileSync(REST_EXCHANGES_FILE, `${JSON.stringify(exchange)}\n`);
  });
});

/** What passes through a method, which goes on as before: a listener would make a stream flow before its reader is there. */
function overhear(
  target: object,
  method: 'emit' | 'write' | 'end',
  pick: (...args: readonly unknown[]) => unknown,
): readonly Buffer[] {
  const heard: Buffer[] = [];
  const original = Reflect.get(target, method) as (...args: unknown[]) => unknown;
  Reflect.set(target, method, (...args: unknown[]) => {
    const chunk = pick(...args);
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) heard.push(Buffer.from(chunk as string));
    return original.apply(target, args);
  });
  return heard;
}

/** `writeHead` with an object sends headers that `getHeaders` does not know. */
function headersOf(response: ServerResponse): Record<string, string> {
  const [, ...lines] = String(Reflect.get(response, '_header')).trim().split('\r\n');
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
}
