import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BotEvent } from './client-bot.ts';
import { textMessage } from './text-message.ts';
import { startTrial, type Candidate, type Trial } from './trial.ts';

/** Lets a client that nobody here wrote live in the sandbox as it would with Discord. */
export function judge(candidate: Candidate): void {
  // They mostly wait; but were all of them to start their bots at once, a small machine would take too long.
  describe(candidate.library, { concurrency: 3 }, () => {
    test('logs in, receives guilds, a message and an interaction, and answers it', async () => {
      await using trial = await startTrial(candidate, { guilds: 3 });
      const { bot, client } = trial;
      await bot.until('it is ready', () => bot.of('registered').length === 1 && bot.of('guild').length === 3);
      const guilds = await client.guilds();
      assert.deepEqual(
        new Set(bot.of('guild').map(({ id, name }) => `${id} ${name}`)),
        new Set(guilds.map(({ id, name }) => `${id} ${name}`)),
      );
      await sendMessages(trial, ['naïve café 🙂']);
      await bot.until('the message', () => bot.of('message').length === 1);
      assert.equal(bot.of('message')[0]?.content, 'naïve café 🙂');
      await answersCommands(trial, candidate);
      assert.deepEqual(bot.of('problem'), []);
    });

    test('resumes after a dropped socket and has missed nothing', async () => {
      // With HELLO this late, all that is sent after the drop is sent while the client is away.
      // An interval that a stalled machine does not mistake for a dead connection, in either direction.
      const timing = { helloDelayMs: 500, heartbeatIntervalMs: 8_000 };
      await using trial = await startTrial(candidate, { timing });
      const { bot } = trial;
      // The answer to a heartbeat has no sequence; a client that takes one from it resumes from a wrong place.
      await bot.until('a heartbeat is answered', () => bot.of('heartbeat').length > 0);
      const texts = numbered('away', 20);
      await resumesAfter(trial, async () => {
        assert.equal(await trial.client.dropConnections(), 1);
        await sendMessages(trial, texts);
      });
      await receivesOnceInOrder(trial, texts);
      await answersCommands(trial, candidate);
    });

    test('resumes when it is asked to reconnect (op 7) and misses nothing', async () => {
      await using trial = await startTrial(candidate);
      const texts = numbered('meanwhile', 20);
      await resumesAfter(trial, async () => {
        assert.equal(await trial.client.reconnect(), 1);
        await sendMessages(trial, texts);
      });
      await receivesOnceInOrder(trial, texts);
      await answersCommands(trial, candidate);
    });

    if (candidate.compresses) {
      test('reads zlib-stream, and resumes with a new stream', async () => {
        // One small guild: of large frames that arrive together discordeno 21 mixes up the pieces.
        await using trial = await startTrial(candidate, { guilds: 1 }, { compress: true });
        const texts = numbered('packed', 20);
        await resumesAfter(trial, async () => {
          assert.equal(await trial.client.dropConnections(), 1);
          await sendMessages(trial, texts);
        });
        await receivesOnceInOrder(trial, texts);
      });
    }

    if (!candidate.neverResumesAfterOp9) {
      test('resumes after op 9 with d: true', async () => {
        await using trial = await startTrial(candidate);
        await resumesAfter(trial, async () => {
          assert.equal(await trial.client.invalidateSessions({ resumable: true }), 1);
        });
        await answersCommands(trial, candidate);
      });
    }

    test('identifies afresh after op 9 with d: false', async () => {
      // eris does so at once, without the 1 to 5 s that Discord asks for.
      await using trial = await startTrial(candidate, { timing: { identifyWindowMs: 0 } });
      const { bot, client } = trial;
      await bot.until('it is ready', () => bot.of('registered').length === 1);
      const [before] = (await client.sessions()).sessions;
      assert.equal(await client.invalidateSessions({ resumable: false }), 1);
      await bot.until('it is ready again', () => bot.of('ready').length === 2);
      const { sessions, identifies, resumes } = await client.sessions();
      assert.deepEqual([sessions.length, identifies, resumes], [1, 2, 0]);
      assert.notEqual(sessions[0]?.sessionId, before?.sessionId);
      await sendMessages(trial, ['anew']);
      await receivesOnceInOrder(trial, ['anew']);
      await answersCommands(trial, candidate);
    });

    test('runs 4 shards at max_concurrency 2, every guild on its own', async () => {
      // The clients wait the 5 s they know; a second of them is left for a machine that stalls between sending and receiving.
      const timing = { identifyWindowMs: 4_000 };
      await using trial = await startTrial(candidate, { guilds: 12, shards: 4, maxConcurrency: 2, timing });
      const { bot, client } = trial;
      await bot.until('all shards are ready', () => bot.of('ready').length === 4);
      await bot.until('all guilds are there', () => bot.of('guild').length >= 12);
      const guilds = await client.guilds();
      const expected = new Set(guilds.map(({ id, shardId }) => `${id} on ${shardId}`));
      assert.deepEqual(placesOf(bot.of('guild')), expected);
      for (const guild of guilds) {
        await client.dispatch(guild.id, 'MESSAGE_CREATE', textMessage(guild, 'hello', guild.id));
      }
      await bot.until('a message of each guild', () => bot.of('message').length === guilds.length);
      assert.deepEqual(placesOf(bot.of('delivered')), expected);
      const { sessions, identifies, violations } = await client.sessions();
      assert.deepEqual(new Set(sessions.map(({ shardId }) => shardId)), new Set([0, 1, 2, 3]));
      assert.deepEqual([sessions.length, identifies, violations], [4, 4, []]);
    });
  });
}

function numbered(text: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${text} ${index}`);
}

function placesOf(events: readonly BotEvent[]): Set<string> {
  return new Set(events.map(({ id, shard }) => `${id} on ${shard}`));
}

async function sendMessages({ client, guild }: Trial, texts: readonly string[]): Promise<void> {
  for (const text of texts) await client.dispatch(guild.id, 'MESSAGE_CREATE', textMessage(guild, text));
}

async function resumesAfter({ bot, client }: Trial, disturb: () => Promise<void>): Promise<void> {
  await bot.until('it is ready', () => bot.of('registered').length === 1);
  await disturb();
  await bot.until('it has resumed', () => bot.of('resumed').length === 1);
  const { sessions, identifies, resumes } = await client.sessions();
  assert.deepEqual([sessions.length, identifies, resumes], [1, 1, 1]);
  assert.equal(bot.of('ready').length, 1);
}

async function receivesOnceInOrder(trial: Trial, texts: readonly string[]): Promise<void> {
  const { bot } = trial;
  await sendMessages(trial, ['the last']);
  await bot.until('the last message', () => bot.of('message').at(-1)?.content === 'the last');
  assert.deepEqual(
    bot.of('message').map(({ content }) => content),
    [...texts, 'the last'],
  );
}

async function answersCommands({ client, guild }: Trial, { library }: Candidate): Promise<void> {
  const { state, content } = await client.runCommand({ guildId: guild.id, command: 'ping' });
  assert.deepEqual([state, content], ['answered', `ping by ${library}`]);
}
