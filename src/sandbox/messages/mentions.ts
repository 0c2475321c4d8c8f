import { AllowedMentionsTypes, PermissionFlagsBits, type APIMessage } from 'discord-api-types/v10';
import type { WorldMember } from '../world/member.ts';
import { isAllowed } from '../world/permissions.ts';
import type { Place } from '../world/world.ts';
import type { AllowedMentions } from './allowed-mentions.ts';

export type Mentions = Pick<APIMessage, 'mentions' | 'mention_roles' | 'mention_everyone'>;

const { Everyone, Role, User } = AllowedMentionsTypes;

/**
 * Whom a message pings: those named in its text, as far as `allowed` lets them be (all, where it is absent), the
 * author of what it replies to, and roles and everyone only where `author` may mention them.
 */
export function mentionsOf(
  text: string,
  { guild, channel }: Place,
  author: WorldMember,
  allowed: AllowedMentions | null | undefined,
  repliedTo?: string,
): Mentions {
  const pingsReplied = repliedTo !== undefined && (allowed ? allowed.replied_user === true : true);
  if (!text.includes('@') && !pingsReplied) {
    return { mentions: [], mention_roles: [], mention_everyone: false };
  }
  const mayAll = isAllowed(PermissionFlagsBits.MentionEveryone, guild, author, channel);
  const parses = (type: AllowedMentionsTypes) => !allowed || (allowed.parse?.includes(type) ?? false);
  const named = idsIn(text, /<@!?(\d{1,20})>/g);
  const users = new Set(named.filter((id) => parses(User) || allowed?.users?.includes(id)));
  if (pingsReplied) users.add(repliedTo);
  const namedRoles = new Set(idsIn(text, /<@&(\d{1,20})>/g));
  const pinged = (id: string) => namedRoles.has(id) && (parses(Role) || allowed?.roles?.includes(id));
  return {
    mentions: [...users].flatMap((id) => guild.members.get(id)?.user ?? []),
    mention_roles: guild.roles
      .filter(({ id, mentionable }) => pinged(id) && (mentionable || mayAll))
      .map(({ id }) => id),
    mention_everyone: mayAll && parses(Everyone) && /@(everyone|here)\b/.test(text),
  };
}

/** A message or a component: what has a type and no text counts too. */
type Texts = {
  readonly type?: number;
  readonly content?: string | null | undefined;
  readonly components?: readonly Texts[] | null | undefined;
};

/** All text of a message in which a mention counts: its content, and the text displays of Components V2. */
export function mentioningText({ content, components }: Texts): string {
  const own = content ?? '';
  return components?.length ? [own, ...components.map(mentioningText)].join('\n') : own;
}

function idsIn(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([, id = '']) => id);
}
