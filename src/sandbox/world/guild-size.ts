import { mostBorn } from './born-ids.ts';

export type GuildSize = {
  /** Those that the guild was born with; the bot and guests come on top. */
  readonly members: number;
  readonly roles: number;
  readonly channels: number;
  readonly threads: number;
};

/** Its owner, a moderator and a member, and the four roles and channels that every guild has. */
const smallest: GuildSize = { members: 3, roles: 4, channels: 4, threads: 0 };

/**
 * How large a guild is. Half of them have fewer than 80 members, 1 % more than 6,500 and one in a thousand more than
 * 28,000; channels, roles and active threads grow with them. The world's first guild is always the smallest one, for
 * tests and for a page that shows all of it.
 */
export function guildSize(index: number, random: () => number): GuildSize {
  if (index === 0) return smallest;
  const members = between(logNormal(random, 80, 1.9), 5, mostBorn.members);
  const roles = between(logNormal(random, 8, 0.6) + Math.log10(members) * 2, 4, 40);
  const channels = between(logNormal(random, 12, 0.6) + Math.log10(members) * 4, 6, 60);
  const threads = members < 500 ? 0 : between(members / 15, 0, mostBorn.threads);
  return { members, roles, channels, threads };
}

/** The sum of twelve chances is near enough to a normal distribution. */
function logNormal(random: () => number, median: number, sigma: number): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw += 1) sum += random();
  return median * Math.exp(sigma * sum);
}

function between(value: number, least: number, most: number): number {
  return Math.round(Math.max(least, Math.min(value, most)));
}
