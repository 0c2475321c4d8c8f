import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import type { Exchange } from './exchange.ts';

export type RecordingProxy = {
  /** Stands for `target`. */
  readonly url: string;
  /** Every exchange that came to its end, in the order in which they did. */
  readonly exchanges: readonly Exchange[];
  stop(): Promise<void>;
};

/** An HTTP server that hands everything on to `target` and keeps what was said. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const { origin, pathname } = new URL(target);
  const exchanges: Exchange[] = [];
  // As long as the sandbox's: a client that is slow to ask again must not find its connection closed.
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    forward(origin, request, response, (exchange) => void exchanges.push(exchange));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    exchanges,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function forward(
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
  record: (exchange: Exchange) => void,
): void {
  const { method = '', url = '', headers } = request;
  const body = collect(request);
  const onward = send(origin + url, { method, headers }, (answer) => {
    const responseBody = collect(answer);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, (error) => {
      if (error) return;
      record({
        method,
        url,
        headers,
        body: Buffer.concat(body),
        status: answer.statusCode ?? 502,
        responseHeaders: answer.headers,
        responseBody: Buffer.concat(responseBody),
      });
    });
  });
  // Either side may hang up: a client that gave up, or a server that refused a large body half-way.
  onward.on('error', () => response.destroy());
  response.on('close', () => {
    if (!response.writableFinished) onward.destroy();
  });
  request.pipe(onward);
}

function collect(stream: IncomingMessage): readonly Buffer[] {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
  return chunks;
}
