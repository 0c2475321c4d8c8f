import type { Sql } from '../../db/db.ts';
import type { Poll, Tally } from './poll-row.ts';
import type { Choices } from './rules/choice.ts';
import { lockOpen, tallyOf } from './store.ts';

export interface Vote {
  readonly pollId: string;
  readonly userId: string;
  /** The interaction. */
  readonly decision: string;
  /** Of the message with the poll. */
  readonly messageId: string;
  readonly change: (before: Choices, poll: Poll) => Choices;
}

export interface Voted {
  readonly poll: Poll;
  readonly tally: Tally;
  readonly choices: Choices;
}

interface Cast {
  readonly userId: string;
  readonly choices: Choices;
  readonly decision: string;
}

export type VoteResult = Voted | 'closed';

/** Votes in one poll, in order, and their count in one transaction. */
export async function castVotes(tx: Sql, votes: readonly Vote[]): Promise<readonly VoteResult[]> {
  const [first] = votes;
  const poll = first && (await lockOpen(tx, first.pollId, first.messageId));
  if (poll === undefined) return votes.map(() => 'closed');
  const known = await castBy(tx, poll.id, votes);
  const changed = new Map<string, Cast>();
  for (const { userId, decision, change } of votes) {
    const before = known.get(userId);
    if (before !== undefined && BigInt(before.decision) >= BigInt(decision)) continue;
    const cast = { userId, decision, choices: change(before?.choices ?? [], poll) };
    known.set(userId, cast);
    changed.set(userId, cast);
  }
  await write(tx, poll.id, [...changed.values()]);
  const tally = await tallyOf(tx, poll);
  return votes.map(({ userId }) => ({ poll, tally, choices: known.get(userId)?.choices ?? [] }));
}

async function castBy(tx: Sql, pollId: string, votes: readonly Vote[]): Promise<Map<string, Cast>> {
  const ids = JSON.stringify(votes.map(({ userId }) => userId));
  const rows = await tx<Cast[]>`
    select user_id as "userId", choices, decision from poll_votes
    where poll_id = ${pollId}
      and user_id in (select id::bigint from jsonb_array_elements_text(${ids}::text::jsonb) as ids (id))`;
  return new Map(rows.map((row) => [row.userId, row]));
}

async function write(tx: Sql, pollId: string, casts: readonly Cast[]): Promise<void> {
  await tx`
    insert into poll_votes (poll_id, user_id, choices, decision)
    select ${pollId}, "userId", choices, decision
    from jsonb_to_recordset(${JSON.stringify(casts)}::text::jsonb) as casts ("userId" bigint, choices jsonb, decision bigint)
    on conflict (poll_id, user_id) do update set choices = excluded.choices, decision = excluded.decision`;
}

export async function choicesOf(sql: Sql, pollId: string, userId: string): Promise<Choices> {
  const [row] = await sql<{ choices: Choices }[]>`
    select choices from poll_votes where poll_id = ${pollId} and user_id = ${userId}`;
  return row?.choices ?? [];
}

/** Who chose what, the earliest votes first; at most 1,000 of them. */
export function votesOf(
  sql: Sql,
  pollId: string,
): PromiseLike<readonly { readonly userId: string; readonly choices: Choices }[]> {
  return sql<{ userId: string; choices: Choices }[]>`
    select user_id as "userId", choices from poll_votes
    where poll_id = ${pollId} and choices <> '[]' order by decision limit 1000`;
}
