import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';

const web = new URL('web/', import.meta.url);

/** What the page imports by name; the import map in index.html gives these addresses. */
const packages = ['preact', 'preact/hooks', 'htm', 'htm/preact'] as const;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The playground: its own modules and those of its two packages, as they lie on disk. No other file can be asked for. */
export function pageRoutes(): Hono {
  const files = servedFiles();
  const policy = contentPolicy();
  const routes = new Hono();
  routes.get('/', (c) => c.redirect('/play/'));
  routes.get('/play', (c) => c.redirect('/play/'));
  routes.get('/play/:file{.*}', async (c) => {
    const name = c.req.param('file') || 'index.html';
    const file = files.get(name);
    if (file === undefined) return c.text(`the playground has no file ${JSON.stringify(name)}\n`, 404);
    return c.body(await readFile(file), 200, {
      'content-type': contentTypes[extname(name)] ?? 'application/octet-stream',
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });
  return routes;
}

/** Name below `/play/` → path on disk. */
function servedFiles(): ReadonlyMap<string, string> {
  const own = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((name) => extname(name) in contentTypes)
    .map((name) => [name, fileURLToPath(new URL(name, web))] as const);
  const theirs = packages.map(
    (name) => [`packages/${name}.js`, fileURLToPath(import.meta.resolve(name))] as const,
  );
  return new Map([...own, ...theirs]);
}

/** Nothing but this origin and no inline script. The import map is no script, but counts as one: its hash lets it in. */
function contentPolicy(): string {
  const page = readFileSync(new URL('index.html', web), 'utf8');
  const importMap = /<script type="importmap">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(importMap).digest('base64');
  return [
    "default-src 'self'",
    `script-src 'self' 'sha256-${hash}'`,
    // Images that wait to be sent are the browser's own.
    "img-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
