import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '../../src/sandbox/client.ts';
import type { Surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { samplesOf } from '../helpers/samples.ts';
import { freeze } from '../helpers/freeze.ts';
import { startFixture, type FixtureProcess } from './fixture-process.ts';
import { fixtureWorld } from './fixture-world.ts';

const seconds = 6;

/** Discord's own limit, which the sandbox has. */
const perSecond = 50;

interface Flood {
  readonly report: Report;
  /** By shard, answered. */
  readonly calls: readonly number[];
  readonly callsPerSecond: number;
}

describe("two shard processes share Discord's limits", () => {
  let world: Surroundings;
  let shards: FixtureProcess[] = [];
  /** One guild of each shard. */
  let guildIds: string[] = [];

  before(async () => {
    world = await fixtureWorld({ shards: 2 });
    const guilds = await world.sandbox.guilds();
    guildIds = [0, 1].map((shardId) => guilds.find((guild) => guild.shardId === shardId)?.id ?? '');
    shards = [0, 1].map((shardId) => startFixture(world.env, 2, shardId));
    await Promise.all(shards.map(({ ready }) => ready));
  });
  after(async () => {
    await Promise.all(shards.map((shard) => shard[Symbol.asyncDispose]()));
    await world[Symbol.asyncDispose]();
  });

  /** Members use a command of both shards, and are answered. */
  async function echo(): Promise<void> {
    for (const guildId of guildIds) {
      const seen = await world.sandbox.runCommand({ guildId, command: 'echo', options: { text: 'fish' } });
      assert.equal(seen.content, '{"text":"FISH"}');
    }
  }

  /** Both shards call Discord as fast as they may, while members use commands. */
  async function flood(): Promise<Flood> {
    // What was sent before shall not count into the first second.
    await delay(1_200);
    await world.sandbox.resetReport();
    const floods = await Promise.all(
      guildIds.map((guildId) =>
        world.sandbox.runCommand({ guildId, command: 'flood', options: { seconds }, waitMs: 10 }),
      ),
    );
    const [, callsPerSecond] = await Promise.all([echoes(), steadyRate()]);
    const calls = await Promise.all(floods.map(({ interactionId }) => callsOf(interactionId)));
    return { report: await world.sandbox.report(), calls, callsPerSecond };
  }

  async function echoes(): Promise<void> {
    for (let round = 0; round < seconds * 2; round++) await Promise.all([delay(450), echo()]);
  }

  /**
   * Without the first second, which begins with all of the limit unused. Of the spans of two seconds the best one: a machine that
   * pauses spoils those around the pause.
   */
  async function steadyRate(): Promise<number> {
    await delay(1_000);
    const since = (await world.sandbox.report()).until;
    const marks = [{ until: since, ofBot: 0 }];
    while (marks.length < seconds - 1) {
      await delay(1_000);
      const { counts, until } = await world.sandbox.report(since);
      marks.push({ until, ofBot: counts.requests - counts.answered - counts.followUps });
    }
    const rates = marks.slice(2).map(({ until, ofBot }, index) => {
      const begin = marks[index];
      assert.ok(begin);
      return (ofBot - begin.ofBot) / ((until - begin.until) / 1_000);
    });
    return Math.max(...rates);
  }

  function callsOf(interactionId: string): Promise<number> {
    return eventually('the flood is over', async () => {
      const { content } = await world.sandbox.interaction(interactionId);
      return content.endsWith(' calls') && Number.parseInt(content, 10);
    });
  }

  /** The sum of a counter's series over both processes. */
  async function counted(metric: string, label: string): Promise<number> {
    const texts = await Promise.all(shards.map(({ channel }) => channel.request('metrics-text', 5_000)));
    return texts
      .flatMap((text) => [...samplesOf(text, ['counter'])])
      .filter(([series]) => series.startsWith(`${metric}{`) && series.includes(`"${label}"`))
      .reduce((sum, [, value]) => sum + value, 0);
  }

  test('the limit is used, never passed, fairly divided, and interactions do not wait for it', async (t) => {
    const { report, calls, callsPerSecond } = await flood();
    t.diagnostic(
      `${callsPerSecond.toFixed(1)}/s, calls ${calls.join(' + ')}, ${JSON.stringify(report.firstAnswerMs)}`,
    );
    assert.equal(report.rateLimits.global, 0);
    assert.ok(callsPerSecond >= 0.9 * perSecond, `${callsPerSecond} calls per second`);
    const all = calls.reduce((sum, each) => sum + each, 0);
    assert.ok(Math.min(...calls) >= 0.2 * all, `${calls.join(' and ')} calls`);
    assert.deepEqual([report.lost, report.counts.open], [[], 0]);
    // Not all: a process that Redis answers slowly a few times uses its own part for a second.
    assert.ok((await counted('shoal_rest_tokens_total', 'shared')) > all / 2);
  });

  test('without Redis each process keeps to its part, and comes back to sharing', async (t) => {
    const before = shards.map((shard) => shard.logged().length);
    const frozen = freeze([world.servers.pid('redis-state')]);
    try {
      const { report, calls, callsPerSecond } = await flood();
      t.diagnostic(`${callsPerSecond.toFixed(1)}/s, calls ${calls.join(' + ')}`);
      assert.equal(report.rateLimits.global, 0);
      assert.ok(Math.min(...calls) > 15 * (seconds - 1), `${calls.join(' and ')} calls`);
      assert.deepEqual(report.lost, []);
      assert.ok((await counted('shoal_rest_tokens_total', 'local')) >= 100);
      for (const [index, shard] of shards.entries())
        assert.deepEqual(told(shard, before[index]), ['not shared']);
    } finally {
      frozen.thaw();
    }
    const { report, calls, callsPerSecond } = await flood();
    t.diagnostic(`${callsPerSecond.toFixed(1)}/s, calls ${calls.join(' + ')}`);
    assert.equal(report.rateLimits.global, 0);
    await eventually('it is shared again, and told once each time', () => {
      for (const [index, shard] of shards.entries()) {
        // A machine that pauses may take Redis from them again.
        assert.match(
          told(shard, before[index]).join(', '),
          /^not shared, shared again(?:, not shared, shared again)*$/,
        );
      }
      return true;
    });
  });
});

/** What a process said about its sharing, after its first so many lines. */
function told({ logged }: FixtureProcess, after = 0): string[] {
  const lines = logged().slice(after);
  return lines.flatMap(({ msg }) => /limit is (not shared|shared again)/.exec(String(msg))?.[1] ?? []);
}
