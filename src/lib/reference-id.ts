import { randomInt } from 'node:crypto';

/** No 0/O, 1/I/L: people read it aloud and type it again. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A short id (like `K7Q2-9XPM`, 39 bits) that a member can quote and an operator finds in the log. */
export function referenceId(): string {
  const characters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]);
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`;
}
