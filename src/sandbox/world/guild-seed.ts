import { Locale, type APIRole, type APIUser } from 'discord-api-types/v10';
import { isoTime, snowflakeAt } from '../snowflake.ts';
import { bornId, type Origin } from './born-ids.ts';
import type { WorldChannel, WorldThread } from './channel.ts';
import { bornChannels } from './channels.ts';
import { guildSize } from './guild-size.ts';
import { makeMember, type WorldMember } from './member.ts';
import { guildName } from './names.ts';
import { seededRandom } from './random.ts';
import { standingOf } from './regulars.ts';
import { bornRoles, type FixedRoles } from './roles.ts';
import { bornThreads } from './threads.ts';

/** A guild as its seed makes it. Its members are made one by one when they are asked for. */
export type GuildSeed = {
  readonly origin: Origin;
  readonly id: string;
  readonly name: string;
  readonly locale: Locale;
  readonly ownerId: string;
  readonly fixedRoles: FixedRoles;
  readonly vanityRoles: readonly APIRole[];
  readonly roles: readonly APIRole[];
  readonly channels: readonly WorldChannel[];
  readonly threads: readonly WorldThread[];
  /** Members whom the seed makes by number. Where a regular owns the guild, there is no number 0. */
  readonly firstMember: 0 | 1;
  readonly bornMembers: number;
  /** The bot and the regulars, by user id. */
  readonly guests: ReadonlyMap<string, WorldMember>;
  readonly bot: WorldMember;
};

/** Who may be in a guild without being born in it. */
export type Strangers = { readonly botUser: APIUser; readonly regulars: readonly APIUser[] };

export function makeGuildSeed(origin: Origin, { botUser, regulars }: Strangers): GuildSeed {
  const random = seededRandom(origin.seed, origin.index);
  const id = snowflakeAt(origin.createdMs, 0);
  const name = guildName(random);
  const size = guildSize(origin.index, random);
  const { fixed, vanity } = bornRoles(origin, id, botUser, size.roles, random);
  const channels = bornChannels({ origin, roles: fixed, random }, size.channels);
  const joinedAt = isoTime(origin.createdMs);
  const bot = makeMember('bot', botUser, [fixed.bot.id], joinedAt);
  const present = regulars.flatMap((user, nth) => {
    const kind = standingOf(nth, origin.index);
    return kind ? makeMember(kind, user, kind === 'member' ? [] : [staffRole(fixed, kind).id], joinedAt) : [];
  });
  const ownerId = present.find(({ kind }) => kind === 'owner')?.user.id;
  return {
    origin,
    id,
    name,
    locale: Locale.EnglishUS,
    ownerId: ownerId ?? bornId(origin, 'member', 0),
    fixedRoles: fixed,
    vanityRoles: vanity,
    roles: [...Object.values(fixed), ...vanity],
    channels,
    threads: bornThreads(origin, channels, size, random),
    firstMember: ownerId === undefined ? 0 : 1,
    bornMembers: size.members,
    guests: new Map([...present, bot].map((guest) => [guest.user.id, guest])),
    bot,
  };
}

function staffRole(roles: FixedRoles, kind: WorldMember['kind']): APIRole {
  return kind === 'owner' ? roles.admin : roles.moderator;
}
