import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Exchange } from '../openapi/exchange.ts';

export type PlainHttp = Disposable & {
  /** The path and the body go out as they are, well formed or not. */
  send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<Exchange>;
};

/** HTTP without the care of `fetch`, which would mend a path before it goes out. */
export function plainHttp(port: number): PlainHttp {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  return {
    send: async (method, path, headers, body) => {
      // A GET with a body would go out without its length, and the rest be read as another request.
      const framed = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
      const sent = request({ agent, host: '127.0.0.1', port, method, path, headers: framed });
      sent.end(body);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      return {
        method,
        url: path,
        headers,
        body: Buffer.from(body),
        status: response.statusCode ?? 0,
        responseHeaders: response.headers,
        responseBody: await buffer(response),
      };
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}
