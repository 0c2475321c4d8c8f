import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { eventually } from '../helpers/eventually.ts';
import { startFixture } from './fixture-process.ts';
import { fixtureWorld } from './fixture-world.ts';

interface Door extends AsyncDisposable {
  readonly apiUrl: string;
  /** The paths of requests that were answered. */
  readonly answered: readonly string[];
  /** From now on the bot's token is refused, on REST only. */
  revoke(): void;
}

/** Passes requests on to `apiUrl`. */
async function door(apiUrl: string): Promise<Door> {
  let revoked = false;
  const answered: string[] = [];
  const server = createServer((request, response) => {
    if (revoked && request.headers.authorization !== undefined) {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"message":"401: Unauthorized","code":0}');
      return;
    }
    const { method, headers, url } = request;
    const onward = send(new URL(url ?? '', apiUrl), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once('end', () => answered.push(url ?? ''));
    });
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    answered,
    revoke: () => (revoked = true),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a token that only REST refuses ends the shard at its next call, with the reason', async () => {
  await using world = await fixtureWorld({ shards: 1 });
  await using rest = await door(world.env.DISCORD_API_URL);
  const [guild] = await world.sandbox.guilds();
  assert.ok(guild);
  await using shard = startFixture({ ...world.env, DISCORD_API_URL: rest.apiUrl });
  await shard.ready;
  await eventually('it knows its commands', () => rest.answered.some((url) => url.endsWith('/commands')));
  rest.revoke();
  const echo = { guildId: guild.id, command: 'echo', options: { text: 'fish' } };
  assert.equal((await world.sandbox.runCommand(echo)).content, '{"text":"FISH"}');
  const flood = { guildId: guild.id, command: 'flood', options: { seconds: 1 }, waitMs: 1_000 };
  await world.sandbox.runCommand(flood);
  assert.equal(await shard.ended, 78);
  assert.match(shard.reason() ?? '', /^Discord refused DISCORD_TOKEN \(401\)/);
});

test('a gateway that closes the shard for good does not cut off the commands that run', async () => {
  await using world = await fixtureWorld({ shards: 1, firstAnswerSec: 10 });
  const [guild] = await world.sandbox.guilds();
  assert.ok(guild);
  await using shard = startFixture(world.env);
  await shard.ready;
  const slow = world.sandbox.runCommand({ guildId: guild.id, command: 'slow', waitMs: 10_000 });
  await eventually('it runs', async () => (await shard.channel.request('status', 5_000)).interactions === 1);
  await world.sandbox.revokeToken({ gatewayOnly: true });
  assert.equal((await slow).content, 'late but here');
  assert.equal(await shard.ended, 78);
  assert.match(shard.reason() ?? '', /4004/);
});
