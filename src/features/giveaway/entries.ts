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

/** The entry and the count in one transaction; `undefined` where the giveaway is over. */
export async function changeEntry(tx: Sql, entry: Entry): Promise<Entered | undefined> {
  const giveaway = await lockOpen(tx, entry);
  if (giveaway === undefined) return undefined;
  const { roleId } = giveaway;
  const lacksRole = entry.entered && roleId !== null && !entry.roles.includes(roleId);
  const outcome = lacksRole ? 'role' : await write(tx, entry);
  return { giveaway, entrants: await countEntrants(tx, giveaway.id), outcome };
}

/** For the rest of the transaction, as its next revision: entries are counted one after another. */
async function lockOpen(tx: Sql, { giveawayId, messageId }: Entry): Promise<Giveaway | undefined> {
  const [giveaway] = await tx<Giveaway[]>`
    update giveaways set revision = revision + 1, message_id = ${messageId}
    where id = ${giveawayId} and state = 'open' and ends_at > now()
    returning ${columns(tx)}`;
  return giveaway;
}

async function write(tx: Sql, { giveawayId, userId, entered, decision }: Entry): Promise<'changed' | 'same'> {
  const [before] = await tx<{ entered: boolean }[]>`
    select entered from giveaway_entries where giveaway_id = ${giveawayId} and user_id = ${userId}`;
  const changed = await tx`
    insert into giveaway_entries (giveaway_id, user_id, entered, decision)
    values (${giveawayId}, ${userId}, ${entered}, ${decision})
    on conflict (giveaway_id, user_id) do update set entered = excluded.entered, decision = excluded.decision
    where giveaway_entries.decision < excluded.decision
    returning user_id`;
  return changed.length > 0 && (before?.entered ?? false) !== entered ? 'changed' : 'same';
}
