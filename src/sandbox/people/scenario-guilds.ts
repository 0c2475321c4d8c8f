import type { Plan } from '../control/scenario-forms.ts';
import { randomOf } from './chance.ts';

/** The guilds that take part: a share of them, or so many, drawn by the seed. At least one, where there is one. */
export function guildsWhere(
  guildIds: readonly string[],
  where: Plan['where'],
  seed: number,
): readonly string[] {
  if (!where) return guildIds;
  const { guilds = Infinity, share = 1 } = where;
  const wanted = Math.max(1, Math.min(guilds, Math.round(share * guildIds.length)));
  if (wanted >= guildIds.length) return guildIds;
  const lots = new Map(guildIds.map((id) => [id, randomOf(seed, id, 4)()]));
  return guildIds.toSorted((one, other) => (lots.get(one) ?? 0) - (lots.get(other) ?? 0)).slice(0, wanted);
}
