import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { DownloadFailed, downloadFrom } from '../../src/discord/attachment.ts';

let server: Server;
let origin: string;
let asked = 0;

before(async () => {
  server = createServer((request, response) => {
    asked += 1;
    if (request.url === '/file') response.end('hello');
    else if (request.url === '/moved') response.writeHead(302, { location: '/file' }).end();
    else if (request.url === '/endless') {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(1_024)));
      };
      response.on('drain', more);
      more();
    } else if (request.url !== '/silent') response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const never = new AbortController().signal;
const fails = (reason: string) => (error: unknown) =>
  error instanceof DownloadFailed && error.reason === reason;

test('a file is read from the host of the API', async () => {
  const download = downloadFrom(`${origin}/api`);
  assert.equal(String(await download(`${origin}/file`, 5, never)), 'hello');
});

test('too many bytes, a redirect, an error and silence end it', async () => {
  const download = downloadFrom(`${origin}/api`);
  await assert.rejects(download(`${origin}/file`, 4, never), fails('tooLarge'));
  await assert.rejects(download(`${origin}/endless`, 4_000, never), fails('tooLarge'));
  await assert.rejects(download(`${origin}/moved`, 100, never), fails('unreachable'));
  await assert.rejects(download(`${origin}/gone`, 100, never), fails('unreachable'));
  await assert.rejects(download(`${origin}/silent`, 100, never), fails('unreachable'));
});

test('no other host is asked, however its name is written', async () => {
  const before = asked;
  const port = new URL(origin).port;
  const local = downloadFrom(`${origin}/api`);
  const discord = downloadFrom('https://discord.com/api');
  const urls = [
    `http://localhost:${port}/file`,
    `http://0.0.0.0:${port}/file`,
    `https://cdn.discordapp.com@127.0.0.1:${port}/file`,
    `https://cdn.discordapp.com.example.org/file`,
    'http://cdn.discordapp.com/file',
    'https://cdn.discordapp.com:8443/file',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'http://169.254.169.254/latest/meta-data',
    'no url',
  ];
  for (const url of urls) {
    await assert.rejects(discord(url, 100, never), fails('host'), url);
    await assert.rejects(local(url, 100, never), fails('host'), url);
  }
  await assert.rejects(discord(`${origin}/file`, 100, never), fails('host'));
  assert.equal(asked, before);
});
