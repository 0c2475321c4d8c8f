import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Redis } from 'ioredis';
import { startTracing } from '../../src/telemetry/tracing.ts';
import { eventually } from '../helpers/eventually.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { paths, type SeenSpan, type SpanCollector } from '../helpers/span-collector.ts';
import type { FeatureStage } from './stage.ts';

/** Traces over a shard, the jobs process, and this one, which is the manager. */
export function traceTests(stage: () => FeatureStage, collector: () => SpanCollector): void {
  /** The trace of an interaction with `command`, once all of `wanted` is in it. */
  function traceWith(command: string, wanted: readonly string[]): Promise<readonly SeenSpan[]> {
    return eventually(`${wanted.join(', ')} in the trace of ${command}`, () => {
      const trace = collector().traceOf(({ attributes }) => attributes['shoal.command'] === command);
      const seen = paths(trace);
      if (wanted.every((path) => seen.includes(path))) return trace;
      throw new Error(`there is ${seen.join(', ')}`);
    });
  }

  describe('traces', () => {
    test('a look-up: cache, redis, upstream and reply under its interaction', async () => {
      await stage().run('weather', { city: 'Nairobi' });
      const trace = await traceWith('weather', [
        'interaction weather ▸ evalsha',
        'interaction weather ▸ cache settings',
        'interaction weather ▸ cache cities ▸ GET',
        'interaction weather ▸ POST /interactions/:id/:token/callback',
      ]);
      const [begun, ...others] = trace.filter(({ parentId }) => parentId === '');
      assert.deepEqual(others, []);
      const { 'shoal.reference': reference, ...facts } = begun?.attributes ?? {};
      assert.match(String(reference), /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
      assert.deepEqual(facts, {
        'shoal.guild.id': stage().guild.id,
        'shoal.shard.id': 0,
        'shoal.command': 'weather',
        'shoal.outcome': 'answered',
      });
      const cities = trace.find(({ name }) => name === 'cache cities');
      assert.deepEqual(cities?.attributes, {
        'shoal.cache.namespace': 'cities',
        'shoal.cache.tier': 'load',
        'shoal.cache.result': 'hit',
      });
      const called = trace.find(({ name }) => name === 'GET');
      assert.deepEqual(called?.attributes, {
        'http.request.method': 'GET',
        'server.address': '127.0.0.1',
        'http.response.status_code': 200,
      });
    });

    test('a reminder and its firing: one trace over two processes', async () => {
      await stage().run('remind create', { when: 'in 1 second', about: 'a secret errand' });
      const made = 'interaction remind create ▸ remind.add ▸ send remind.fire';
      const fired = `${made} ▸ process remind.fire`;
      const trace = await traceWith('remind create', [
        made,
        fired,
        `${fired} ▸ POST /channels/:id/messages`,
        `${fired} ▸ jobs.settle`,
      ]);
      const processes = new Set(trace.map((span) => span.process));
      assert.deepEqual([...processes].toSorted(), ['jobs', 'shard 0']);
      const job = trace.find(({ name }) => name === 'process remind.fire');
      assert.equal(job?.process, 'jobs');
      assert.equal(job.attributes['shoal.outcome'], 'completed');
    });

    test('SQL below the cache, and what a shard asks the manager, and that of the shards', async () => {
      const redis = new Redis(stage().world.servers.redisUrl);
      // What the shard's own memory had is over a second old.
      await redis.flushall();
      redis.disconnect();
      const options = { url: `${collector().url}/v1/traces`, headers: {}, ratio: 1 };
      const manager = await startTracing(options, { process: 'manager', version: '0' }, silentLog);
      await stage().run('about');
      await manager[Symbol.asyncDispose]();
      const asked = 'interaction about ▸ ask cluster-status ▸ answer cluster-status';
      const trace = await traceWith('about', [
        `${asked} ▸ ask status ▸ answer status`,
        'interaction about ▸ cache settings ▸ settings.get',
      ]);
      assert.deepEqual(
        trace.filter(({ name }) => name.startsWith('answer')).map((span) => [span.process, span.name]),
        [
          ['manager', 'answer cluster-status'],
          ['shard 0', 'answer status'],
        ],
      );
    });

    test('nothing that a member wrote, no token and no value is in any of them', () => {
      const { text, spans } = collector();
      assert.ok(spans.length > 20);
      for (const secret of ['Nairobi', 'secret errand', stage().world.env.DISCORD_TOKEN])
        assert.ok(!text.includes(secret), secret);
      for (const { name, attributes } of spans)
        for (const value of [name, ...Object.values(attributes)])
          // An interaction's token is longer than any name of ours.
          assert.match(String(value), /^(?:[\w .:/@-]{0,60})$/);
    });
  });
}
