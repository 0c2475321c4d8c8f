import { crc32 } from 'node:zlib';
import { QueueError, type Fact, type LoggedFact } from './fact.ts';

/** length (u32, of the payload), CRC-32 of the payload (u32), payload: `[key, atMs, body]` as JSON. All numbers big-endian. */
const headBytes = 8;

/** A fact is small; a reader's chunk holds at least one. */
export const recordMaxBytes = 64 * 1024;

const wellFormedKey = /^[\w.:-]{1,100}$/;

/** Throws a `QueueError` (invalid) for a key that is not well formed and for more than 64 KiB. */
export function encodeFact({ key, body }: Fact<unknown>, atMs: number): Buffer {
  if (!wellFormedKey.test(key))
    throw new QueueError('invalid', `the key ${JSON.stringify(key.slice(0, 120))} is not well formed`);
  const payload = Buffer.from(JSON.stringify([key, atMs, body]));
  if (payload.length + headBytes > recordMaxBytes)
    throw new QueueError('invalid', `fact ${key} has ${payload.length} bytes, above ${recordMaxBytes}`);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(payload.length, 0);
  head.writeUInt32BE(crc32(payload), 4);
  return Buffer.concat([head, payload]);
}

/** The whole records at the start of `bytes`, at most `max`, and where they end. What follows is torn, or the next chunk's. */
export function decodeFacts(
  bytes: Buffer,
  max: number,
): { readonly facts: LoggedFact[]; readonly end: number } {
  const facts: LoggedFact[] = [];
  let end = 0;
  while (facts.length < max) {
    const payload = payloadAt(bytes, end);
    if (payload === undefined) break;
    const [key, atMs, body] = JSON.parse(payload.toString()) as [string, number, unknown];
    facts.push({ key, atMs, body });
    end += headBytes + payload.length;
  }
  return { facts, end };
}

function payloadAt(bytes: Buffer, offset: number): Buffer | undefined {
  if (offset + headBytes > bytes.length) return undefined;
  const length = bytes.readUInt32BE(offset);
  const end = offset + headBytes + length;
  // Zeros are what some file systems leave of a write that a power cut tore; CRC-32 of nothing is 0 as well.
  if (length === 0 || end > bytes.length) return undefined;
  const payload = bytes.subarray(offset + headBytes, end);
  return crc32(payload) === bytes.readUInt32BE(offset + 4) ? payload : undefined;
}
