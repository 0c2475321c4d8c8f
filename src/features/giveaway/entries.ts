import type { Sql } from '../../db/db.ts';
import type { Giveaway } from './giveaway-row.ts';
import { columns, countEntrants } from './store.ts';

export interface Entry {
  readonly giveawayId: string;
  readonly userId: string;
  readonly entered: boolean;
  /** The interaction. */
  readonly decision: string;
  /** Of the giveaway's message. */
  readonly messageId: string;
  /** Of the member. */
  readonly roles: readonly string[];
}

export interface Entered {
  readonly giveaway: Giveaway;
  readonly entrants: number;
  /** `same`: it was so before; `role`: the member lacks the role that it asks for. */
  readonly outcome: 'changed' | 'same' | 'role';
}

export type EntryResult = Entered | 'over';

type Known = Pick<Entry, 'userId' | 'entered' | 'decision'>;

/** Entries to one giveaway, in order, and their count in one transaction. */
export async function changeEntries(tx: Sql, entries: readonly Entry[]): Promise<readonly EntryResult[]> {
  const [first] = entries;
  const giveaway = first && (await lockOpen(tx, first));
  if (giveaway === undefined) return entries.map(() => 'over');
  const known = await entriesBy(tx, giveaway.id, entries);
  const changed = new Map<string, Known>();
  const outcomes = entries.map(({ userId, entered, decision, roles }): Entered['outcome'] => {
    const before = known.get(userId);
    if (entered && giveaway.roleId !== null && !roles.includes(giveaway.roleId)) return 'role';
    if (before !== undefined && BigInt(before.decision) >= BigInt(decision)) return 'same';
    const entry = { userId, entered, decision };
    known.set(userId, entry);
    changed.set(userId, entry);
    return (before?.entered ?? false) === entered ? 'same' : 'changed';
  });
  await write(tx, giveaway.id, [...changed.values()]);
  const entrants = await countEntrants(tx, giveaway.id);
  return outcomes.map((outcome) => ({ giveaway, entrants, outcome }));
}

/** For the rest of the transaction, as its next revision. */
async function lockOpen(tx: Sql, { giveawayId, messageId }: Entry): Promise<Giveaway | undefined> {
  const [giveaway] = await tx<Giveaway[]>`
    update giveaways set revision = revision + 1, message_id = ${messageId}
    where id = ${giveawayId} and state = 'open' and ends_at > now()
    returning ${columns(tx)}`;
  return giveaway;
}

async function entriesBy(
  tx: Sql,
  giveawayId: string,
  entries: readonly Entry[],
): Promise<Map<string, Known>> {
  const ids = JSON.stringify(entries.map(({ userId }) => userId));
  const rows = await tx<Known[]>`
    select user_id as "userId", entered, decision from giveaway_entries
    where giveaway_id = ${giveawayId}
      and user_id in (select id::bigint from jsonb_array_elements_text(${ids}::text::jsonb) as ids (id))`;
  return new Map(rows.map((row) => [row.userId, row]));
}

async function write(tx: Sql, giveawayId: string, entries: readonly Known[]): Promise<void> {
  await tx`
    insert into giveaway_entries (giveaway_id, user_id, entered, decision)
    select ${giveawayId}, "userId", entered, decision
    from jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb)
      as entries ("userId" bigint, entered boolean, decision bigint)
    on conflict (giveaway_id, user_id) do update set entered = excluded.entered, decision = excluded.decision`;
}
