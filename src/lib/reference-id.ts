import { randomInt } from 'node:crypto';

/** No 0/O, 1/I/L: people read it aloud and type it again. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A short id (like `K7Q2-9XPM`, 39 bits) that a member can quote and an operator finds in the log. */
export function referenceId(): string {
  let rest = randomInt(alphabet.length ** 8);
  let id = '';
  for (let length = 0; length < 8; length++) {
    id += (length === 4 ? '-' : '') + alphabet[rest % alphabet.length];
    rest = Math.floor(rest / alphabet.length);
  }
  return id;
}
