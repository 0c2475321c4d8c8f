import { PermissionFlagsBits, type APIMessage } from 'discord-api-types/v10';
import type { Phase } from '../control/scenario-forms.ts';
import { Refusal } from '../driver/refusal.ts';
import { postForm } from '../messages/message-form.ts';
import type { ChannelMessages } from '../messages/channel-messages.ts';
import type { Reactions } from '../messages/reactions.ts';
import type { WorldChanges } from '../world/changes.ts';
import { isAllowed, seesThread } from '../world/permissions.ts';
import type { Place } from '../world/world.ts';
import type { Actor } from './cast.ts';
import { anyOf } from './chance.ts';
import { floodText, raidText, replyText, smallTalk } from './chat-text.ts';
import { someMember } from './plausible-value.ts';

export type ChatParts = {
  readonly messages: ChannelMessages;
  readonly reactions: Reactions;
  readonly changes: WorldChanges;
};

const bits = PermissionFlagsBits;
export const toChat = bits.ViewChannel | bits.SendMessages;
export const toReact = bits.ViewChannel | bits.AddReactions;

/** What is on the screen. */
const recent = 20;

const moods = ['👍', '❤️', '😂', '🎉', '👀', '😮', '🔥', '💯'] as const;

/** Writes a message, mostly into the channel, sometimes as a reply, or into a thread that the member follows. */
export function chat(
  { messages, changes }: ChatParts,
  actor: Actor,
  says: Phase['says'],
  seed: number,
): void {
  const { scene, temper, random } = actor;
  const { guild, member } = scene;
  if (says === 'raid') {
    const mentions = [someMember(scene, random), someMember(scene, random)].flatMap((id) => id ?? []);
    return post(messages, scene, actor, raidText(seed, mentions));
  }
  if (says === 'flood') return post(messages, scene, actor, floodText(member.user.id, random));
  const place = random() < 0.15 ? (followedThread(actor) ?? scene) : scene;
  if (place !== scene) changes.threads.join(guild.id, place.channel.id, member.user.id);
  const repliedTo = random() < 0.25 ? anyOf(random, seenIn(messages, place)) : undefined;
  if (repliedTo) return post(messages, place, actor, replyText(temper, random), repliedTo.id);
  post(messages, place, actor, smallTalk(temper, random));
}

/** Reacts to one of the latest messages, often as others did. */
export function react({ messages, reactions }: ChatParts, { scene, random }: Actor): void {
  const message = anyOf(random, seenIn(messages, scene));
  if (!message) throw new Refusal(`there is no message in ${scene.channel.name} to react to`);
  const there = message.reactions?.map(({ emoji }) => emoji.name ?? '') ?? [];
  const emoji = (random() < 0.6 ? anyOf(random, there) : undefined) ?? anyOf(random, moods) ?? moods[0];
  reactions.add(scene, message.id, emoji, scene.member);
}

/** Rewrites one of the member's own latest messages; without one, the latest of somebody else who is still there. */
export function edit({ messages }: ChatParts, { scene, temper, random }: Actor): void {
  const { guild, channel } = scene;
  const seen = seenIn(messages, scene).filter(({ author }) => author.bot !== true);
  const own = seen.findLast(({ author }) => author.id === scene.member.user.id) ?? seen.at(-1);
  const author = own && guild.members.get(own.author.id);
  if (!own || !author) throw new Refusal(`there is no message in ${channel.name} to edit`);
  messages.edit(scene, author, own.id, { content: smallTalk(temper, random) });
}

function post(
  messages: ChannelMessages,
  place: Place,
  { scene }: Actor,
  content: string,
  replyTo?: string,
): void {
  const reference = replyTo === undefined ? {} : { message_reference: { message_id: replyTo } };
  messages.post(place, scene.member, postForm.parse({ content, ...reference }));
}

export function seenIn(messages: ChannelMessages, { channel }: Place): readonly APIMessage[] {
  return messages.all(channel.id).slice(-recent);
}

/** A thread of the channel that the member may write into. */
function followedThread({ scene, random }: Actor): Place | undefined {
  const { guild, member, channel } = scene;
  const open = guild.threads.filter(
    (thread) =>
      thread.parent_id === channel.id &&
      !thread.thread_metadata.archived &&
      seesThread(guild, member, thread) &&
      isAllowed(bits.SendMessagesInThreads, guild, member, thread),
  );
  const thread = anyOf(random, open);
  return thread && { guild, channel: thread };
}
