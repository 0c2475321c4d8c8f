import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { sandboxClient } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { connectRaw, identify } from './raw-client.ts';

const starter = new URL('../../src/bin/sandbox.ts', import.meta.url).pathname;

function start(...flags: string[]): ChildProcess {
  return spawn(process.execPath, [starter, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
}

/** The exit code of a starter that is expected to end by itself, and what it said. */
async function outcome(...flags: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = start(...flags);
  assert.ok(child.stdout && child.stderr);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, stdout, stderr };
}

async function firstLine(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout);
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return chunk.toString();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`it serves what it prints, and ${signal} ends it with 0`, async (t) => {
    const child = start('--json', '--guilds', '3', '--shards', '2', '--seed', '9');
    t.after(() => child.kill('SIGKILL'));
    const { controlUrl, restUrl, gatewayUrl, pageUrl, token } = JSON.parse(await firstLine(child)) as Record<
      string,
      string
    >;
    assert.equal((await sandboxClient(controlUrl ?? '').guilds()).length, 3);
    assert.match(await (await fetch(pageUrl ?? '')).text(), /<title>Shoal playground<\/title>/);
    const response = await fetch(`${restUrl}/v10/gateway/bot`, {
      headers: { authorization: `Bot ${token}` },
    });
    const { url, shards } = (await response.json()) as { url: string; shards: number };
    assert.deepEqual([url, shards], [gatewayUrl, 2]);
    child.kill(signal);
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });
}

test('what OAuth2 and the upstreams need is in the line, and --redirect-uri may be repeated', async (t) => {
  const [first, second] = ['http://127.0.0.1:9/one', 'http://127.0.0.1:9/two?x=1'];
  const child = start('--json', '--redirect-uri', first, '--redirect-uri', second);
  t.after(() => child.kill('SIGKILL'));
  const printed = JSON.parse(await firstLine(child)) as Record<string, string>;
  const { authorizeUrl, applicationId, clientSecret, upstreamUrl } = printed;
  assert.equal((await fetch(`${upstreamUrl}/rates/v6/latest/EUR`)).status, 200);
  assert.match(clientSecret ?? '', /not-a-secret/);
  for (const redirect_uri of [first, second]) {
    const query = new URLSearchParams({
      response_type: 'code',
      scope: 'identify',
      client_id: applicationId ?? '',
      redirect_uri,
    });
    assert.equal((await fetch(`${authorizeUrl}?${query.toString()}`)).status, 200);
  }
});

test('it prints one line for people', async (t) => {
  const child = start();
  t.after(() => child.kill('SIGKILL'));
  assert.match(
    await firstLine(child),
    /^sandbox: REST http:\S+\/api {2}gateway ws:\S+ {2}control http:\S+ {2}page http:\S+\/ {2}token \S+\n$/,
  );
});

test('--session-lifetime says how long a session waits for a RESUME', async (t) => {
  const child = start('--json', '--session-lifetime', '0');
  t.after(() => child.kill('SIGKILL'));
  const printed = JSON.parse(await firstLine(child)) as Record<string, string>;
  const sandbox = sandboxClient(printed['controlUrl'] ?? '');
  using bot = await connectRaw(printed['gatewayUrl'] ?? '');
  bot.send(identify(printed['token'] ?? ''));
  await bot.next('READY');
  assert.equal((await sandbox.sessions()).sessions.length, 1);
  await sandbox.dropConnections();
  await eventually('the end of the session', async () => (await sandbox.sessions()).sessions.length === 0);
});

test('it ends when the parent that shares a channel with it is gone', async (t) => {
  const child = fork(starter, ['--json'], { silent: true });
  t.after(() => child.kill('SIGKILL'));
  await firstLine(child);
  child.disconnect();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

const wrong: readonly { flags: string[]; says: RegExp }[] = [
  { flags: ['--shards', '0'], says: /^sandbox: --shards must be a whole number from 1 to 10000, not "0"\n$/ },
  {
    flags: ['--first-answer', '0'],
    says: /^sandbox: --first-answer must be a whole number from 1 to 900, not "0"\n$/,
  },
  {
    flags: ['--port', '70000'],
    says: /^sandbox: --port must be a whole number from 0 to 65535, not "70000"\n$/,
  },
  { flags: ['--guilds', 'many'], says: /^sandbox: --guilds must be .* not "many"\n$/ },
  {
    flags: ['--redirect-uri', 'callback'],
    says: /^sandbox: --redirect-uri must be an http .* not "callback"\n$/,
  },
  { flags: ['--nothing'], says: /^sandbox: .*'--nothing'.*\n$/ },
];

for (const { flags, says } of wrong) {
  test(`${flags.join(' ')} is refused in one line with exit code 64`, async () => {
    const { code, stdout, stderr } = await outcome(...flags);
    assert.deepEqual([code, stdout], [64, '']);
    assert.match(stderr, says);
  });
}

test('--scenario begins once a bot is there; one that there is not lists those that there are', async (t) => {
  const { code, stderr } = await outcome('--scenario', 'riot');
  assert.equal(code, 64);
  assert.match(stderr, /^sandbox: --scenario: there is no scenario "riot"; there are: ladder-evening, .*\n$/);
  const child = start('--json', '--scenario', 'ordinary-day');
  t.after(() => child.kill('SIGKILL'));
  const { controlUrl, gatewayUrl, token } = JSON.parse(await firstLine(child)) as Record<string, string>;
  const client = sandboxClient(controlUrl ?? '');
  assert.deepEqual(await client.runningScenarios(), []);
  const bot = await connectRaw(gatewayUrl ?? '');
  t.after(() => bot[Symbol.dispose]());
  bot.send(identify(token ?? ''));
  const [run] = await eventually('it runs', async () => {
    const runs = await client.runningScenarios();
    return runs.length > 0 && runs;
  });
  assert.deepEqual([run?.name, run?.state], ['ordinary-day', 'running']);
});

test('a port that is taken is said in one line with exit code 69', async (t) => {
  const squatter = createServer().listen(0, '127.0.0.1');
  t.after(() => squatter.close());
  await once(squatter, 'listening');
  const { port } = squatter.address() as AddressInfo;
  const { code, stderr } = await outcome('--port', String(port));
  assert.equal(code, 69);
  assert.match(stderr, new RegExp(`^sandbox: .*port ${port} .*EADDRINUSE.*\n$`));
});
