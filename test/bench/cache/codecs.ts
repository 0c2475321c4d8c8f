import path from 'node:path';
import v8 from 'node:v8';
import { medianOf } from './figures.ts';

const row = {
  guildId: '123456789012345678',
  locale: 'en-US',
  timeZone: 'Europe/Berlin',
  logChannelId: '234567890123456789',
  accentColor: 7,
  version: 12,
};
const rounds = 9;
const times = 20_000;

export interface CodecFigures {
  readonly bytes: number;
  /** µs */
  readonly encode: number;
  readonly decode: number;
}

/** Forms in which a row may lie in Redis: medians of interleaved rounds. */
export async function timeCodecs(): Promise<ReadonlyMap<string, CodecFigures>> {
  const { pack, unpack } = (await import(path.join(import.meta.dirname, '../peers/caches.js'))) as {
    pack: (value: unknown) => Uint8Array;
    unpack: (bytes: Uint8Array) => unknown;
  };
  const packed = pack(row);
  const serialized = v8.serialize(row);
  const text = JSON.stringify(row);
  const codecs = {
    json: [text, () => JSON.stringify(row), () => JSON.parse(text) as unknown],
    msgpack: [packed, () => pack(row), () => unpack(packed)],
    'node:v8': [serialized, () => v8.serialize(row), () => v8.deserialize(serialized) as unknown],
  } as const;
  const taken = new Map<string, { encode: number[]; decode: number[] }>();
  for (let round = 0; round < rounds; round++)
    for (const [name, [, encode, decode]] of Object.entries(codecs)) {
      const into = taken.get(name) ?? { encode: [], decode: [] };
      taken.set(name, into);
      into.encode.push(microseconds(encode));
      into.decode.push(microseconds(decode));
    }
  return new Map(
    Object.entries(codecs).map(([name, [written]]) => {
      const { encode = [], decode = [] } = taken.get(name) ?? {};
      return [name, { bytes: written.length, encode: medianOf(encode), decode: medianOf(decode) }];
    }),
  );
}

function microseconds(work: () => unknown): number {
  const start = performance.now();
  for (let time = 0; time < times; time++) work();
  return ((performance.now() - start) * 1_000) / times;
}
