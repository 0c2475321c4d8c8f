import type { Duplex } from 'node:stream';
import { constants, createDeflate } from 'node:zlib';
import type { WebSocket } from 'ws';

/** The way out of a connection: plain text, or one zlib stream for its whole life. */
export type Outlet = {
  send(frame: string, flushed?: () => void): void;
  /** After everything that was sent before. */
  close(code: number, reason: string): void;
  /** Bytes that wait for the client to read. */
  readonly backlog: number;
};

/** `connection` is what the websocket writes to. */
export function plainOutlet(socket: WebSocket, connection: Duplex): Outlet {
  let corked = false;
  const uncork = () => {
    corked = false;
    connection.uncork();
  };
  return {
    send: (frame, flushed) => {
      // A system call for each frame is a sixth of what an interaction costs: those of one turn go out together.
      if (!corked) {
        corked = true;
        connection.cork();
        process.nextTick(uncork);
      }
      socket.send(frame, flushed);
    },
    close: (code, reason) => socket.close(code, reason),
    get backlog() {
      return socket.bufferedAmount;
    },
  };
}

/**
 * `compress=zlib-stream` (events/gateway.mdx, Transport Compression): all frames share one deflate context, and each
 * is a binary message that ends with a Z_SYNC_FLUSH.
 */
export function zlibOutlet(socket: WebSocket): Outlet {
  const deflate = createDeflate({ flush: constants.Z_SYNC_FLUSH });
  let pieces: Buffer[] = [];
  deflate.on('data', (piece: Buffer) => void pieces.push(piece));
  // Its memory is outside the heap: waiting for the garbage collector would keep it for long.
  socket.once('close', () => deflate.destroy());
  return {
    send: (frame, flushed) =>
      void deflate.write(frame, () => {
        const message = Buffer.concat(pieces);
        pieces = [];
        socket.send(message, flushed);
      }),
    close: (code, reason) => deflate.flush(() => socket.close(code, reason)),
    get backlog() {
      return deflate.writableLength + socket.bufferedAmount;
    },
  };
}
