import type { Phase } from '../control/scenario-forms.ts';
import { Refusal } from '../driver/refusal.ts';
import { createdMsOf, snowflakeAt, type SnowflakeClock } from '../snowflake.ts';
import type { WorldChanges } from '../world/changes.ts';
import type { World } from '../world/world.ts';
import type { Casts } from './cast.ts';
import { between } from './chance.ts';

export type CrowdParts = {
  readonly world: World;
  readonly changes: WorldChanges;
  readonly ids: SnowflakeClock;
};

const dayMs = 86_400_000;

/** How old the account of an ordinary newcomer is, in days; a raider's was made just now. */
const accountDays = { least: 30, most: 700 };

/** Newcomers are kept for ever: more than any guild is raided with. */
const mostNewcomers = 50_000;

/** Somebody with an account of their own joins the guild. */
export function join(
  { world, changes, ids }: CrowdParts,
  casts: Casts,
  guildId: string,
  accounts: Phase['accounts'],
  random: () => number,
): void {
  if (casts.newcomers >= mostNewcomers) throw new Refusal(`${mostNewcomers} came, which is the most`);
  const fresh = ids.next();
  const age = between(random, accountDays.least, accountDays.most) * dayMs;
  const id =
    accounts === 'fresh'
      ? fresh
      : snowflakeAt((createdMsOf(fresh) ?? 0) - age, Math.floor(random() * 2 ** 22));
  changes.members.add(guildId, world.newcomer(id));
  casts.came(guildId, id);
}

export function leave({ changes }: CrowdParts, casts: Casts, guildId: string, random: () => number): void {
  changes.members.leave(guildId, casts.leaver(guildId, random).user.id);
}
