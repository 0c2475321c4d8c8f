import { extname } from 'node:path';

const byExtension: ReadonlyMap<string, string> = new Map([
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
  ['.mp3', 'audio/mpeg'],
  ['.ogg', 'audio/ogg'],
  ['.mp4', 'video/mp4'],
  ['.webm', 'video/webm'],
  ['.pdf', 'application/pdf'],
  ['.zip', 'application/zip'],
  ['.json', 'application/json; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.md', 'text/markdown; charset=utf-8'],
  ['.csv', 'text/csv; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

const mime = /^[\w.+-]+\/[\w.+-]+(;\s*charset=[\w-]+)?$/;

/** What a file says it is, unless that says nothing, else what its name says; `undefined` where neither does. */
export function contentTypeOf(name: string, said: string | undefined): string | undefined {
  const meaningful = said !== undefined && mime.test(said) && said !== 'application/octet-stream';
  return meaningful ? said : byExtension.get(extname(name).toLowerCase());
}
