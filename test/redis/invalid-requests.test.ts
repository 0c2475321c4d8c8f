import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDiscordRest, RestHeldBack, type API, type RestGate } from '../../src/discord/discord.ts';
import { InvalidRequests } from '../../src/redis/invalid-requests.ts';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze } from '../helpers/freeze.ts';
import { metricValue } from '../helpers/metric-value.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { startArena, type Arena } from '../sandbox/arena.ts';

/** Of the sandbox, and of the processes; Discord's is 10,000. */
const allowed = 40;
const near = 32;

let servers: TestRedis;
const opened: Redis[] = [];

before(async () => {
  servers = await testRedis();
});
after(async () => {
  await Promise.all(opened.map(closeRedis));
  await servers.stop();
});

async function counter(): Promise<InvalidRequests> {
  const redis = await connectRedis({ url: servers.redisStateUrl, role: 'state', log: silentLog });
  opened.push(redis);
  return new InvalidRequests({ redis, log: silentLog, allowed });
}

/** A process that shares nothing but what is invalid. */
async function caller({ sandbox }: Arena): Promise<API> {
  const invalid = await counter();
  const gate: RestGate = {
    admit: () => Promise.resolve(() => {}),
    banIsNear: () => invalid.near,
    invalid: (status) => invalid.count(status),
  };
  return createDiscordRest({ token: sandbox.token, apiUrl: sandbox.restUrl, onUnauthorized: () => {}, gate })
    .api;
}

test('the ban is not reached: all processes stop what Discord would refuse, and answer interactions', async () => {
  await using arena = await startArena({ limits: { invalidRequests: allowed } });
  const [one, other] = [await caller(arena), await caller(arena)];
  const foreign = '100000000000000001';
  let refused = 0;
  const until = async (api: API) => {
    while (refused <= allowed) {
      try {
        await api.applicationCommands.getGlobalCommands(foreign);
      } catch (error) {
        if (error instanceof RestHeldBack) return;
        refused += 1;
      }
    }
  };
  await until(one);
  await eventually('the other one knows', () =>
    other.users.getCurrent().then(
      () => false,
      (error: unknown) => error instanceof RestHeldBack,
    ),
  );
  assert.ok(refused >= near && refused < allowed, `${refused} refused`);
  await other.gateway.getBot();
  await assert.rejects(other.interactions.reply(foreign, 'no-token', { content: 'hi' }), /Unknown/);
  const { rateLimits } = await arena.client.report();
  assert.deepEqual([rateLimits.banned, rateLimits.invalidRequests], [0, refused]);
});

test('while Redis fails a process counts by itself, and tells Redis when that is back', async () => {
  await opened[0]?.flushall();
  const [one, other] = [await counter(), await counter()];
  const frozen = freeze([servers.pid('redis-state')]);
  try {
    for (let count = 0; count < near - 1; count++) one.count(403);
    assert.equal(one.near, false);
    one.count(403);
    assert.equal(one.near, true);
  } finally {
    frozen.thaw();
  }
  await eventually('the other one knows', () => one.near && other.near, 15_000);
});

test('a process that calls nobody any more sees the window empty itself', async () => {
  const quiet = await counter();
  quiet.count(403);
  await eventually(
    'it is counted',
    async () => (await metricValue('shoal_rest_invalid_requests_window', {})) > 0,
  );
  await opened[0]?.flushall();
  await eventually(
    'it shows none',
    async () => (await metricValue('shoal_rest_invalid_requests_window', {})) === 0,
    15_000,
  );
});
