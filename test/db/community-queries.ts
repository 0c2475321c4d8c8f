import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import type { Db } from '../../src/db/db.ts';
import { drawAgain, drawDue } from '../../src/features/giveaway/draws.ts';
import { changeEntries } from '../../src/features/giveaway/entries.ts';
import * as giveaways from '../../src/features/giveaway/store.ts';
import * as polls from '../../src/features/poll/store.ts';
import { castVotes, choicesOf, votesOf } from '../../src/features/poll/votes.ts';

const userId = '5';
const messageId = '6';

/** A poll and a giveaway from their beginning to their end. */
export async function runCommunityQueries(db: Db, guildId: string): Promise<void> {
  const id = String(randomInt(1, 2 ** 47));
  const place = { id, guildId, channelId: '2', locale: 'en-US', color: 0 };
  const later = new Date(Date.now() + 60_000);
  await runPoll(db, { ...place, createdBy: userId, creatorLocale: 'de', closesAt: later });
  await runGiveaway(db, { ...place, hostId: userId, hostLocale: 'de', endsAt: later });
}

async function runPoll(
  db: Db,
  made: Omit<polls.NewPoll, 'question' | 'answers' | 'anonymous' | 'multiple'>,
): Promise<void> {
  const { id, guildId } = made;
  const poll = { ...made, question: 'Q', answers: ['a', 'b'], anonymous: false, multiple: true };
  const vote = { pollId: id, userId, messageId, decision: '9', change: () => [0, 1] };
  await db.transaction('polls.add', (tx) => polls.addPoll(tx, poll));
  await db.query('polls.noted', (sql) => polls.noteMessage(sql, id, messageId));
  for (const each of [vote, { ...vote, change: () => [0] }, { ...vote, decision: '8' }]) {
    const [voted] = await db.transaction('polls.vote', (tx) => castVotes(tx, [each]));
    assert.ok(voted !== undefined && voted !== 'closed');
    assert.deepEqual([voted.choices, voted.tally], [[0, 1], { counts: [1, 1], voters: 1 }]);
  }
  for (const name of ['polls.closable', 'polls.closed-yet'])
    assert.equal((await db.query(name, (sql) => polls.readPoll(sql, id)))?.question, 'Q');
  await db.query('polls.votes', async (sql) => {
    assert.deepEqual(await choicesOf(sql, id, userId), [0, 1]);
    assert.equal((await votesOf(sql, id)).length, 1);
  });
  for (const name of ['polls.open', 'polls.list'])
    assert.ok((await db.read(name, (sql) => polls.openPolls(sql, guildId))).length > 0);
  await db.transaction('polls.close-now', (tx) => polls.closeNow(tx, id));
  const closed = await db.transaction('polls.close', (tx) => polls.closeDue(tx, id));
  const again = await db.transaction('polls.close', (tx) => polls.closeDue(tx, id));
  assert.deepEqual([again?.tally, again?.poll.closedAt], [closed?.tally, closed?.poll.closedAt]);
  await db.query('polls.prune', (sql) => polls.prunePolls(sql, 1));
}

async function runGiveaway(
  db: Db,
  made: Omit<giveaways.NewGiveaway, 'prize' | 'winners' | 'roleId'>,
): Promise<void> {
  const { id, guildId } = made;
  const giveaway = { ...made, prize: 'P', winners: 1, roleId: null };
  const entry = { giveawayId: id, messageId, entered: true, decision: '9', roles: [] };
  await db.transaction('giveaways.add', (tx) => giveaways.addGiveaway(tx, giveaway, 'seed'));
  await db.query('giveaways.noted', (sql) => giveaways.noteMessage(sql, id, messageId));
  const entries = [userId, '6'].map((member) => ({ ...entry, userId: member }));
  await db.transaction('giveaways.enter', (tx) => changeEntries(tx, entries));
  for (const name of ['giveaways.offer', 'giveaways.look'])
    await db.read(name, (sql) => giveaways.giveawaysIn(sql, guildId, 'open'));
  await db.transaction('giveaways.end', (tx) => giveaways.endNow(tx, id));
  for (const name of ['giveaways.draw', 'giveaways.late'])
    await db.transaction(name, (tx) => drawDue(tx, id));
  const again = { wanted: 1, cause: '10' };
  const winners = await db.transaction('giveaways.reroll', (tx) => drawAgain(tx, id, again));
  const same = await db.transaction('giveaways.reroll', (tx) => drawAgain(tx, id, again));
  assert.deepEqual([winners?.length, same], [1, winners]);
  await db.query('giveaways.announced', (sql) => giveaways.noteAnnounced(sql, id, 1));
  for (const name of ['giveaways.read', 'giveaways.ended-yet']) {
    const whole = await db.query(name, (sql) => giveaways.readWhole(sql, id));
    assert.deepEqual(
      whole?.draws.map(({ announced }) => announced),
      [true, false],
    );
  }
  assert.equal((await db.query('giveaways.check', (sql) => giveaways.entrantsOf(sql, id))).length, 2);
  assert.equal(await db.transaction('giveaways.cancel', (tx) => giveaways.cancelOpen(tx, id)), false);
  await db.query('giveaways.prune', (sql) => giveaways.pruneGiveaways(sql, 1));
}
