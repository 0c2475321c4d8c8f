import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import postgres from 'postgres';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { processesWith, runToEnd, type Ended } from '../helpers/processes.ts';

/** Nothing listens on port 9 (discard) of a machine that runs tests. */
const nobody = '127.0.0.1:9';

describe('what is wrong at start is said in one line, with the right exit code, and leaves nothing running', () => {
  let world: Surroundings;
  let runs = 0;

  before(async () => {
    world = await surroundings({ shards: 2 });
  });

  after(async () => {
    await world[Symbol.asyncDispose]();
  });

  async function expect(
    bin: string,
    changes: Readonly<Record<string, string>>,
    code: number,
    line: RegExp,
    args: readonly string[] = [],
  ): Promise<Ended> {
    const ADMIN_SOCKET = `${world.env.ADMIN_SOCKET}-${runs++}`;
    const ended = await runToEnd(bin, args, { ...world.env, ADMIN_SOCKET, ...changes });
    assert.equal(ended.code, code, ended.stderr);
    assert.match(ended.stderr, line);
    assert.equal(ended.stderr.trimEnd().split('\n').length, 1, `more than one line:\n${ended.stderr}`);
    assert.deepEqual(processesWith('ADMIN_SOCKET', ADMIN_SOCKET), []);
    return ended;
  }

  // They wait for nobody to answer more than they compute.
  describe('with the servers as they are', { concurrency: 3 }, () => {
    test('missing and malformed variables', async () => {
      const ended = await runToEnd('manager', [], { PATH: process.env['PATH'], DISCORD_SHARDS: 'many' });
      assert.equal(ended.code, 78);
      assert.match(ended.stderr, /^manager: 4 variables are wrong:\n/);
      for (const name of ['DISCORD_TOKEN', 'POSTGRES_URL', 'REDIS_URL']) {
        assert.match(ended.stderr, new RegExp(`^  ${name} is not set\\. `, 'm'));
      }
      assert.match(
        ended.stderr,
        /^ {2}DISCORD_SHARDS must be auto or a whole number from 1 \(it is "many"\)/m,
      );
    });

    test('PostgreSQL cannot be reached', async () => {
      const line = new RegExp(`^manager: shard \\d: POSTGRES_URL: no query is answered at ${nobody}: `);
      await expect('manager', { POSTGRES_URL: `postgres://app:fake-password@${nobody}/shoal` }, 69, line);
      const direct = `postgres://owner:fake-password@${nobody}/shoal`;
      const migrate = await expect(
        'migrate',
        { POSTGRES_DIRECT_URL: direct },
        69,
        /^migrate: POSTGRES_DIRECT_URL: /,
      );
      assert.doesNotMatch(migrate.stderr, /fake-password/);
    });

    test('Redis cannot be reached', async () => {
      const line = new RegExp(`^manager: shard \\d: REDIS_URL: no answer from redis at ${nobody} `);
      const state = /REDIS_STATE_URL: no answer from redis/;
      await Promise.all([
        expect('manager', { REDIS_URL: `redis://${nobody}` }, 69, line),
        expect('manager', { REDIS_STATE_URL: `redis://${nobody}` }, 69, state),
      ]);
    });

    test('Discord cannot be reached', async () => {
      const line = /Discord cannot be reached at http:\/\/127\.0\.0\.1:9\/api: /;
      await expect('manager', { DISCORD_API_URL: `http://${nobody}/api` }, 69, line);
      await expect(
        'deploy-commands',
        { DISCORD_API_URL: `http://${nobody}/api` },
        69,
        /^deploy-commands: Discord cannot be reached at /,
      );
    });

    test('the token is wrong', async () => {
      const wrong = { DISCORD_TOKEN: 'ZmFrZQ.ZmFrZQ.canary-token-of-somebody-else' };
      const ended = await expect(
        'manager',
        wrong,
        78,
        /^manager: Discord refused DISCORD_TOKEN \(401\); copy it again/,
      );
      assert.doesNotMatch(ended.stderr + ended.stdout, /canary/);
      await expect('deploy-commands', wrong, 78, /^deploy-commands: Discord refused DISCORD_TOKEN \(401\)/);
    });

    test('the metrics port is taken', async () => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as AddressInfo;
      const line = new RegExp(
        `^manager: METRICS_PORT: 127\\.0\\.0\\.1:${port} is taken by another process; free it or set`,
      );
      await expect('manager', { METRICS_PORT: String(port) }, 69, line);
      taken.close();
    });

    test('a shard id beyond the count that Discord recommends', async () => {
      const changes = { DISCORD_SHARDS: 'auto', SHARD_IDS: '1-2' };
      await expect('manager', changes, 78, /^manager: SHARD_IDS names shard 2, but the bot has 2 shards/);
    });

    test('flags that are wrong', async () => {
      await expect('demo', {}, 64, /^demo: --shards must be a whole number from 1 to 64, not "0"/, [
        '--shards',
        '0',
      ]);
      await expect('demo', {}, 64, /^demo: Unknown option '--sharts'/, ['--sharts', '2']);
      await expect('migrate', {}, 64, /^migrate: Unknown option '--dry'/, ['--dry']);
      await expect('deploy-commands', {}, 64, /^deploy-commands: Unknown option '--plan'/, ['--plan']);
      await expect('manager', {}, 64, /^manager: Unknown option '--shards'/, ['--shards', '2']);
    });

    test('a shard that is started by hand', async () => {
      await expect('shard', {}, 64, /^shard: a shard process is started by the manager: run `npm start`/);
    });
  });

  test('migrating through PgBouncer, as the bot, is refused and leaves no lock', async () => {
    const bare = postgres(world.servers.directUrl, { max: 1 });
    await bare`alter table shoal_migrations rename to away`;
    const changes = { POSTGRES_DIRECT_URL: world.servers.postgresUrl };
    await expect(
      'migrate',
      changes,
      78,
      /^migrate: POSTGRES_DIRECT_URL: the user of \S+ may not change the schema .*not to PgBouncer$/m,
    );
    assert.deepEqual([...(await bare`select 1 from pg_locks where locktype = 'advisory'`)], []);
    await bare`alter table away rename to shoal_migrations`;
    await bare.end();
  });

  test('the database is not migrated, or its migrations are not the ones of this release', async () => {
    const { directUrl } = world.servers;
    await using sql = postgresOwner(directUrl);
    const [{ checksum } = { checksum: '' }] =
      await sql.client`select checksum from shoal_migrations where number = 1`;
    await sql.client`update shoal_migrations set checksum = 'canary' where number = 1`;
    await expect('migrate', {}, 65, /^migrate: .*0001_guild_settings\.sql/);
    await expect('manager', {}, 65, /^manager: shard \d: .*0001_guild_settings\.sql/);
    await sql.client`update shoal_migrations set checksum = ${checksum} where number = 1`;
    const plan = await runToEnd('migrate', ['--plan'], world.env);
    assert.deepEqual([plan.code, plan.stdout], [0, 'migrate: nothing to apply\n']);
    await sql.client`drop schema public cascade`;
    await sql.client`create schema public`;
    await expect('manager', {}, 65, /^manager: shard \d: the database lacks .* run npm run migrate/);
    const again = await runToEnd('migrate', [], world.env);
    assert.equal(again.code, 0);
    assert.match(again.stdout, /^migrate: applied 0001_guild_settings\.sql, /m);
  });

  test('the gateway alone refuses the token (4004)', async () => {
    await world.sandbox.revokeToken({ gatewayOnly: true });
    await expect('manager', {}, 78, /^manager: shard \d: the gateway refused DISCORD_TOKEN \(4004\)/);
  });
});

function postgresOwner(url: string) {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  return { client, [Symbol.asyncDispose]: () => client.end() };
}
