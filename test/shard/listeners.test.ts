import { fixtureTitle } from '../helpers/fixture-title.ts';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { GatewayDispatchEvents, type GatewayDispatchPayload } from 'discord-api-types/v10';
import { GATHER_MAX, GATHER_MS } from '../../config/gathering.ts';
import { countMessages } from '../../src/features/activity/count-messages.ts';
import type { Feature } from '../../src/features/feature.ts';
import {
  defineGatheringListener,
  defineListener,
  type GatheringListener,
  type Listener,
} from '../../src/features/listener.ts';
import type { Fact } from '../../src/queue/fact.ts';
import { defaultSettings, withFamily } from '../../src/settings/settings.ts';
import { Listeners } from '../../src/shard/listeners.ts';
import { metricsSnapshot } from '../../src/telemetry/telemetry.ts';
import { silentLog } from '../helpers/silent-log.ts';

const typing = (id: string) =>
  ({ op: 0, s: 1, t: GatewayDispatchEvents.TypingStart, d: { user_id: id } }) as GatewayDispatchPayload;

const written: Fact<unknown>[] = [];
const queue = {
  enqueue: (_kind: unknown, fact: Fact<unknown>) => {
    written.push(fact);
    return Promise.resolve();
  },
};

/** Guild 8 has its activity switched off, and of guild 9 nobody can tell. */
const settings = {
  get: async (guildId: string) => {
    if (guildId === '9') throw new Error('away');
    const own = defaultSettings(guildId);
    return guildId === '8' ? { ...own, rules: withFamily(own.rules, 'ears', false) } : own;
  },
};

function hearing(...listeners: readonly Listener[]): Listeners {
  const feature: Feature = { name: 'ears', title: fixtureTitle, intents: [], commands: [], listeners };
  return new Listeners([feature], { queue, settings }, silentLog);
}

function listener(name: string, hear: (userId: string) => Promise<void> | undefined): Listener {
  const event = GatewayDispatchEvents.TypingStart;
  return defineListener({ name, event, hear: ({ user_id: id }) => hear(id) });
}

function gatherer(name: string, hearAll: GatheringListener['hearAll']): Listener {
  return defineGatheringListener({
    name,
    event: GatewayDispatchEvents.TypingStart,
    pick: ({ user_id: id }) => (id === 'none' ? undefined : id),
    hearAll,
  });
}

async function counted(name: string): Promise<Record<string, number>> {
  const metrics = JSON.parse(JSON.stringify(await metricsSnapshot())) as {
    name: string;
    values: { labels: Record<string, string>; value: number }[];
  }[];
  const values = metrics.find((metric) => metric.name === 'shoal_listener_events_total')?.values ?? [];
  const own = values.filter(({ labels }) => labels['listener'] === name);
  return Object.fromEntries(own.map(({ labels, value }) => [labels['outcome'], value]));
}

describe('listeners of gateway events', () => {
  test('hear their event alone, and one that fails disturbs neither the shard nor the others', async () => {
    const heard: string[] = [];
    const listeners = hearing(
      listener('test.throws', () => assert.fail('at once')),
      listener('test.rejects', () => Promise.reject(new Error('later'))),
      listener('test.hears', (id) => void heard.push(id)),
    );
    await listeners.hear(typing('1'), 0);
    assert.equal(
      listeners.hear({ ...typing('2'), t: GatewayDispatchEvents.Resumed } as GatewayDispatchPayload, 0),
      undefined,
    );
    assert.deepEqual(heard, ['1']);
    assert.deepEqual(await counted('test.throws'), { failed: 1 });
    assert.deepEqual(await counted('test.rejects'), { failed: 1 });
    assert.deepEqual(await counted('test.hears'), { done: 1 });
  });

  test('past a thousand under way events are shed, and heard again afterwards', async () => {
    const release = Promise.withResolvers<void>();
    const listeners = hearing(listener('test.stalls', () => release.promise));
    const heard = Array.from({ length: 1_010 }, () => listeners.hear(typing('1'), 0));
    const waiting = heard.filter((work) => work !== undefined);
    assert.equal(waiting.length, 1_000);
    release.resolve();
    await Promise.all(waiting);
    await listeners.hear(typing('1'), 0);
    assert.deepEqual(await counted('test.stalls'), { shed: 10, done: 1_001 });
  });

  test('those that gather hear at once what came within a moment, by shard; the first of them is waited for', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const heard: [number, readonly unknown[]][] = [];
    const release = Promise.withResolvers<void>();
    const listeners = hearing(
      gatherer('test.gathers', (picked, { shardId }) => {
        heard.push([shardId, picked]);
        return release.promise;
      }),
    );
    const [first, other] = [listeners.hear(typing('1'), 0), listeners.hear(typing('2'), 1)];
    assert.equal(listeners.hear(typing('3'), 0), undefined);
    assert.equal(listeners.hear(typing('none'), 0), undefined);
    let isOver = false;
    void first?.then(() => (isOver = true));
    t.mock.timers.tick(GATHER_MS);
    await setImmediate();
    assert.deepEqual([isOver, first === undefined, other === undefined], [false, false, false]);
    release.resolve();
    await first;
    await other;
    assert.deepEqual(heard, [
      [0, ['1', '3']],
      [1, ['2']],
    ]);
    assert.deepEqual(await counted('test.gathers'), { done: 4 });
  });

  test('a moment is over before its time when it is full, and when no more events come', async () => {
    const heard: number[] = [];
    const listeners = hearing(gatherer('test.full', async (picked) => void heard.push(picked.length)));
    const first = listeners.hear(typing('1'), 0);
    for (let more = 1; more < GATHER_MAX; more++) void listeners.hear(typing('1'), 0);
    await first;
    assert.deepEqual(heard, [GATHER_MAX]);
    void listeners.hear(typing('1'), 0);
    await listeners.settled();
    assert.deepEqual(heard, [GATHER_MAX, 1]);
  });

  test('one that fails with what it gathered fails for each event; past ten thousand events are shed', async () => {
    const release = Promise.withResolvers<void>();
    const listeners = hearing(gatherer('test.stuck', () => release.promise));
    for (let nth = 0; nth < 10_010; nth++) void listeners.hear(typing('1'), 0);
    release.reject(new Error('the disk is full'));
    await listeners.settled();
    assert.deepEqual(await counted('test.stuck'), { shed: 10, failed: 10_000 });
    void listeners.hear(typing('1'), 0);
    await listeners.settled();
    assert.deepEqual(await counted('test.stuck'), { shed: 10, failed: 10_001 });
    const throwing = hearing(gatherer('test.falls', () => assert.fail('at once')));
    void throwing.hear(typing('1'), 0);
    await throwing.settled();
    assert.deepEqual(await counted('test.falls'), { failed: 1 });
  });

  test('what members write in guilds is counted by its id where activity is on, and nothing else of it is kept', async () => {
    const listeners = hearing(countMessages);
    const message = { id: '5', guild_id: '7', author: { id: '9' }, content: 'private' };
    const say = (change: object) =>
      listeners.hear(
        {
          op: 0,
          s: 1,
          t: GatewayDispatchEvents.MessageCreate,
          d: { ...message, ...change },
        } as GatewayDispatchPayload,
        0,
      );
    void say({});
    void say({ author: { id: '9', bot: true } });
    void say({ webhook_id: '3' });
    void say({ guild_id: undefined });
    void say({ id: '6', guild_id: '8' });
    void say({ id: '10', guild_id: '9' });
    void say({ id: '11' });
    await listeners.settled();
    assert.deepEqual(written, [{ key: '5-11', body: { messages: { 7: ['5', '11'], 9: ['10'] } } }]);
    void say({ id: '12', guild_id: '8' });
    await listeners.settled();
    assert.equal(written.length, 1, 'of a guild that has it off there is nothing to write');
  });
});
