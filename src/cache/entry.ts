/** How a namespace's values are written to Redis. See `jsonCodec`. */
export interface Codec<T> {
  /** Raised when the text changes its meaning: entries of another version are misses, never errors. */
  readonly version: number;
  readonly encode: (value: T) => string;
  /** Throws on anything it did not write. */
  readonly decode: (text: string) => T;
}

/** A value with the version of the row it was made from. Versions only grow; 0 stands for "no row". */
export interface Entry<T> {
  readonly value: T;
  readonly version: number;
}

/** `stale`: its time was over, and it is served because a load is still under way or the loader is unavailable. */
export interface Found<T> extends Entry<T> {
  readonly stale: boolean;
}

/** `codec:version:payload`. The Lua scripts of the shared tier read the version, so keep them in step. */
export function writeEntry<T>(codec: Codec<T>, { value, version }: Entry<T>): string {
  return `${codec.version}:${version}:${codec.encode(value)}`;
}

/** Undefined for what another release or another program wrote. */
export function readEntry<T>(codec: Codec<T>, text: string): Entry<T> | undefined {
  const match = /^(\d{1,9}):(\d{1,15}):/.exec(text);
  if (match === null || Number(match[1]) !== codec.version) return undefined;
  try {
    return { value: codec.decode(text.slice(match[0].length)), version: Number(match[2]) };
  } catch {
    return undefined;
  }
}
