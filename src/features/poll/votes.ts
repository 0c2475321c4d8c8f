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

/** The vote and the count in one transaction; `undefined` where the poll is closed. */
export async function castVote(tx: Sql, vote: Vote): Promise<Voted | undefined> {
  const poll = await lockOpen(tx, vote.pollId, vote.messageId);
  if (poll === undefined) return undefined;
  const before = await choicesOf(tx, vote.pollId, vote.userId);
  const choices = vote.change(before, poll);
  const changed = await tx`
    insert into poll_votes (poll_id, user_id, choices, decision)
    values (${vote.pollId}, ${vote.userId}, ${JSON.stringify(choices)}::text::jsonb, ${vote.decision})
    on conflict (poll_id, user_id) do update set choices = excluded.choices, decision = excluded.decision
    where poll_votes.decision < excluded.decision
    returning user_id`;
  return { poll, tally: await tallyOf(tx, poll), choices: changed.length > 0 ? choices : before };
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
