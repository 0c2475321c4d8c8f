import { glyphHeight, glyphOf, glyphWidth } from './glyphs.ts';

/** Indexes: 0 to `coverage` are the line over the background, from none of it to all of it. */
const coverage = 15;
const gridIndex = coverage + 1;
const inkIndex = coverage + 2;

/** On this dark ground the line has a contrast of 6.6 : 1 and the text of 10 : 1, also beside Discord's light theme. */
const ground = 0x2b2d31;
const line = 0xf4a261;
const palette: readonly number[] = [
  ...Array.from({ length: coverage + 1 }, (_, share) => mixed(ground, line, share / coverage)),
  0x4e5058,
  0xdbdee1,
];

const scale = 3;
const lineRadius = 1.5;

/** A small drawing: one line, a grid and numbers. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly palette = palette;
  readonly pixels: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height);
  }

  horizontal(y: number, fromX: number, toX: number): void {
    for (let x = fromX; x <= toX; x++) this.#set(x, y, gridIndex);
  }

  vertical(x: number, fromY: number, toY: number): void {
    for (let y = fromY; y <= toY; y++) this.#set(x, y, gridIndex);
  }

  /** Its middle is at `y`, and its right end at `x`. */
  textLeftOf(text: string, x: number, y: number): void {
    this.#text(text, x - widthOf(text), y - (glyphHeight * scale) / 2);
  }

  /** Its middle is at `x`, and its upper end at `y`. */
  textBelow(text: string, x: number, y: number): void {
    this.#text(text, x - widthOf(text) / 2, y);
  }

  /** Smooth: what of a pixel lies within the line decides its colour. */
  segment(fromX: number, fromY: number, toX: number, toY: number): void {
    const reach = Math.ceil(lineRadius + 1);
    for (let y = Math.floor(Math.min(fromY, toY)) - reach; y <= Math.max(fromY, toY) + reach; y++) {
      for (let x = Math.floor(Math.min(fromX, toX)) - reach; x <= Math.max(fromX, toX) + reach; x++) {
        const away = distance(x, y, fromX, fromY, toX, toY);
        this.#cover(x, y, Math.round(Math.min(Math.max(lineRadius + 0.5 - away, 0), 1) * coverage));
      }
    }
  }

  #cover(x: number, y: number, share: number): void {
    const present = this.pixels[y * this.width + x] ?? 0;
    const over = present > coverage ? 0 : present;
    if (share > over) this.#set(x, y, share);
  }

  #text(text: string, x: number, y: number): void {
    for (const [index, character] of text.split('').entries()) {
      const left = Math.round(x) + index * (glyphWidth + 1) * scale;
      for (const [bit, on] of glyphOf(character).entries()) {
        if (!on) continue;
        const column = left + (bit % glyphWidth) * scale;
        this.#square(column, Math.round(y) + Math.floor(bit / glyphWidth) * scale);
      }
    }
  }

  #square(left: number, top: number): void {
    for (let y = top; y < top + scale; y++)
      for (let x = left; x < left + scale; x++) this.#set(x, y, inkIndex);
  }

  #set(x: number, y: number, index: number): void {
    if (x >= 0 && x < this.width && y >= 0 && y < this.height) this.pixels[y * this.width + x] = index;
  }
}

function widthOf(text: string): number {
  return (text.length * (glyphWidth + 1) - 1) * scale;
}

/** Of a point from the nearest one of a segment. */
function distance(x: number, y: number, fromX: number, fromY: number, toX: number, toY: number): number {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const along = ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy || 1);
  const nearest = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - fromX - nearest * dx, y - fromY - nearest * dy);
}

function mixed(under: number, over: number, share: number): number {
  const channel = (shift: number) => {
    const [low, high] = [(under >> shift) & 0xff, (over >> shift) & 0xff];
    return Math.round(low + (high - low) * share) << shift;
  };
  return channel(16) | channel(8) | channel(0);
}
