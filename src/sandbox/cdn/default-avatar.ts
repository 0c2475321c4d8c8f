import { crc32, deflateSync } from 'node:zlib';

const size = 128;

/** Discord's own six: blurple, grey, green, yellow, red, fuchsia. */
const colours = [0x58_65_f2, 0x75_7e_8a, 0x3b_a5_5c, 0xfa_a6_1a, 0xed_42_45, 0xeb_45_9f] as const;

const images = new Map<number, Buffer>();

/** The picture of somebody who has none: a head and shoulders on one of six colours; `undefined` for any other number. */
export function defaultAvatar(index: number): Buffer | undefined {
  const colour = colours[index];
  if (colour === undefined) return undefined;
  const image = images.get(index) ?? png((x, y) => (isFigure(x, y) ? 0xff_ff_ff : colour));
  images.set(index, image);
  return image;
}

function isFigure(x: number, y: number): boolean {
  const within = (centreX: number, centreY: number, radius: number) =>
    (x - centreX) ** 2 + (y - centreY) ** 2 <= radius ** 2;
  return within(64, 50, 20) || (within(64, 112, 34) && y < 104);
}

/** A PNG of three bytes a pixel, each row after the filter type 0 (PNG specification, 9.2). */
function png(colourAt: (x: number, y: number) => number): Buffer {
  const rowBytes = 1 + size * 3;
  const pixels = Buffer.alloc(size * rowBytes);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) pixels.writeUIntBE(colourAt(x, y), y * rowBytes + 1 + x * 3, 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
