import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { keys } from '../../src/redis/keys.ts';
import { checkRedis, closeRedis, connectRedis, type RedisRole } from '../../src/redis/redis.ts';
import { aclUser, allowedCommands } from '../helpers/redis-acl.ts';
import { RedisNodes, type RedisNode } from '../helpers/redis-node.ts';
import { cacheWork, purgeWork, stateWork } from '../helpers/redis-work.ts';
import { silentLog } from '../helpers/silent-log.ts';

const password = 'not-a-real-password';

let servers: RedisNodes;
let node: RedisNode;

before(async () => {
  servers = await RedisNodes.make({ tls: true });
  const users = ['user default off', `user admin on >${password} ~* &* +@all`];
  const ours = [aclUser('cache', password), aclUser('state', password)];
  node = await servers.add([...users, ...ours], { username: 'admin', password });
});
after(() => servers[Symbol.asyncDispose]());

function server(role: RedisRole) {
  return {
    url: `rediss://shoal_${role}:${password}@127.0.0.1:${node.port}`,
    caFile: servers.certificates?.ca,
  };
}

test('over TLS each role works as its user, which may do no more than it needs', async () => {
  // Of long ago: it is removed.
  await node.ask('hset', keys.restInvalid, 1, 1);
  await node.ask('config', 'resetstat');
  for (const role of ['cache', 'state'] as const) {
    const redis = await connectRedis({ ...server(role), role, log: silentLog });
    try {
      assert.notEqual(await checkRedis(redis, 500), undefined);
      if (role === 'state') await stateWork(redis, 2);
      else await cacheWork(redis, server(role), 2).then(() => purgeWork(redis, server(role), 2));
      await assert.rejects(redis.keys('*'), /NOPERM/);
      await assert.rejects(redis.set('another', 'value'), /NOPERM/);
    } finally {
      await closeRedis(redis);
    }
  }
  const stats = String(await node.ask('info', 'commandstats'));
  const calls = new Map(
    [...stats.matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm)].map(([, name, n]) => [name, Number(n)]),
  );
  for (const role of ['cache', 'state'] as const)
    for (const command of allowedCommands(aclUser(role, password)))
      assert.ok((calls.get(command) ?? 0) > 0, `the ${role} does not need +${command}`);
  const refused = (await node.ask('acl', 'log')) as string[][];
  const objects = refused.map((entry) => String(entry[entry.indexOf('object') + 1]));
  assert.deepEqual(
    [...new Set(objects)].toSorted(),
    ['another', 'keys'],
    'the bot itself was refused nothing',
  );
});

test('a certificate of an authority that nobody named is refused, and told', async () => {
  const { url } = server('cache');
  const options = { url, role: 'cache', log: silentLog, deadlineMs: 500 } as const;
  await assert.rejects(connectRedis(options), (error: Error) => {
    assert.match(
      error.message,
      /^REDIS_URL: no answer from redis at 127\.0\.0\.1:\d+ .*: self-signed certificate in/,
    );
    assert.ok(!error.message.includes(password));
    return true;
  });
  await assert.rejects(
    connectRedis({ ...options, caFile: '/nowhere.pem' }),
    /^Failure: REDIS_CA_FILE cannot be read: ENOENT/,
  );
});
