import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { SHARD_DRAIN_MS } from '../../config/deadlines.ts';
import { Channel } from '../../src/ipc/ipc.ts';
import type { RequestsToManager, RequestsToShard } from '../../src/ipc/messages.ts';
import type { GuildSight, InteractionSight, RunCommand } from '../../src/sandbox/client.ts';
import type { Surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { fixtureWorld } from './fixture-world.ts';

describe('a shard process', () => {
  let world: Surroundings;
  let guild: GuildSight;
  let shard: ChildProcess;
  let channel: Channel<RequestsToShard, RequestsToManager>;
  const printed: string[] = [];

  before(async () => {
    world = await fixtureWorld({ shards: 1, firstAnswerSec: 10 });
    const [first] = await world.sandbox.guilds();
    assert.ok(first);
    guild = first;
    const ready = Promise.withResolvers<void>();
    shard = fork(path.join(import.meta.dirname, 'shard-fixture.ts'), {
      env: { ...world.env, SHARDS: '0', SHARD_COUNT: '1' },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    shard.stdout?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    channel = new Channel<RequestsToShard, RequestsToManager>(
      shard,
      { 'cluster-status': noCluster, 'cluster-health': noCluster },
      { serving: () => ready.resolve(), failed: (reason) => ready.reject(new Error(reason)) },
    );
    await ready.promise;
  });

  after(async () => {
    shard.kill('SIGKILL');
    await world[Symbol.asyncDispose]();
  });

  function run(command: string, more: Partial<RunCommand> = {}): Promise<InteractionSight> {
    return world.sandbox.runCommand({ guildId: guild.id, command, ...more });
  }

  /** Runs it until the first answer came before Discord stops waiting: where the machine pauses, so does what watches the time. */
  function runInTime(command: string): Promise<InteractionSight> {
    return eventually(`${command} is answered in time`, async () => {
      const seen = await run(command);
      assert.ok(
        seen.answeredInMs !== null && seen.answeredInMs < 3_000,
        `first answer after ${seen.answeredInMs} ms`,
      );
      return seen;
    });
  }

  function member(kind: string): string {
    const found = guild.members.find((candidate) => candidate.kind === kind);
    assert.ok(found);
    return found.id;
  }

  /** The lines that the shard logged about the answer with this reference. */
  async function logged(seen: InteractionSight): Promise<Record<string, unknown>[]> {
    const reference = /Reference (\S+)$/.exec(seen.embeds[0]?.footer?.text ?? '')?.[1];
    assert.ok(reference, JSON.stringify(seen));
    return eventually('its log line', () => {
      const lines = printed
        .join('')
        .split('\n')
        .filter((line) => line.includes(reference));
      const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      return entries.some((entry) => entry['msg'] === 'interaction') && entries;
    });
  }

  test('the settings of its guilds are in memory before anybody asks for them', async () => {
    const guilds = (await world.sandbox.guilds()).length;
    await eventually('warmed up', async () => {
      const [settings] = await channel.request('cache-stats', 5_000);
      return settings?.entries === guilds;
    });
  });

  test('options arrive with the types of their definition', async () => {
    const [user, channelId] = [member('owner'), guild.channels[0]?.id ?? ''];
    const seen = await run('echo', {
      options: { text: 'fish', pick: 'red', count: 4, flag: true, user, channel: channelId },
    });
    const values: unknown = JSON.parse(seen.content);
    assert.deepEqual(values, { text: 'FISH', pick: 'red', doubled: 8, flag: true, user, channel: channelId });
    assert.equal(seen.ephemeral, false);
    assert.deepEqual(JSON.parse((await run('echo', { options: { text: 'a' } })).content), { text: 'A' });
  });

  for (const [what, options] of Object.entries({
    'a value of the wrong type': { text: 'fish', count: 'four' },
    'a value out of range': { text: 'fish', count: 10 },
    'a choice that is not offered': { text: 'fish', pick: 'blue' },
    'a text that is too long': { text: 'x'.repeat(21) },
    'a missing option': {},
    'an option that does not exist': { text: 'fish', toString: 'x' },
  })) {
    test(`${what} is refused kindly`, async () => {
      const seen = await run('echo', { options: options as Record<string, string>, force: true });
      assert.equal(seen.embeds[0]?.title, 'That does not fit this command any more');
      assert.equal(seen.ephemeral, true);
      assert.equal((await logged(seen)).at(-1)?.['outcome'], 'refused');
    });
  }

  test('an unknown command is refused kindly', async () => {
    const seen = await run('constructor', { force: true });
    assert.equal(seen.embeds[0]?.title, 'I do not know this command');
    assert.equal(seen.ephemeral, true);
    assert.deepEqual(
      (await logged(seen)).map((entry) => [entry['command'], entry['outcome']]),
      [['unknown', 'refused']],
    );
  });

  test('who lacks the permission is told which one, and who has it is served', async () => {
    const seen = await run('staff', { force: true });
    assert.match(seen.embeds[0]?.description ?? '', /\*\*Ban Members\*\*/);
    assert.equal(seen.ephemeral, true);
    await logged(seen);
    assert.equal((await run('staff', { userId: member('owner') })).content, 'welcome');
  });

  test('a failing handler is an apology with a reference that leads to the error', async () => {
    const seen = await run('boom');
    assert.equal(seen.embeds[0]?.title, 'Something went wrong on our side');
    assert.equal(seen.ephemeral, true);
    const entries = await logged(seen);
    assert.match(JSON.stringify(entries[0]), /the boiler exploded/);
    assert.equal(entries.at(-1)?.['outcome'], 'failed');
    assert.doesNotMatch(JSON.stringify(seen), /boiler/);
  });

  test('a handler that says nothing is an apology too', async () => {
    assert.equal((await run('mute')).embeds[0]?.title, 'Something went wrong on our side');
  });

  test('a slow handler is deferred in time', async () => {
    assert.equal((await runInTime('slow')).content, 'late but here');
  });

  test('a handler over its budget is told to stop, and may not answer any more', async () => {
    const seen = await run('stuck');
    assert.equal(seen.embeds[0]?.title, 'This is taking longer than expected');
    assert.equal((await logged(seen)).at(-1)?.['outcome'], 'cancelled');
    await eventually('the handler heard of it', () => printed.join('').includes('stuck was told to stop'));
    const later = await world.sandbox.interaction(seen.interactionId);
    assert.deepEqual([later.content, later.followUps.length], ['', 0]);
  });

  test('a mutation is not cut off: it completes and edits its late answer', async () => {
    assert.equal((await runInTime('mutate')).content, 'changed');
  });

  test('deferReply, editReply, followUp and a second reply', async () => {
    const seen = await run('talk');
    const all = await eventually('both follow-ups', async () => {
      const now = await world.sandbox.interaction(seen.interactionId);
      return now.followUps.length === 2 && now;
    });
    assert.equal(all.content, 'two');
    assert.equal(all.ephemeral, true);
    assert.equal(all.followUps[0]?.content, 'three');
    assert.match(all.followUps[1]?.content ?? '', /refused: .*use editReply or followUp/);
  });

  test('a modal opens; one that comes too late is never deferred but said in words', async () => {
    assert.equal((await run('form')).modal?.title, 'A form');
    const late = await runInTime('slowform');
    assert.equal(late.embeds[0]?.title, 'This is taking longer than expected');
  });

  test('a dispatch with null data, an interaction without data: the shard lives on', async () => {
    await world.sandbox.dispatch(guild.id, 'GUILD_UPDATE', null);
    // An id of this moment: an older interaction is not looked at.
    let next = (BigInt(Date.now()) - 1_420_070_400_000n) << 22n;
    const id = () => String(next++);
    await world.sandbox.dispatch(guild.id, 'INTERACTION_CREATE', {
      id: id(),
      type: 2,
      token: 'none',
      application_id: '1',
    });
    await world.sandbox.dispatch(guild.id, 'INTERACTION_CREATE', null);
    await world.sandbox.dispatch(guild.id, 'INTERACTION_CREATE', { type: 2, token: 'none' });
    for (const options of [{}, [null]]) {
      const data = { type: 1, id: '1', name: 'echo', options };
      await world.sandbox.dispatch(guild.id, 'INTERACTION_CREATE', {
        id: id(),
        type: 2,
        token: 'none',
        application_id: '1',
        data,
      });
    }
    assert.equal((await run('guild')).content, 'version 0');
    assert.equal(shard.exitCode, null);
  });

  test('its status tells guilds, latency and what it handled', async () => {
    const status = await eventually('the first heartbeat', async () => {
      const now = await channel.request('status', 5_000);
      return now.shards[0]?.gatewayLatencyMs !== null && now;
    });
    assert.equal(status.pid, shard.pid);
    assert.equal(status.shards[0]?.guilds, 4);
    assert.equal(status.shards[0]?.state, 'ready');
    assert.ok(status.interactions > 10);
  });

  test('its metrics count what happened', async () => {
    const metrics = await channel.request('metrics-text', 5_000);
    const sumOf = (series: string) =>
      [...metrics.matchAll(new RegExp(`^${series}\\{.*\\} (\\d+)$`, 'gm'))].reduce(
        (sum, [, n]) => sum + Number(n),
        0,
      );
    assert.equal(sumOf('shoal_interactions_due_total'), sumOf('shoal_interactions_total'));
    assert.equal(
      sumOf('shoal_interactions_missed_total'),
      sumOf('shoal_interactions_total(?=.*outcome="(?:failed|cancelled|lost)")'),
    );
    assert.ok(sumOf('shoal_interactions_missed_total') >= 2, metrics);
    for (const [command, outcome] of [
      ['boom', 'failed'],
      ['stuck', 'cancelled'],
      ['unknown', 'refused'],
      ['echo', 'answered'],
    ]) {
      assert.ok(
        metrics.includes(`{command="${command}",outcome="${outcome}",`),
        `${command} ${outcome} in ${metrics}`,
      );
    }
  });

  test('no secret was printed', () => {
    assert.ok(printed.join('').length > 1_000);
    assert.ok(!printed.join('').includes(world.env.DISCORD_TOKEN));
    assert.ok(!printed.join('').includes(new URL(world.servers.postgresUrl).password));
  });

  test('when its manager is gone it finishes what runs, says a word for what does not end, and ends', async () => {
    const { interactions: before } = await channel.request('status', 5_000);
    const [finishing, patient] = [run('mutate'), run('patient')];
    await eventually(
      'both run',
      async () => (await channel.request('status', 5_000)).interactions > before + 1,
    );
    shard.disconnect();
    const [code] = (await once(shard, 'exit')) as [number];
    assert.equal(code, 0);
    assert.equal((await finishing).content, 'changed');
    const told = await patient;
    assert.equal(told.embeds[0]?.title, 'This is taking longer than expected');
    assert.ok((told.answeredInMs ?? NaN) < SHARD_DRAIN_MS, 'deferred, before the shard gives it up');
  });
});

function noCluster(): Promise<never> {
  return Promise.reject(new Error('no cluster here'));
}
