import type { Duplex } from 'node:stream';

/** Below the gateway's own address, so that it can be told apart: Discord names another host in READY. */
export const resumePath = '/resume';

/** Which of its addresses a client calls. */
export function hostOf(url: string | undefined): 'first' | 'resume' {
  return url?.startsWith(resumePath) ? 'resume' : 'first';
}

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

/** Answers a handshake that is no good with an HTTP status and the reason. */
export function refuseHandshake(socket: Duplex, problem: string, status = '400 Bad Request'): void {
  // Node takes its own listener off a socket that asks for an upgrade; without one a reset would end the process.
  socket.once('error', () => socket.destroy());
  // A client that never closes its half would keep the socket, and the sandbox from stopping.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: ${problem.length}\r\n\r\n${problem}`,
  );
}
