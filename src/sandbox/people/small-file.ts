import type { FileForm } from '../control/interactions.ts';
import { between } from './chance.ts';

/** A file that somebody has at hand. */
export function smallFile(random: () => number): FileForm {
  const lines = Array.from({ length: between(random, 1, 20) }, (_, line) => `line ${line + 1}\n`);
  const data = Buffer.from(lines.join('')).toString('base64');
  return { filename: `notes-${between(random, 1, 99)}.txt`, content_type: 'text/plain', data };
}
