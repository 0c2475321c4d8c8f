import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, afterEach, before, describe, test } from 'node:test';
import postgres from 'postgres';
import type { SessionsSight } from '../../src/sandbox/client.ts';
import type { Surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze } from '../helpers/freeze.ts';
import { memberOf } from '../sandbox/arena.ts';
import { startFixture, type FixtureProcess } from './fixture-process.ts';
import { fixtureWorld } from './fixture-world.ts';
import { underStream, type Sent } from './stream.ts';

/** Open loop, so that a gap shows. */
const perSecond = 25;

/** From the moment a shard says that it serves, for a busy machine to answer what it had missed. */
const slackMs = 1_000;

function unanswered(sent: readonly Sent[]): Sent[] {
  return sent.filter(({ seen }) => seen.state !== 'answered' || seen.content !== '{"text":"FISH"}');
}

describe('a session outlives its process', () => {
  let world: Surroundings;
  let guildId: string;
  let started: FixtureProcess[] = [];

  before(async () => {
    world = await fixtureWorld({ shards: 1 });
    const [guild] = await world.sandbox.guilds();
    assert.ok(guild);
    guildId = guild.id;
  });
  afterEach(async () => {
    await Promise.all(started.map((each) => each[Symbol.asyncDispose]()));
    started = [];
  });
  after(() => world[Symbol.asyncDispose]());

  function start(env: Record<string, string> = {}): FixtureProcess {
    const shard = startFixture({ ...world.env, ...env });
    started.push(shard);
    return shard;
  }

  /** Ready, with what the sandbox had counted until then. */
  async function startReady(): Promise<{ shard: FixtureProcess; counted: SessionsSight }> {
    const shard = start();
    await shard.ready;
    return { shard, counted: await world.sandbox.sessions() };
  }

  /** A warm successor, so that a slow start of the process is not what is measured. */
  async function startWaiting(): Promise<FixtureProcess> {
    const successor = start();
    await eventually('the successor waits', () =>
      successor.logged().some(({ msg }) => msg === 'waiting to serve this shard'),
    );
    return successor;
  }

  /** Ids of the interactions that were handled more than once, by whatever process of this test. */
  function doubled(): unknown[] {
    const lines = started.flatMap((shard) => shard.logged()).filter(({ msg }) => msg === 'interaction');
    const ids = lines.map(({ interaction }) => interaction);
    return ids.filter((id, index) => ids.indexOf(id) !== index);
  }

  async function answers(): Promise<number> {
    return (await world.sandbox.report(0)).counts.answered;
  }

  /** Resolves when so many more members have their answer. */
  async function answered(more: number): Promise<void> {
    const before = await answers();
    await eventually(`${more} more are answered`, async () => (await answers()) >= before + more);
  }

  test('SIGTERM under load: the waiting successor resumes, nothing is lost, doubled or identified', async () => {
    const { shard, counted } = await startReady();
    const before = (await shard.channel.request('status', 5_000)).shards[0];
    const successor = await startWaiting();
    const sent = await underStream(world.sandbox, guildId, perSecond, async () => {
      await answered(10);
      shard.process.kill('SIGTERM');
      assert.equal(await shard.ended, 0);
      await successor.ready;
      await answered(10);
    });
    assert.deepEqual(unanswered(sent), []);
    assert.ok(sent.length >= 20, `${sent.length} sent`);
    assert.deepEqual(doubled(), []);
    const now = await world.sandbox.sessions();
    assert.deepEqual(
      [now.identifies - counted.identifies, now.resumes - counted.resumes, now.doubleOwners],
      [0, 1, []],
    );
    const status = (await successor.channel.request('status', 5_000)).shards[0];
    assert.deepEqual(
      [
        status?.guilds,
        status?.applicationId,
        status?.sessionStartedAtMs,
        status?.identifies,
        status?.resumes,
      ],
      [4, before?.applicationId, before?.sessionStartedAtMs, 0, 1],
    );
    assert.match(status?.applicationId ?? '', /^\d+$/);
  });

  test('SIGKILL under load: the waiting successor resumes, none is doubled, nothing younger than 3 s is lost', async () => {
    const { shard, counted } = await startReady();
    const successor = await startWaiting();
    using stalls = monitorEventLoopDelay();
    stalls.enable();
    let readyAtMs = 0;
    const sent = await underStream(world.sandbox, guildId, perSecond, async () => {
      await answered(20);
      shard.process.kill('SIGKILL');
      assert.equal(await shard.ended, 'SIGKILL');
      await successor.ready;
      readyAtMs = performance.now();
      await answered(10);
    });
    // What stops this process for a while stops the shard too.
    const young = readyAtMs - 3_000 + slackMs + stalls.max / 1e6;
    assert.deepEqual(
      unanswered(sent).filter(({ atMs }) => atMs > young),
      [],
    );
    assert.deepEqual(doubled(), []);
    const now = await world.sandbox.sessions();
    assert.deepEqual(
      [now.identifies - counted.identifies, now.resumes - counted.resumes, now.doubleOwners],
      [0, 1, []],
    );
  });

  test('other intents need a session of their own', async () => {
    const { shard, counted } = await startReady();
    shard.process.kill('SIGTERM');
    await shard.ended;
    const successor = start({ FIXTURE_INTENTS: '513' });
    await successor.ready;
    const now = await world.sandbox.sessions();
    assert.deepEqual([now.identifies - counted.identifies, now.resumes - counted.resumes], [1, 0]);
    const { shards } = await successor.channel.request('status', 5_000);
    assert.deepEqual([shards[0]?.identifies, shards[0]?.resumes, shards[0]?.guilds], [1, 0, 4]);
  });

  test('messages that were gathered when a process was told to end, or was killed, are counted once', async () => {
    const intents = { FIXTURE_INTENTS: '513' };
    const [guild] = await world.sandbox.guilds();
    assert.ok(guild);
    const place = { channelId: guild.channels[0]?.id ?? '', userId: memberOf(guild, 'member') };
    let said = 0;
    const say = async (count: number) => {
      for (; count > 0; count--, said++) await world.sandbox.chat({ ...place, content: 'counted' });
    };
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const shard = start(intents);
      await shard.ready;
      await say(100);
      shard.process.kill(signal);
      await say(10);
      await shard.ended;
    }
    const last = start(intents);
    await last.ready;
    await say(10);
    await using opened = new AsyncDisposableStack();
    const sql = opened.adopt(postgres(world.servers.directUrl, { max: 1 }), (open) => open.end());
    const counted = async () => {
      const [row] = await sql<
        { n: number }[]
      >`select coalesce(sum(messages), 0)::int as n from guild_activity`;
      return row?.n ?? 0;
    };
    await eventually('all are counted', async () => (await counted()) >= said);
    await eventually('nothing waits', async () =>
      (await last.channel.request('queue', 5_000)).every(({ depth }) => depth === 0),
    );
    assert.equal(await counted(), said);
  });

  test('a duplicate and an old interaction are dropped, and counted by their reason', async () => {
    const { shard } = await startReady();
    const fresh = (BigInt(Date.now()) - 1_420_070_400_000n) << 22n;
    const interaction = { type: 2, token: 'none', application_id: '1' };
    for (const id of [fresh, fresh, fresh - (5_000n << 22n)]) {
      await world.sandbox.dispatch(guildId, 'INTERACTION_CREATE', { ...interaction, id: String(id) });
    }
    const reasons = await eventually('both are dropped', () => {
      const dropped = shard.logged().filter(({ msg }) => msg === 'interaction dropped');
      return dropped.length === 2 && dropped.map(({ reason }) => String(reason));
    });
    assert.deepEqual(new Set(reasons), new Set(['duplicate', 'expired']));
    const metrics = await shard.channel.request('metrics-text', 5_000);
    assert.match(metrics, /^shoal_interactions_dropped_total\{reason="duplicate",shard="0"\} 1$/m);
    assert.match(metrics, /^shoal_interactions_dropped_total\{reason="expired",shard="0"\} 1$/m);
    // The old one, and the fresh one as soon as Discord has refused its answer: its token is none.
    assert.match(metrics, /^shoal_interactions_missed_total\{shard="0"\} [12]$/m);
    assert.match(metrics, /^shoal_gateway_sessions_total/m);
  });

  test('a paused process finds a rival in its place and ends; at no time do two serve', async () => {
    const { shard, counted } = await startReady();
    shard.process.kill('SIGSTOP');
    const rival = start();
    await rival.ready;
    const seen = world.sandbox.runCommand({ guildId, command: 'echo', options: { text: 'fish' } });
    shard.process.kill('SIGCONT');
    assert.equal(await shard.ended, 69);
    assert.match(shard.reason() ?? '', /^another process has taken over shard 0 of 1/);
    assert.equal((await seen).content, '{"text":"FISH"}');
    const now = await world.sandbox.sessions();
    assert.deepEqual([now.identifies - counted.identifies, now.doubleOwners], [0, []]);
    assert.deepEqual(doubled(), []);
    assert.equal(rival.process.exitCode, null);
  });

  test('while the state Redis is away the owner serves on, nobody becomes one, and nobody identifies', async () => {
    const { shard, counted } = await startReady();
    const successor = await startWaiting();
    const run = () => world.sandbox.runCommand({ guildId, command: 'echo', options: { text: 'fish' } });
    const frozen = freeze([world.servers.pid('redis-state')]);
    try {
      assert.equal((await run()).state, 'answered');
      const late = start();
      await assert.rejects(late.ready, /^Error: REDIS_STATE_URL: no answer from redis/);
      assert.equal(await late.ended, 69);
      assert.equal((await run()).state, 'answered');
      const metrics = await shard.channel.request('metrics-text', 5_000);
      assert.match(metrics, /^shoal_interactions_unclaimed_total\{shard="0"\} 2$/m);
      shard.process.kill('SIGTERM');
      assert.equal(await shard.ended, 0);
      assert.equal((await world.sandbox.sessions()).sessions.filter(({ connected }) => connected).length, 0);
    } finally {
      frozen.thaw();
    }
    await successor.ready;
    assert.equal((await run()).state, 'answered');
    const now = await world.sandbox.sessions();
    assert.deepEqual(
      [now.identifies - counted.identifies, now.resumes - counted.resumes, now.doubleOwners],
      [0, 1, []],
    );
  });
});
