import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Failure } from '../../src/lib/failure.ts';
import { InteractionClaims } from '../../src/redis/interaction-claims.ts';
import { keys } from '../../src/redis/keys.ts';
import { checkRedis, closeRedis, connectRedis, type Redis, type RedisRole } from '../../src/redis/redis.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze } from '../helpers/freeze.ts';
import { metricValue } from '../helpers/metric-value.ts';
import { keySlot } from '../helpers/key-slot.ts';
import { aclOfCluster, aclUser } from '../helpers/redis-acl.ts';
import { startCluster, type ClusterNode } from '../helpers/redis-cluster.ts';
import { RedisNodes } from '../helpers/redis-node.ts';
import { cacheWork, joinCache, purgeWork, stateWork } from '../helpers/redis-work.ts';
import { silentLog } from '../helpers/silent-log.ts';

const password = 'not-a-real-password';
const place = { tokenHash: 'not-a-real-hash', shardCount: 4, shardId: 2 };
/** The limit of a command of the state, and what a stalled machine may add. */
const commandMs = 500 + 1_000;

let servers: RedisNodes;
let nodes: readonly ClusterNode[];
let opened: Redis[] = [];
let claimed = 0;

before(async () => {
  servers = await RedisNodes.make();
  const users = (['cache', 'state'] as const).map((role) => `${aclUser(role, password)} ${aclOfCluster}`);
  nodes = await startCluster(servers, users);
});
afterEach(async () => {
  await Promise.all(opened.map(closeRedis));
  opened = [];
});
after(() => servers[Symbol.asyncDispose]());

function server(role: RedisRole) {
  // By name, while the nodes themselves know each other by address.
  const clusterNodes = nodes.map(({ port }) => ({ host: 'localhost', port }));
  return { url: `redis://shoal_${role}:${password}@not-used`, clusterNodes };
}

async function connect(role: RedisRole): Promise<Redis> {
  const redis = await connectRedis({ ...server(role), role, log: silentLog });
  opened.push(redis);
  return redis;
}

/** How many subscribers of the bus listen there. */
async function listeners(node: ClusterNode): Promise<number> {
  const [, count] = (await node.ask('pubsub', 'numsub', keys.cacheBus)) as [string, number];
  return count;
}

/** Settles as the claim of an interaction does whose key is on that node. */
function claimOn(node: ClusterNode, state: Redis): Promise<boolean> {
  while (!node.has(keySlot(keys.interaction(String(++claimed)))));
  return new InteractionClaims(state, 10_000).claim(String(claimed), place, '1');
}

test('state and cache work on a cluster, as the users that the documentation gives', async () => {
  await stateWork(await connect('state'));
  const cache = await connect('cache');
  await cacheWork(cache, server('cache'));
  await purgeWork(cache, server('cache'));
});

test('one node of a cluster that is taken for a server is told', async () => {
  const { url, clusterNodes } = server('cache');
  const [node] = clusterNodes;
  const alone = {
    url: url.replace('not-used', `localhost:${node?.port}`),
    role: 'cache',
    log: silentLog,
  } as const;
  await assert.rejects(connectRedis(alone), (error: Failure) => {
    assert.equal(error.exitCode, 78);
    assert.match(error.message, /^REDIS_URL: redis at localhost:\d+ is a node .* in REDIS_CLUSTER_NODES$/);
    return true;
  });
});

test('a killed node takes only its own slots with it; all is well when it is back', async () => {
  const [state, cache] = [await connect('state'), await connect('cache')];
  await using one = joinCache(cache, server('cache'));
  await using two = joinCache(cache, server('cache'));
  const bothHear = () => one.cache.heard && two.cache.heard;
  await eventually('both hear the bus', bothHear);
  const counts = await Promise.all(nodes.map(listeners));
  const node = nodes[counts.findIndex((count) => count > 0)];
  assert.ok(node, 'nobody listens');
  const others = nodes.filter((one) => one !== node);
  await node.kill();
  await eventually('the loss is noticed', async () => (await checkRedis(state, 500)) === undefined);
  const start = performance.now();
  await assert.rejects(claimOn(node, state));
  assert.ok(performance.now() - start < commandMs);
  for (const other of others) assert.equal(await claimOn(other, state), true);
  await eventually('both listen at the others', async () => {
    const now = await Promise.all(others.map(listeners));
    return now.reduce((sum, count) => sum + count, 0) === 2;
  });
  await eventually('the bus is heard through the others', bothHear);
  for (let key = 0; key < 9; key++)
    assert.equal(await one.texts.get(`guild-${key}`, async () => ({ value: 'v', version: 1 })), 'v');
  await node.start();
  await eventually('its slots work again', () => claimOn(node, state));
  await eventually('the check too', async () => (await checkRedis(state, 500)) !== undefined);
});

const failed = () => metricValue('shoal_redis_command_seconds_count', { role: 'state', outcome: 'error' });
const reconnects = () => metricValue('shoal_redis_reconnects_total', { role: 'state' });

test('while the whole cluster is away its commands count as failed, and the tries to reach it as reconnects', async () => {
  const state = await connect('state');
  await Promise.all(nodes.map((node) => node.kill()));
  try {
    await eventually('nothing is connected', async () => (await checkRedis(state, 500)) === undefined);
    await eventually('the cluster is given up', () => state.status === 'reconnecting');
    const [before, tries] = [await failed(), await reconnects()];
    await assert.rejects(state.get('shoal:x'));
    assert.equal(await failed(), before + 1);
    await eventually('it is tried again', async () => (await reconnects()) > tries);
  } finally {
    await Promise.all(nodes.map((node) => node.start()));
  }
  await eventually(
    'it works again',
    () =>
      state.get('shoal:x').then(
        () => true,
        () => false,
      ),
    20_000,
  );
});

test('a frozen node holds up nobody longer than the limit, and is used again', async () => {
  const state = await connect('state');
  const [node, ...others] = nodes;
  assert.ok(node);
  const frozen = freeze([node.pid]);
  try {
    const claims = Array.from({ length: 20 }, () => claimOn(node, state));
    const start = performance.now();
    const outcomes = await Promise.allSettled(claims);
    assert.ok(performance.now() - start < commandMs);
    assert.ok(outcomes.every(({ status }) => status === 'rejected'));
    assert.equal(await checkRedis(state, 500), undefined);
    for (const other of others) assert.equal(await claimOn(other, state), true);
  } finally {
    frozen.thaw();
  }
  await eventually('its slots work again', () => claimOn(node, state), 15_000);
});
