import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { Failure } from '../../src/lib/failure.ts';
import { checkRedis, closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { defineScript } from '../../src/redis/script.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze, redisPid } from '../helpers/freeze.ts';
import { metricValue } from '../helpers/metric-value.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';
import type { Logger } from '../../src/telemetry/log.ts';
import { silentLog } from '../helpers/silent-log.ts';

let servers: TestRedis;
let opened: Redis[] = [];

before(async () => {
  servers = await testRedis();
});
afterEach(async () => {
  await Promise.all(opened.map(closeRedis));
  opened = [];
});
after(() => servers.stop());

async function open(log: Logger = silentLog): Promise<Redis> {
  const redis = await connectRedis({ url: servers.redisUrl, role: 'cache', log });
  opened.push(redis);
  return redis;
}

test('an unreachable server is one clear failure without the password', async () => {
  const options = {
    url: 'redis://:not-to-be-shown@127.0.0.1:1',
    role: 'state',
    log: silentLog,
    deadlineMs: 300,
  } as const;
  await assert.rejects(connectRedis(options), (error: Failure) => {
    assert.equal(error.exitCode, 69);
    assert.match(
      error.message,
      /^REDIS_STATE_URL: no answer from redis at 127\.0\.0\.1:1 within 300 ms: .*ECONNREFUSED/,
    );
    assert.ok(!error.message.includes('not-to-be-shown'));
    return true;
  });
});

test('a refused login is told at once', async () => {
  const admin = await open();
  await admin.acl('SETUSER', 'someone', 'on', '>right-password', '+@all');
  const url = servers.redisUrl.replace('redis://', 'redis://someone:wrong-password@');
  await assert.rejects(connectRedis({ url, role: 'cache', log: silentLog }), (error: unknown) => {
    assert.ok(error instanceof Failure);
    assert.match(error.message, /^REDIS_URL: .*refused the login: WRONGPASS/);
    assert.ok(!error.message.includes('wrong-password'));
    return true;
  });
});

test('a frozen server fails commands in time, is noticed by PING, logged once and used again', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const redis = await open(pino(sink));
  const frozen = freeze([await redisPid(redis)]);
  try {
    await assert.rejects(redis.get('key'), /Command timed out/);
    assert.equal(await checkRedis(redis, 1_000), undefined);
    await eventually('the loss is logged', () => lines.length > 0);
    // Several more attempts, none of which succeeds.
    let attempts = 0;
    redis.on('reconnecting', () => {
      attempts += 1;
    });
    await eventually('it is tried again', () => attempts >= 1, 15_000);
    assert.equal(lines.length, 1, lines.join(''));
    const role = 'cache';
    assert.ok((await metricValue('shoal_redis_reconnects_total', { role })) >= attempts);
    assert.ok((await metricValue('shoal_redis_command_seconds_count', { role, outcome: 'error' })) > 0);
    assert.equal(await metricValue('shoal_redis_connections', { role }), 0);
  } finally {
    frozen.thaw();
  }
  await eventually('redis answers', async () => (await checkRedis(redis, 500)) !== undefined, 15_000);
  assert.equal(lines.length, 2, lines.join(''));
  assert.equal(await metricValue('shoal_redis_connections', { role: 'cache' }), 1);
});

test('a server that became a replica is left for the one that its name leads to', async () => {
  const redis = await open();
  await redis.call('REPLICAOF', '127.0.0.1', '1');
  try {
    const reconnecting = new Promise((resolve) => redis.once('reconnecting', resolve));
    await assert.rejects(redis.set('key', 'value'), /^ReplyError: READONLY/);
    await reconnecting;
  } finally {
    await eventually('a connection', () => redis.call('REPLICAOF', 'NO', 'ONE'));
  }
  await eventually('it takes writes', () => redis.set('key', 'value'));
});

test('a script survives a Redis that forgot it', async () => {
  const redis = await open();
  const add = defineScript('return ARGV[1] + ARGV[2]');
  assert.equal(await add(redis, [], [1, 2]), 3);
  await redis.script('FLUSH');
  assert.equal(await add(redis, [], [2, 2]), 4);
});
