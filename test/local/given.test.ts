import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { startLocalServers, startRedis } from '../../src/local/local.ts';
import {
  assertNothingIsLeft,
  environmentIn,
  runStarter,
  starterCommand,
  temporaryDirectory,
} from './machine.ts';

const database = {
  POSTGRES_URL: 'postgres://someone:not-a-secret@db.example:6432/fish',
  POSTGRES_DIRECT_URL: 'postgres://someone:not-a-secret@db.example/fish',
};

test('servers that are given are used, and nothing is started', async () => {
  // Without a PATH nothing could be.
  const servers = await startLocalServers({
    environment: { ...database, REDIS_URL: 'redis://cache.example:7000' },
  });
  assert.deepEqual(servers.env, {
    ...database,
    REDIS_URL: 'redis://cache.example:7000',
    REDIS_STATE_URL: 'redis://cache.example:7000',
  });
  assert.deepEqual(
    servers.parts.map(({ name, address, pid, version }) => [name, address, pid, version]),
    [
      ['postgres', 'db.example:5432', undefined, 'given'],
      ['pgbouncer', 'db.example:6432', undefined, 'given'],
      ['redis-cache', 'cache.example:7000', undefined, 'given'],
      ['redis-state', 'cache.example:7000', undefined, 'given'],
    ],
  );
  await servers.stop();
});

test('what is not given is started beside what is', async (t) => {
  const temporary = temporaryDirectory(t);
  const servers = await startLocalServers({ environment: { ...environmentIn(temporary), ...database } });
  t.after(() => servers.stop());
  assert.equal(servers.env.POSTGRES_URL, database.POSTGRES_URL);
  const own = servers.parts.filter((part) => part.pid !== undefined);
  assert.deepEqual(
    own.map((part) => part.name),
    ['redis-cache', 'redis-state'],
  );
  await servers.stop();
  await assertNothingIsLeft(own, temporary);
});

test('two Redis that are given', async () => {
  const env = { REDIS_URL: 'redis://cache.example', REDIS_STATE_URL: 'rediss://state.example' };
  assert.deepEqual((await startRedis({ environment: env })).env, env);
});

test('half of a pair, or no URL at all, is one clear line without the password', async () => {
  const cases = [
    [
      { POSTGRES_URL: database.POSTGRES_URL },
      /^POSTGRES_URL is set but POSTGRES_DIRECT_URL is not: set both/,
    ],
    [{ POSTGRES_DIRECT_URL: database.POSTGRES_URL }, /^POSTGRES_DIRECT_URL is set but POSTGRES_URL is not/],
    [{ REDIS_STATE_URL: 'redis://state.example' }, /^REDIS_STATE_URL is set but REDIS_URL is not/],
    [
      { REDIS_URL: 'not-a-secret@cache.example' },
      /^REDIS_URL is not a URL like redis:\/\/user:password@host:port/,
    ],
    [
      { ...database, POSTGRES_URL: 'mysql://u:not-a-secret@db.example' },
      /^POSTGRES_URL is not a URL like postgres:/,
    ],
  ] as const;
  for (const [environment, message] of cases) {
    const error = await startLocalServers({ environment }).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof Error);
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /not-a-secret/);
  }
});

test('the starter stays until it is told to stop although it started nothing', async (t) => {
  const temporary = temporaryDirectory(t);
  const starter = runStarter(t, starterCommand, {
    env: { ...database, REDIS_URL: 'redis://cache.example', TMPDIR: temporary },
  });
  const { parts } = await starter.output;
  assert.equal(parts.length, 4);
  starter.process.kill('SIGTERM');
  assert.equal((await starter.exit).code, 0);
  assert.deepEqual(readdirSync(temporary), []);
});
