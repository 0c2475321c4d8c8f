import { ChannelType, Locale, PermissionFlagsBits, type APIUser } from 'discord-api-types/v10';
import { createdMsOf } from '../snowflake.ts';
import { makeChannel } from './channel.ts';
import type { GuildSeed } from './guild-seed.ts';
import { WorldGuild } from './guild.ts';
import { makeMember } from './member.ts';
import { emptyOverlay } from './overlay.ts';
import { seededRandom } from './random.ts';
import { makeRole } from './roles.ts';
import type { Place } from './world.ts';

const bits = PermissionFlagsBits;

/** What everybody may in a direct message (topics/permissions.mdx); nobody deletes what the other wrote. */
const permissions =
  bits.ViewChannel |
  bits.SendMessages |
  bits.ReadMessageHistory |
  bits.AddReactions |
  bits.EmbedLinks |
  bits.AttachFiles |
  bits.PinMessages |
  bits.UseExternalEmojis |
  bits.UseApplicationCommands;

/** One in ten takes no direct messages from members of their guilds. */
const closedShare = 0.1;

/**
 * The bot's direct messages. Each is kept as a guild of two with one channel, whose id is the guild's: what can be done
 * with messages is the same there. What is dispatched of it goes to shard 0, without a guild.
 */
export class Directs {
  readonly #seed: number;
  readonly #botUser: APIUser;
  readonly #byUser = new Map<string, Place>();
  readonly #byChannel = new Map<string, Place>();

  constructor(seed: number, botUser: APIUser) {
    this.#seed = seed;
    this.#botUser = botUser;
  }

  place(channelId: string): Place | undefined {
    return this.#byChannel.get(channelId);
  }

  /** The one with this user, which is made with the id `nextId` gives where there was none. */
  open(user: APIUser, nextId: () => string): Place {
    const open = this.#byUser.get(user.id) ?? makePlace(nextId(), this.#botUser, user);
    this.#byUser.set(user.id, open);
    this.#byChannel.set(open.channel.id, open);
    return open;
  }

  /** Whether the user takes messages from bots that they share a guild with. */
  isOpenTo({ id, bot = false }: APIUser): boolean {
    return !bot && seededRandom(this.#seed, Number(BigInt(id) % 2n ** 31n))() >= closedShare;
  }
}

export function isDirect(guild: WorldGuild): boolean {
  return guild.channels[0]?.type === ChannelType.DM;
}

/** The user at the other end. */
export function recipientOf({ guild }: Place): APIUser | undefined {
  const botId = guild.bot.user.id;
  return guild.members.page(2).find(({ user }) => user.id !== botId)?.user;
}

/** A direct message's channel, as Discord's API shows it to the bot. */
export function shownDirect(place: Place): object {
  const { id, type, flags } = place.channel;
  return { id, type, flags, last_message_id: null, recipients: [recipientOf(place)] };
}

/** What is dispatched of a direct message names no guild and no member. */
export function withoutGuild(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).filter(([key]) => key !== 'guild_id' && key !== 'member'));
}

function makePlace(id: string, botUser: APIUser, user: APIUser): Place {
  const createdMs = createdMsOf(id) ?? 0;
  const everyone = makeRole(id, { name: '@everyone', permissions: String(permissions) });
  const channel = makeChannel(id, ChannelType.DM, '', {});
  const bot = makeMember('bot', botUser, [], '');
  const seed: GuildSeed = {
    origin: { seed: 0, index: 0, createdMs },
    id,
    name: '',
    locale: Locale.EnglishUS,
    ownerId: '',
    fixedRoles: { everyone, moderator: everyone, admin: everyone, bot: everyone },
    vanityRoles: [],
    roles: [everyone],
    channels: [channel],
    threads: [],
    firstMember: 0,
    bornMembers: 0,
    guests: new Map([bot, makeMember('member', user, [], '')].map((each) => [each.user.id, each])),
    bot,
  };
  return { guild: new WorldGuild(seed, emptyOverlay()), channel };
}
