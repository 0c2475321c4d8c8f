import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { jobsConfig, migrateConfig } from '../../src/config/config.ts';
import { managerConfig } from '../../src/config/manager.ts';
import type { Placement } from '../../src/config/placement.ts';
import { shardConfig } from '../../src/config/shard.ts';
import type { z } from 'zod';
import type { Variable } from '../../src/config/variable.ts';
import { variables } from '../../src/config/variables.ts';
import { Failure } from '../../src/lib/failure.ts';

const complete = {
  DISCORD_TOKEN: 'ZmFrZQ.ZmFrZQ.this-is-not-a-real-token',
  POSTGRES_URL: 'postgres://app:fake-password@127.0.0.1:6432/shoal',
  POSTGRES_DIRECT_URL: 'postgres://owner:fake-password@127.0.0.1:5432/shoal',
  REDIS_URL: 'redis://127.0.0.1:6379',
};

function failureOf(read: () => unknown): Failure {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    return error;
  }
  return assert.fail('the configuration was accepted');
}

function placed(changes: Record<string, string>, hostName = 'bot-2'): Placement {
  return managerConfig({ ...complete, ...changes }, hostName).placement;
}

describe('configuration', () => {
  test('what is required is enough, the rest has defaults', () => {
    const config = managerConfig(complete);
    assert.equal(config.shards, 'auto');
    assert.deepEqual(config.placement, { kind: 'all' });
    assert.equal(config.shardsPerProcess, 1);
    assert.equal(config.discord.apiUrl, 'https://discord.com/api');
    assert.deepEqual(config.metrics, { host: '127.0.0.1', port: 9470 });
  });

  test('all that is wrong is said at once, with variable, problem and fix, and exits 78', () => {
    const failure = failureOf(() =>
      managerConfig({
        ...complete,
        DISCORD_SHARDS: '0',
        SHARD_IDS: '3-1',
        METRICS_PORT: '70000',
        REDIS_URL: '',
      }),
    );
    assert.equal(failure.exitCode, 78);
    const lines = failure.message.split('\n');
    assert.equal(lines[0], '4 variables are wrong:');
    assert.match(
      failure.message,
      /DISCORD_SHARDS must be auto or a whole number from 1 \(it is "0"\)\. Set it to/,
    );
    assert.match(
      failure.message,
      /SHARD_IDS must be a list of shard ids and rising ranges, like 0-3,8 \(it is "3-1"\)/,
    );
    assert.match(failure.message, /METRICS_PORT must be a whole number from 0 to 65535 \(it is "70000"\)/);
    assert.match(failure.message, /REDIS_URL is not set\. Set it to the cache Redis/);
  });

  test('one problem is one line', () => {
    const failure = failureOf(() => managerConfig({ ...complete, LOG_LEVEL: 'loud' }));
    assert.match(failure.message, /^LOG_LEVEL must be a log level \(it is "loud"\)\. Set it to .*$/);
  });

  test('a wrong secret is not shown', () => {
    const failure = failureOf(() =>
      managerConfig({
        ...complete,
        DISCORD_TOKEN: 'canary-token',
        POSTGRES_URL: 'mysql://app:canary-password@db/shoal',
      }),
    );
    assert.match(failure.message, /DISCORD_TOKEN does not look like a bot token/);
    assert.match(failure.message, /POSTGRES_URL must be a URL that starts with postgres:\/\//);
    assert.doesNotMatch(failure.message, /canary/);
  });

  test('a bare % in a password is named, also where the variable is not needed here', () => {
    const url = 'postgres://app:100%canary@127.0.0.1:6432/shoal';
    const failure = failureOf(() => managerConfig({ ...complete, POSTGRES_URL: url }));
    assert.match(failure.message, /POSTGRES_URL has a user or password with a bare %: write it as %25\./);
    assert.doesNotMatch(failure.message, /canary/);
    assert.ok(managerConfig({ ...complete, POSTGRES_DIRECT_URL: url }).log.secrets.includes('100%canary'));
    const encoded = managerConfig({
      ...complete,
      POSTGRES_URL: 'postgres://app:100%25canary@127.0.0.1/shoal',
    });
    assert.ok(encoded.log.secrets.includes('100%canary'));
  });

  test('shard ids are ranges and lists, and lie below the shard count', () => {
    const config = managerConfig({ ...complete, DISCORD_SHARDS: '16', SHARD_IDS: '8, 0-3,2' });
    assert.deepEqual(config.placement, { kind: 'ids', ids: [0, 1, 2, 3, 8] });
    const failure = failureOf(() => managerConfig({ ...complete, DISCORD_SHARDS: '4', SHARD_IDS: '2-4' }));
    assert.match(failure.message, /SHARD_IDS names shard 4, but DISCORD_SHARDS is 4/);
    assert.equal(failure.exitCode, 78);
  });

  test('a host has its number from a variable or from its name, below the number of hosts', () => {
    const second = { kind: 'host', ordinal: 2, count: 4 };
    assert.deepEqual(placed({ HOST_COUNT: '4', HOST_ORDINAL: '2' }, 'somewhere'), second);
    assert.deepEqual(placed({ HOST_COUNT: '4' }), second);
    const wrong: readonly (readonly [Record<string, string>, string, RegExp])[] = [
      [{ HOST_COUNT: '2' }, 'bot-2', /^HOST_ORDINAL is 2, but HOST_COUNT is 2\. Hosts are counted from 0/],
      [{ HOST_COUNT: '2' }, 'bot', /^HOST_COUNT is set, HOST_ORDINAL is not, and the host name bot does not/],
      [{ HOST_ORDINAL: '1' }, 'bot', /^HOST_ORDINAL needs HOST_COUNT\./],
      [{ HOST_COUNT: '2', SHARD_IDS: '0' }, 'bot-1', /^SHARD_IDS and HOST_COUNT are set\./],
      [{ HOST_COUNT: 'two' }, 'bot-1', /^HOST_COUNT must be a whole number from 1/],
      [{ SHARDS_PER_PROCESS: '0' }, 'bot', /^SHARDS_PER_PROCESS must be a whole number from 1 to 100/],
    ];
    for (const [changes, hostName, text] of wrong)
      assert.match(failureOf(() => placed(changes, hostName)).message, text);
  });

  test('a shard gets its placement from the manager, one Redis may serve both roles', () => {
    const config = shardConfig({ ...complete, SHARDS: '[2,3]', SHARD_COUNT: '4' });
    assert.deepEqual(config.shardIds, [2, 3]);
    assert.equal(config.shardCount, 4);
    assert.deepEqual(config.redis.state, config.redis.cache);
    assert.deepEqual(
      [config.redis.state.url, config.redis.state.variable],
      [complete.REDIS_URL, 'REDIS_URL'],
    );
    assert.deepEqual(shardConfig({ ...complete, SHARDS: '0', SHARD_COUNT: '1' }).shardIds, [0]);
    assert.equal(failureOf(() => shardConfig(complete)).exitCode, 64);
  });

  test('each role has a server, a cluster or what Sentinels watch, and knows which variable said so', () => {
    const shard = { ...complete, SHARDS: '0', SHARD_COUNT: '1' };
    const nodes = 'redis-a:6379, [::1]:6380';
    const parsed = [
      { host: 'redis-a', port: 6379 },
      { host: '::1', port: 6380 },
    ];
    const rows: readonly (readonly [Record<string, string>, unknown, unknown])[] = [
      [{ REDIS_CLUSTER_NODES: nodes }, ['REDIS_CLUSTER_NODES', parsed], ['REDIS_CLUSTER_NODES', parsed]],
      [{ REDIS_STATE_CLUSTER_NODES: nodes }, ['REDIS_URL', undefined], ['REDIS_STATE_CLUSTER_NODES', parsed]],
      [
        { REDIS_CLUSTER_NODES: nodes, REDIS_STATE_URL: 'rediss+sentinel://:p@a:1,b:2/main' },
        ['REDIS_CLUSTER_NODES', parsed],
        ['REDIS_STATE_URL', undefined],
      ],
    ];
    for (const [changes, cache, state] of rows) {
      const { redis } = shardConfig({ ...shard, ...changes });
      assert.deepEqual([redis.cache.variable, redis.cache.clusterNodes], cache);
      assert.deepEqual([redis.state.variable, redis.state.clusterNodes], state);
    }
  });

  test('what no Redis can be reached by is refused, without the password', () => {
    const sentinels = 'redis+sentinel://app:canary%2Fpass@a:26379,b:26379/main';
    const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
      [
        { REDIS_URL: sentinels.replace('/main', '') },
        /^REDIS_URL must be a URL that .*, or be redis\+sentinel:/,
      ],
      [{ REDIS_URL: sentinels.replace('%2F', '%') }, /^REDIS_URL must be a URL/],
      [
        { REDIS_URL: sentinels, REDIS_CLUSTER_NODES: 'a:1' },
        /^REDIS_CLUSTER_NODES is set, and REDIS_URL names/,
      ],
      [
        { REDIS_CLUSTER_NODES: 'a:1,b' },
        /^REDIS_CLUSTER_NODES must be a list of host:port \(it is "a:1,b"\)/,
      ],
      [{ REDIS_STATE_CLUSTER_NODES: 'a:70000' }, /^REDIS_STATE_CLUSTER_NODES must be a list of host:port/],
    ];
    for (const [changes, text] of wrong) {
      const { message } = failureOf(() => managerConfig({ ...complete, ...changes }));
      assert.match(message, text);
      assert.doesNotMatch(message, /canary/);
    }
    const withSecrets = { ...complete, REDIS_URL: sentinels, REDIS_SENTINEL_PASSWORD: 'canary:ofSentinels' };
    const { secrets } = managerConfig(withSecrets).log;
    for (const secret of ['canary/pass', 'canary%2Fpass', 'canary:ofSentinels'])
      assert.ok(secrets.includes(secret), secret);
  });

  test('which variables hold a secret that is too short to be hidden', () => {
    const { unhidden } = managerConfig({ ...complete, REDIS_URL: 'redis://:p4ss@127.0.0.1:6379' }).log;
    assert.deepEqual([unhidden, managerConfig(complete).log.unhidden], [['REDIS_URL'], []]);
  });

  test('the secrets of the log are the token and the passwords, not the addresses', () => {
    const { secrets } = managerConfig(complete).log;
    assert.deepEqual([...new Set(secrets)].toSorted(), [complete.DISCORD_TOKEN, 'fake-password']);
  });

  test('each jobs process of a host has a port of its own', () => {
    const variants = [{}, { JOBS_INSTANCE: '1' }, { JOBS_METRICS_PORT: '0', JOBS_INSTANCE: '1' }];
    const ports = variants.map((more) => jobsConfig({ ...complete, ...more }).metrics.port);
    assert.deepEqual(ports, [9471, 9472, 0]);
  });

  test('migrations know the role that the bot itself uses', () => {
    assert.equal(migrateConfig(complete).appRole, 'app');
  });

  test('a read replica is handed to the shards, and its password is a secret', () => {
    const environment = { ...complete, SHARDS: '0', SHARD_COUNT: '1' };
    assert.equal(shardConfig(environment).postgres.replicaUrl, undefined);
    const url = 'postgres://app:fake-replica-password@127.0.0.1:6433/shoal';
    const { postgres, log } = shardConfig({ ...environment, READ_REPLICA_POSTGRES_URL: url });
    assert.equal(postgres.replicaUrl, url);
    assert.ok(log.secrets.includes('fake-replica-password'));
  });

  test('.env.example names every variable, each with its default', () => {
    const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const shown = Object.fromEntries(
      [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    const known = Object.entries<Variable>(variables).map(([name, variable]) => [
      name,
      variable.default ?? '',
    ]);
    assert.deepEqual(shown, Object.fromEntries(known));
  });

  test('the default that is documented is the default that applies', () => {
    for (const [name, variable] of Object.entries<Variable>(variables)) {
      if (variable.default === undefined) continue;
      const schema: z.ZodType<unknown, string | undefined> = variable.schema;
      assert.deepEqual(schema.parse(undefined), schema.parse(variable.default || undefined), name);
    }
  });
});
