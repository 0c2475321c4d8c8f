import { GatewayOpcodes } from 'discord-api-types/v10';

/** topics/gateway.mdx:52: a client's payload may have this many bytes; a larger one is closed with 4002. */
const maxFrameBytes = 4096;

export type ClientFrame = { readonly op: GatewayOpcodes; readonly d: unknown };

/** One payload of a client; `undefined` where Discord would answer 4002. */
export function decodeFrame(data: Buffer, isBinary: boolean): ClientFrame | undefined {
  if (isBinary || data.length > maxFrameBytes) return undefined;
  const value = parseJson(data.toString());
  if (!isRecord(value) || !Number.isInteger(value['op'])) return undefined;
  return { op: Number(value['op']) as GatewayOpcodes, d: value['d'] };
}

/** A payload that is no event. Clients that read `s` need it to be null here, or they resume from a wrong sequence. */
export function controlFrame(op: GatewayOpcodes, d: unknown): string {
  return JSON.stringify({ t: null, s: null, op, d });
}

/** `json` is the event's data, already serialised, since one event may go to several sessions. */
export function dispatchFrame(event: string, sequence: number, json: string): string {
  return `{"t":"${event}","s":${sequence},"op":${GatewayOpcodes.Dispatch},"d":${json}}`;
}

const dispatchStart = '{"t":"';

/** The event of a frame that `dispatchFrame` made. */
export function eventOf(frame: string): string | undefined {
  if (!frame.startsWith(dispatchStart)) return undefined;
  return frame.slice(dispatchStart.length, frame.indexOf('"', dispatchStart.length));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
