import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Redis as Client } from 'ioredis';
import { keys, type ShardPlace } from '../../src/redis/keys.ts';
import { closeRedis, connectRedis, type RedisRole } from '../../src/redis/redis.ts';
import { eventually } from '../helpers/eventually.ts';
import { keySlot } from '../helpers/key-slot.ts';
import { root } from '../helpers/processes.ts';
import { RedisNodes, type RedisNode } from '../helpers/redis-node.ts';
import { cacheWork, stateWork } from '../helpers/redis-work.ts';
import { silentLog } from '../helpers/silent-log.ts';

const anyPlace: ShardPlace = { tokenHash: '*', shardCount: NaN, shardId: NaN };
/** Each pattern with `*` for what varies, NaN for numbers. */
const patterns: Readonly<Record<keyof typeof keys, string>> = {
  cacheEntry: keys.cacheEntry('*', '*'),
  cacheLease: keys.cacheLease('*', '*'),
  cacheBus: keys.cacheBus,
  upstreamAway: keys.upstreamAway('*'),
  identifySlot: keys.identifySlot('*', NaN),
  restTokens: keys.restTokens('*'),
  restPace: keys.restPace('*'),
  restInvalid: keys.restInvalid,
  shardCount: keys.shardCount('*'),
  shardLease: keys.shardLease(anyPlace),
  shardEpoch: keys.shardEpoch(anyPlace),
  shardSession: keys.shardSession(anyPlace),
  shardGuilds: keys.shardGuilds(anyPlace),
  interaction: keys.interaction('*'),
  limit: keys.limit('*', '*', '*'),
};

const matchers = new Map(
  Object.entries(patterns).map(([name, pattern]) => {
    const text = pattern
      .replaceAll(/[{}]/g, String.raw`\$&`)
      .replaceAll('*', '[^{}]+')
      .replaceAll('NaN', String.raw`\d+`);
    return [name, new RegExp(`^${text}$`)];
  }),
);

interface Documented {
  readonly name: string;
  readonly role: string;
  readonly channel: boolean;
  readonly ttl: string | undefined;
  readonly owner: string;
}

/** `/** role · what · TTL … · owner … ` before each pattern. */
const documented: readonly Documented[] = [
  ...textOf('src/redis/keys.ts').matchAll(
    /\/\*\* (cache|state)(, channel)? · (.*) · owner `([\w/-]+)` \*\/\n {2}(\w+):/g,
  ),
].map(([, role = '', channel, text = '', owner = '', name = '']) => ({
  name,
  role,
  channel: channel !== undefined,
  ttl: /· (TTL .*|no TTL)$/.exec(text)?.[1],
  owner,
}));

/** One command as MONITOR shows it. */
interface Seen {
  readonly args: readonly string[];
  readonly lua: boolean;
}

/** All commands that the server carries out meanwhile, those inside scripts too. */
async function watch(node: RedisNode, work: () => Promise<void>): Promise<Seen[]> {
  const client = new Client(node.port, '127.0.0.1');
  const monitor = await client.monitor();
  const seen: Seen[] = [];
  monitor.on('monitor', (_time: string, args: string[], from: string) => {
    seen.push({ args: [args[0]?.toLowerCase() ?? '', ...args.slice(1)], lua: from === 'lua' });
  });
  await work();
  await client.echo('the end');
  await eventually('the last command is seen', () => seen.some(({ args }) => args[1] === 'the end'));
  client.disconnect();
  monitor.disconnect();
  return seen;
}

test('every pattern says its role, how long it lives and who owns it', () => {
  assert.deepEqual(
    documented.map(({ name }) => name),
    Object.keys(keys),
  );
  for (const { name, owner, channel, ttl } of documented) {
    const texts = textOf(`src/${owner}.ts`, `src/${owner}/*.ts`);
    assert.ok(texts.includes(`keys.${name}`), `${owner} does not use keys.${name}`);
    assert.equal(ttl === undefined, channel, `${name} says how long it lives`);
  }
});

test('each role touches its own keys only, none of them for ever, and a script those of one slot', async () => {
  await using servers = await RedisNodes.make();
  const node = await servers.add([]);
  const server = { url: `redis://127.0.0.1:${node.port}` };
  const scripts = new Set<string>();
  const touched = new Set<string>();
  for (const role of ['cache', 'state'] as const) {
    const seen = await watch(node, async () => {
      const redis = await connectRedis({ ...server, role, log: silentLog });
      await (role === 'cache' ? cacheWork(redis, server, 2) : stateWork(redis, 2));
      await closeRedis(redis);
    });
    for (const { args } of seen) assert.ok(!['keys', 'scan'].includes(args[0] ?? ''), `${role}: ${args[0]}`);
    for (const { args } of seen) if (args[0] === 'evalsha') scripts.add(args[1] ?? '');
    for (const key of keysOf(seen)) touched.add(patternOf(key, role));
  }
  const known = documented.filter(({ channel }) => !channel).map(({ name }) => name);
  assert.deepEqual([...touched].toSorted(), known.toSorted(), 'every pattern is used');
  const defined = textOf('src/**/*.ts').split('= defineScript(').length - 1;
  assert.equal(scripts.size, defined, 'every script of src runs in test/helpers/redis-work.ts');
  for (const key of (await node.ask('keys', '*')) as string[])
    assert.ok(Number(await node.ask('pttl', key)) > 0, `${key} stays for ever`);
});

/** The pattern that a key follows; fails where there is none, or it belongs to the other role. */
function patternOf(key: string, role: RedisRole): string {
  const pattern = documented.find(({ name }) => matchers.get(name)?.test(key));
  assert.ok(pattern, `${key} is not in keys.ts`);
  assert.equal(pattern.role, role, `${pattern.name} is touched by the ${role}`);
  return pattern.name;
}

/** Each key of each command, which has those of one slot only; what a script touches it has named. */
function keysOf(seen: readonly Seen[]): string[] {
  let script: readonly string[] = [];
  return seen.flatMap(({ args, lua }) => {
    const used = args.filter((word) => word.startsWith('shoal:') && word !== keys.cacheBus);
    assert.ok(new Set(used.map(keySlot)).size <= 1, `keys of several slots: ${used.join(' ')}`);
    if (!lua) script = used;
    for (const key of used) assert.ok(script.includes(key), `a script does not name its key ${key}`);
    return used;
  });
}

function textOf(...files: readonly string[]): string {
  const found = globSync(files, { cwd: root });
  return found.map((file) => readFileSync(path.join(root, file), 'utf8')).join('');
}
