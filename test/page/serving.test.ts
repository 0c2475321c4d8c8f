import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { text } from 'node:stream/consumers';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

/** As it is written: fetch would tidy the path first. */
function get(
  origin: string,
  path: string,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    });
    asked.once('error', reject).end();
  });
}

test('the page is served with its modules, its packages and a policy', async () => {
  const sandbox = await startSandbox();
  const { pageUrl } = sandbox;
  const root = await get(pageUrl, '/');
  assert.deepEqual([root.status, root.headers['location']], [302, '/play/']);
  const page = await get(pageUrl, '/play/');
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(page.headers['cache-control'], 'no-store');
  const policy = String(page.headers['content-security-policy']);
  assert.match(policy, /^default-src 'self'; script-src 'self' 'sha256-[\w+/=]+'; /);
  assert.doesNotMatch(policy, /unsafe/);
  const named = [...page.body.matchAll(/"(\/play\/packages\/[^"]+)"|(?:src|href)="([^"]+)"/g)];
  const paths = named.map(([, absolute, relative]) => absolute ?? `/play/${relative}`);
  assert.ok(paths.length > 8, `only ${paths.length} files named`);
  for (const path of paths) {
    const file = await get(pageUrl, path);
    assert.equal(file.status, 200, path);
    assert.doesNotMatch(String(file.headers['content-type']), /octet-stream|html/, path);
  }
  await sandbox.stop();
});

test('nothing else on the disk can be asked for', async () => {
  const sandbox = await startSandbox();
  const wrong = [
    '/play/../page.ts',
    '/play/%2e%2e/page.ts',
    '/play/..%2fpage.ts',
    '/play/packages/../../../../../package.json',
    '/play/tsconfig.json',
    '/play//etc/passwd',
    '/play/packages/ws.js',
    '/play/style',
  ];
  for (const path of wrong) assert.equal((await get(sandbox.pageUrl, path)).status, 404, path);
  await sandbox.stop();
});
