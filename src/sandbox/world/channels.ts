import { ChannelType, OverwriteType, PermissionFlagsBits, type APIOverwrite } from 'discord-api-types/v10';
import { bornId, type Origin } from './born-ids.ts';
import { makeChannel, type ChannelFields, type WorldChannel, type WorldChannelType } from './channel.ts';
import { pick } from './random.ts';
import type { FixedRoles } from './roles.ts';

const types = ChannelType;
const bits = PermissionFlagsBits;

/** Every guild begins with these four, outside of any category and open to all. */
const fixedNames = ['general', 'bot-commands', 'mod-log', 'off-topic'] as const;

const categoryNames = ['Community', 'Hobbies', 'Games', 'Events', 'Staff', 'Archive'] as const;
/** With the category a channel has ten members, so that one is seldom scrolled for long. */
const perCategory = 10;

const topicWords = [
  'music',
  'art',
  'code',
  'chess',
  'food',
  'travel',
  'films',
  'books',
  'memes',
  'help',
] as const;
const topics = [
  'Be kind, and keep to the topic.',
  'Ask here; somebody knows. Search first, it may have been answered before.',
  'Share what you made. Criticism only where it was asked for, credit always where it is due.',
] as const;
const tagNames = ['question', 'solved', 'idea', 'bug', 'showcase'] as const;

/** What the first categories hold at least, so that a guild of some size has every type of channel. */
const variety = [types.GuildVoice, types.GuildForum, types.GuildAnnouncement, types.GuildText] as const;
const mixture = [
  types.GuildText,
  types.GuildText,
  types.GuildText,
  types.GuildText,
  types.GuildText,
  types.GuildText,
  types.GuildVoice,
  types.GuildVoice,
  types.GuildForum,
] as const;

type Surroundings = { readonly origin: Origin; readonly roles: FixedRoles; readonly random: () => number };

export function bornChannels(around: Surroundings, count: number): readonly WorldChannel[] {
  const { origin, random } = around;
  const id = (nth: number) => bornId(origin, 'channel', nth);
  const channels = fixedNames.map((name, position) =>
    makeChannel(id(position), types.GuildText, name, { position }),
  );
  let category: WorldChannel | undefined;
  for (let nth = channels.length; nth < count; nth += 1) {
    const inside = nth - fixedNames.length;
    if (inside % perCategory === 0 && nth < count - 1) {
      category = bornCategory(around, id(nth), inside / perCategory, nth);
      channels.push(category);
      continue;
    }
    const type = variety[inside - 1] ?? pick(random, mixture);
    channels.push(bornChannel(around, id(nth), type, { position: nth, parent_id: category?.id ?? null }));
  }
  return channels;
}

/** The fifth category is the staff's. */
function bornCategory({ roles }: Surroundings, id: string, nth: number, position: number): WorldChannel {
  const name = categoryNames[nth % categoryNames.length] ?? categoryNames[0];
  const permission_overwrites = name === 'Staff' ? staffOnly(roles) : [];
  return makeChannel(id, types.GuildCategory, name, { position, permission_overwrites });
}

function bornChannel(
  { origin, roles, random }: Surroundings,
  id: string,
  type: WorldChannelType,
  place: ChannelFields,
): WorldChannel {
  const word = pick(random, topicWords);
  const fields = {
    ...place,
    topic: random() < 0.6 ? pick(random, topics) : null,
    rate_limit_per_user: random() < 0.1 ? 5 : 0,
    permission_overwrites: overwritesOf(type, roles, random()),
    ...(type === types.GuildForum && { available_tags: bornTags(origin, place.position ?? 0) }),
  };
  const name = type === types.GuildAnnouncement ? 'news' : `${word}-${Math.floor(random() * 90) + 10}`;
  return makeChannel(id, type, name, fields);
}

function overwritesOf(type: WorldChannelType, roles: FixedRoles, chance: number): readonly APIOverwrite[] {
  if (type === types.GuildAnnouncement) return [overwrite(roles.everyone.id, 0n, bits.SendMessages)];
  return chance < 0.1 ? staffOnly(roles) : [];
}

function staffOnly(roles: FixedRoles): readonly APIOverwrite[] {
  return [
    overwrite(roles.everyone.id, 0n, bits.ViewChannel),
    overwrite(roles.moderator.id, bits.ViewChannel, 0n),
    overwrite(roles.bot.id, bits.ViewChannel, 0n),
  ];
}

function overwrite(roleId: string, allow: bigint, deny: bigint): APIOverwrite {
  return { id: roleId, type: OverwriteType.Role, allow: String(allow), deny: String(deny) };
}

function bornTags(origin: Origin, position: number) {
  return tagNames.map((name, nth) => ({
    id: bornId(origin, 'tag', position * tagNames.length + nth),
    name,
    moderated: name === 'solved',
    emoji_id: null,
    emoji_name: null,
  }));
}
