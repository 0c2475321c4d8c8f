import { randomBytes } from 'node:crypto';
import type { Sql } from '../../db/db.ts';
import { enqueue } from '../../queue/jobs.ts';
import type { Giveaway } from './giveaway-row.ts';
import { ranking } from './rank.ts';
import { settleGiveaway } from './settle-kind.ts';
import { columns, entrantsOf } from './store.ts';

/** For its transaction: as long as a draw of very many entrants may take. */
export const drawDeadlineMs = 10_000;

/** Of one giveaway: they all stand in its file. */
export const drawsMax = 10;

/** 256 bits: nobody finds a seed from its SHA-256. */
export function newSeed(): string {
  return randomBytes(32).toString('hex');
}

type Locked = Giveaway & { readonly seed: string; readonly due: boolean };

/** The first draw of a giveaway whose time has come; does nothing for one that is not due, cancelled, or drawn. */
export async function drawDue(tx: Sql, giveawayId: string): Promise<void> {
  const giveaway = await lock(tx, giveawayId);
  if (giveaway?.state !== 'open' || !giveaway.due) return;
  const candidates = await entrantsOf(tx, giveawayId);
  await draw(tx, giveaway, { candidates, wanted: giveaway.winners, cause: giveawayId });
}

/**
 * Draws again among those who have not won yet, and sees to it that this is announced. The same `cause`, an interaction, draws once.
 * Returns the winners, none where nobody is left, `undefined` for a giveaway that was not drawn, or often enough.
 */
export async function drawAgain(
  tx: Sql,
  giveawayId: string,
  { wanted, cause }: { readonly wanted: number; readonly cause: string },
): Promise<readonly string[] | undefined> {
  const giveaway = await lock(tx, giveawayId);
  if (giveaway?.state !== 'drawn') return undefined;
  const won = await tx<{ userId: string; cause: string }[]>`
    select user_id as "userId", cause from giveaway_winners join giveaway_draws using (giveaway_id, number)
    where giveaway_id = ${giveawayId} order by number, place`;
  const before = won.filter((winner) => winner.cause === cause).map(({ userId }) => userId);
  if (before.length > 0) return before;
  const [row] = await tx<{ draws: number }[]>`
    select count(*)::integer as draws from giveaway_draws where giveaway_id = ${giveawayId}`;
  if (row === undefined || row.draws >= drawsMax) return undefined;
  const winners = new Set(won.map(({ userId }) => userId));
  const candidates = (await entrantsOf(tx, giveawayId)).filter((userId) => !winners.has(userId));
  if (candidates.length === 0) return [];
  const drawn = await draw(tx, giveaway, { candidates, wanted, cause });
  await enqueue(tx, settleGiveaway, { giveawayId });
  return drawn;
}

async function lock(tx: Sql, giveawayId: string): Promise<Locked | undefined> {
  const [giveaway] = await tx<Locked[]>`
    select ${columns(tx)}, seed, ends_at <= now() as due from giveaways where id = ${giveawayId} for update`;
  return giveaway;
}

/** Reveals the seed that was promised, and promises the next one: whoever could draw again cannot know beforehand who it would be. */
async function draw(
  tx: Sql,
  { id, seed }: Locked,
  {
    candidates,
    wanted,
    cause,
  }: { readonly candidates: readonly string[]; readonly wanted: number; readonly cause: string },
): Promise<readonly string[]> {
  const ranked = await ranking(seed, candidates);
  const winners = ranked.slice(0, wanted).map(({ userId }) => userId);
  await tx`
    with drawn as (
      insert into giveaway_draws (giveaway_id, number, cause, seed, wanted, candidates)
      select ${id}, count(*) + 1, ${cause}, ${seed}, ${wanted}, ${candidates.length}
      from giveaway_draws where giveaway_id = ${id}
      returning giveaway_id, number
    )
    insert into giveaway_winners (giveaway_id, number, place, user_id)
    select giveaway_id, number, place, winner::bigint
    from drawn cross join jsonb_array_elements_text(${JSON.stringify(winners)}::text::jsonb) with ordinality as won (winner, place)`;
  await tx`
    update giveaways
    set state = 'drawn', ended_at = coalesce(ended_at, now()), revision = revision + 1, seed = ${newSeed()}
    where id = ${id}`;
  return winners;
}
