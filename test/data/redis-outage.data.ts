import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { restartSteps } from '../../src/ipc/admin-client.ts';
import { assertNoneLost, assertOneOwner, figuresOf, say } from '../chaos/figures.ts';
import { Stage } from '../chaos/stage.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze, type Frozen } from '../helpers/freeze.ts';
import { RedisNodes, type RedisNode } from '../helpers/redis-node.ts';
import { testServers, type TestServers } from '../helpers/servers.ts';
import { ConnectionSamples } from './connection-samples.ts';
import { keyCount, RedisOutageLoad, sharedTtlSec, stalestMs, type Report } from './redis-outage-load.ts';

const awayMs = 3_000;
/** Of the whole bot: what is lost must be lost to the outage, also on a machine that does other work. */
const perSecond = 25;
/** What the cache states of a write that nobody heard of: the TTL and ten seconds. */
const staleBoundMs = (sharedTtlSec + 10) * 1_000;

describe('the Redis of the cache is away for 3 s under load', () => {
  let servers: TestServers;
  let nodes: RedisNodes;
  let redis: RedisNode;

  before(async () => {
    servers = await testServers();
    nodes = await RedisNodes.make();
    redis = await nodes.add([]);
  });
  after(async () => {
    await nodes?.[Symbol.asyncDispose]();
    await servers?.stop();
  });

  async function makeRows(): Promise<void> {
    const sql = postgres(servers.directUrl, { max: 1, onnotice: () => undefined });
    await sql`drop table if exists items`;
    await sql`create table items (id int primary key, version int not null)`;
    await sql`insert into items select id, 1 from generate_series(0, ${keyCount - 1}::int) id`;
    await sql`grant select, update on items to shoal_app`;
    await sql.end();
    await redis.ask('flushall');
  }

  async function play(scene: string, leave: () => Promise<unknown>, comeBack: () => Promise<unknown>) {
    await makeRows();
    const samples = await ConnectionSamples.start(servers.directUrl);
    await using load = new RedisOutageLoad(`redis://127.0.0.1:${redis.port}`, servers.postgresUrl);
    const until = (what: string, holds: (report: Report) => boolean) =>
      eventually(what, async () => {
        const reports = await load.reports();
        return reports.every(holds) && reports;
      });
    const readOn = async (from: readonly Report[]) => {
      const enough = sum(from, ({ reads }) => reads) + 3_000;
      return eventually('they read on', async () => {
        const reports = await load.reports();
        return sum(reports, ({ reads }) => reads) > enough && reports;
      });
    };

    await readOn(await until('Redis is used', ({ usesRedis }) => usesRedis));
    await leave();
    const noticed = await until('its absence is noticed', ({ usesRedis }) => !usesRedis);
    await delay(awayMs);
    const last = await load.reports();
    await comeBack();
    const back = await until('Redis is used again', ({ usesRedis }) => usesRedis);
    const end = await readOn(back);
    const { samples: sampled, peak } = await samples.stop();

    const loads = (reports: readonly Report[]) => sum(reports, (report) => report.loads);
    const herd = loads(end) - loads(back);
    const figures = {
      reads: sum(end, ({ reads }) => reads),
      writes: sum(end, ({ written }) => written.length),
      'slowest read': `${Math.round(Math.max(...end.map(({ slowestMs }) => slowestMs)))} ms`,
      'stalest read': `${Math.round(stalestMs(end))} of ${staleBoundMs} ms`,
      'loads while it was away': loads(last) - loads(noticed),
      'after its return': herd,
      'connections at most': `${peak} in ${sampled} samples`,
    };
    say(scene, figures);
    assert.deepEqual(
      end.flatMap(({ failures }) => failures),
      [],
    );
    assert.deepEqual(
      end.flatMap(({ wentBack }) => wentBack),
      [],
    );
    assert.ok(stalestMs(end) < staleBoundMs, `a read was ${stalestMs(end)} ms out of date`);
    assert.equal(
      sum(end, ({ doubled }) => doubled),
      0,
      'a process loaded a key twice at once',
    );
    assert.ok(loads(last) > loads(noticed), 'nothing was read from PostgreSQL');
    assert.ok(herd <= keyCount, `${herd} loads of ${keyCount} keys when Redis was back`);
    assert.ok(sampled >= 3 && peak < 30, `${peak} connections of PostgreSQL in ${sampled} samples`);
  }

  test('killed, and started again with nothing in it', async () => {
    await play(
      'cache Redis killed',
      () => redis.kill(),
      () => redis.start(),
    );
  });

  test('frozen, and back with what is outdated', async () => {
    let frozen: Frozen | undefined;
    await play(
      'cache Redis frozen',
      async () => (frozen = freeze([redis.pid])),
      async () => frozen?.thaw(),
    );
  });
});

test('both Redis are killed under the whole bot, and started again with nothing in them: it serves on, and restarts afterwards', async () => {
  await using nodes = await RedisNodes.make();
  const cache = await nodes.add([]);
  const state = await nodes.add([]);
  const env = {
    REDIS_URL: `redis://127.0.0.1:${cache.port}`,
    REDIS_STATE_URL: `redis://127.0.0.1:${state.port}`,
  };
  await using stage = await Stage.open({ shards: 2, env });
  const samples = await ConnectionSamples.start(stage.world.servers.directUrl);
  const outcome = await stage.underLoad(async () => {
    await Promise.all([cache.kill(), state.kill()]);
    await delay(awayMs);
    await Promise.all([cache.start(), state.start()]);
    // Each shard takes its lease again and keeps its session again: its successor resumes.
    for await (const { step } of restartSteps(stage.socket, 'all')) assert.notEqual(step, 'failed');
  }, perSecond);
  const { samples: sampled, peak } = await samples.stop();
  say('both Redis killed', { ...figuresOf(outcome), 'connections at most': `${peak} in ${sampled} samples` });
  const { report } = outcome;
  assertOneOwner(report);
  assertNoneLost(report.lost);
  assert.equal(report.identifies, 0);
  assert.ok(sampled >= 3 && peak < 30, `${peak} connections of PostgreSQL in ${sampled} samples`);
});

function sum(reports: readonly Report[], figure: (report: Report) => number): number {
  return reports.reduce((total, report) => total + figure(report), 0);
}
