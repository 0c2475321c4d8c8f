import type { Duplex } from 'node:stream';

export type Handshake =
  | { readonly version: string | null; readonly compressed: boolean }
  | { readonly problem: string };

/** What a client asks for in the query of the gateway's URL. */
export function readHandshake(url: string | undefined): Handshake {
  const query = new URLSearchParams(url?.split('?')[1]);
  // Without its compression such a client could not read a byte: better no connection than a garbled one.
  const compress = query.get('compress');
  if (compress !== null && compress !== 'zlib-stream') return { problem: 'compress must be zlib-stream' };
  if ((query.get('encoding') ?? 'json') !== 'json') return { problem: 'encoding must be json' };
  return { version: query.get('v'), compressed: compress !== null };
}

/** Answers a handshake that is no good with status 400 and the reason. */
export function refuseHandshake(socket: Duplex, problem: string): void {
  // Node takes its own listener off a socket that asks for an upgrade; without one a reset would end the process.
  socket.once('error', () => socket.destroy());
  // A client that never closes its half would keep the socket, and the sandbox from stopping.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: ${problem.length}\r\n\r\n${problem}`,
  );
}
