import type { APIUser } from 'discord-api-types/v10';
import { snowflakeAt } from '../snowflake.ts';
import type { MemberKind } from './member.ts';
import { makePerson } from './person.ts';
import { seededRandom } from './random.ts';

const regularCount = 4;

/** They are in the world's first guilds only, so that a user's guilds are found without a look at all of them. */
export const guildsWithRegulars = 16;

/** By the place of the guild among eight, which is another one for each regular: one in eight is theirs. */
const standings: Readonly<Record<number, MemberKind>> = {
  0: 'member',
  3: 'owner',
  5: 'moderator',
  6: 'member',
};

const hourMs = 3_600_000;

/** A few users who are in several guilds: of some they are the owner, in others a moderator or a member. */
export function makeRegulars(seed: number, worldBeginsMs: number): readonly APIUser[] {
  return Array.from({ length: regularCount }, (_, nth) => {
    const random = seededRandom(seed, -1, nth);
    const bornMs = worldBeginsMs - (regularCount - nth) * hourMs;
    return makePerson(snowflakeAt(bornMs, Math.floor(random() * 2 ** 22)), random);
  });
}

/** What a regular is in a guild; `undefined` where they are no member. */
export function standingOf(nth: number, guildIndex: number): MemberKind | undefined {
  return guildIndex < guildsWithRegulars ? standings[(guildIndex + nth * 2) % 8] : undefined;
}
