/** A message as it is on the wire: of each field number its values; of the length-delimited ones their bytes. */
export type Fields = ReadonlyMap<number, readonly (bigint | Buffer)[]>;

/** https://protobuf.dev/programming-guides/encoding */
export function readFields(message: Buffer): Fields {
  const fields = new Map<number, (bigint | Buffer)[]>();
  for (let at = 0; at < message.length;) {
    const [tag, start] = varint(message, at);
    const [value, end] = valueAt(message, start, Number(tag & 7n));
    const number = Number(tag >> 3n);
    fields.set(number, [...(fields.get(number) ?? []), value]);
    at = end;
  }
  return fields;
}

function valueAt(message: Buffer, at: number, wireType: number): [bigint | Buffer, number] {
  if (wireType === 0) return varint(message, at);
  if (wireType === 1) return [message.subarray(at, at + 8), at + 8];
  if (wireType === 5) return [message.subarray(at, at + 4), at + 4];
  if (wireType !== 2) throw new Error(`wire type ${wireType} is none of proto3`);
  const [length, start] = varint(message, at);
  const end = start + Number(length);
  return [message.subarray(start, end), end];
}

function varint(message: Buffer, at: number): [bigint, number] {
  let value = 0n;
  for (let shift = 0n; ; shift += 7n) {
    const byte = message[at++];
    if (byte === undefined) throw new Error('the message ends within a number');
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return [value, at];
  }
}
