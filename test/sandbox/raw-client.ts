import { once } from 'node:events';
import { WebSocket } from 'ws';
import { eventually } from '../helpers/eventually.ts';

type Frame = { readonly op: number; readonly d: unknown; readonly s: unknown; readonly t: unknown };

export type RawClient = Disposable & {
  readonly socket: WebSocket;
  readonly frames: Frame[];
  send(payload: unknown): void;
  /** The next frame with this op, or dispatch of this name, after those that were already waited for. */
  next(opOrEvent: number | string): Promise<Frame>;
  readonly closed: Promise<number>;
};

/** A bare websocket that speaks the gateway's JSON by hand. */
export async function connectRaw(gatewayUrl: string, query = '?v=10&encoding=json'): Promise<RawClient> {
  const socket = new WebSocket(`${gatewayUrl}/${query}`);
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => void frames.push(JSON.parse(data.toString()) as Frame));
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => void socket.once('close', resolve));
  await Promise.race([once(socket, 'open'), closed]);
  let seen = 0;
  return {
    socket,
    frames,
    send: (payload) => socket.send(JSON.stringify(payload)),
    next: (wanted) =>
      eventually(`a frame ${wanted}`, () => {
        const index = frames.findIndex(
          (frame, at) => at >= seen && (frame.op === wanted || frame.t === wanted),
        );
        if (index < 0) return undefined;
        seen = index + 1;
        return frames[index];
      }),
    closed,
    [Symbol.dispose]: () => socket.terminate(),
  };
}

export function identify(token: string, fields: object = {}): object {
  return {
    op: 2,
    d: { token, intents: 1, properties: { os: 'test', browser: 'test', device: 'test' }, ...fields },
  };
}

export function resume(token: string, sessionId: unknown, seq: unknown): object {
  return { op: 6, d: { token, session_id: sessionId, seq } };
}
