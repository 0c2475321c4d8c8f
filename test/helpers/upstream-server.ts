import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An external service on loopback that answers as a test says. */
export class UpstreamServer implements AsyncDisposable {
  /** Every request so far. */
  readonly requests: { readonly url: string; readonly headers: IncomingMessage['headers'] }[] = [];
  /** How many answers were cut off by the client. */
  cutOff = 0;
  answer: RequestListener = (_request, response) => json(response, { word: 'tide' });
  readonly #server = createServer((request, response) => {
    this.requests.push({ url: request.url ?? '', headers: request.headers });
    response.on('close', () => (this.cutOff += response.writableFinished ? 0 : 1));
    this.answer(request, response);
  });

  static async start(): Promise<UpstreamServer> {
    const upstream = new UpstreamServer();
    upstream.#server.listen(0, '127.0.0.1');
    await once(upstream.#server, 'listening');
    return upstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export function json(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): RequestListener {
  return (_request, response) => {
    response.writeHead(code, headers);
    response.end('{}');
  };
}
