import type { Db } from '../../src/db/db.ts';
import { drawDue } from '../../src/features/giveaway/draws.ts';
import { changeEntries } from '../../src/features/giveaway/entries.ts';
import { addGiveaway } from '../../src/features/giveaway/store.ts';
import { addPoll } from '../../src/features/poll/store.ts';
import { castVotes } from '../../src/features/poll/votes.ts';

/** A poll and a giveaway of one person's own, in which they alone took part and won. */
export async function fillCommunity(db: Db, id: string, userId: string): Promise<void> {
  const place = { id, guildId: '1', channelId: '2', locale: 'en-US', color: 0 };
  const later = new Date(Date.now() + 60_000);
  const messageId = '3';
  await db.transaction('fill', async (tx) => {
    const poll = { question: 'Q', answers: ['a', 'b'], anonymous: false, multiple: false, closesAt: later };
    await addPoll(tx, { ...place, ...poll, createdBy: userId, creatorLocale: 'de' });
    await castVotes(tx, [{ pollId: id, userId, decision: '4', messageId, change: () => [1] }]);
    const giveaway = { prize: 'P', winners: 1, roleId: null, endsAt: later };
    await addGiveaway(tx, { ...place, ...giveaway, hostId: userId, hostLocale: 'de' }, 'seed');
    await changeEntries(tx, [{ giveawayId: id, userId, entered: true, decision: '4', messageId, roles: [] }]);
    await tx`update giveaways set ends_at = now() - interval '1 second' where id = ${id}`;
    await drawDue(tx, id);
  });
}
