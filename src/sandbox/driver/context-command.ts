import { ApplicationCommandType } from 'discord-api-types/v10';
import type { CommandRegistry, RegisteredCommand } from '../commands/command-registry.ts';
import type { ChannelMessages } from '../messages/channel-messages.ts';
import { Refusal } from './refusal.ts';
import { resolvedOf } from './resolved.ts';
import type { Scene } from './scene.ts';

export type ContextCommand = { readonly command: RegisteredCommand; readonly data: object };

const { User, Message } = ApplicationCommandType;

/**
 * The user or message command of this name, as the member runs it on what `targetId` names. Throws `Refusal` where
 * nobody registered it, or where there is no such member or message.
 */
export function contextCommand(
  name: string,
  targetId: string,
  scene: Scene,
  parts: { readonly registry: CommandRegistry; readonly messages: ChannelMessages },
): ContextCommand {
  const { guild, channel, member } = scene;
  const { registry, messages } = parts;
  const found = [User, Message].flatMap((type) => registry.find(guild.id, type, name) ?? []);
  if (found.length === 0) throw new Refusal(`there is no user or message command "${name}" here`);
  const isMember = guild.members.get(targetId) !== undefined;
  const message = messages.seen(channel.id, targetId, member.user.id)?.message;
  for (const command of found) {
    const resolved =
      command.type === User
        ? isMember && resolvedOf(new Set([targetId]), scene)
        : message && { messages: { [targetId]: message } };
    if (resolved) return { command, data: dataOf(command, targetId, resolved) };
  }
  const kinds = found.map(({ type }) => (type === User ? 'member' : 'message'));
  throw new Refusal(`"${name}" is for a ${kinds.join(' or a ')}, and ${targetId} is none here`);
}

function dataOf({ id, name, type, guild_id }: RegisteredCommand, targetId: string, resolved: object): object {
  return { id, name, type, ...(guild_id !== undefined && { guild_id }), target_id: targetId, resolved };
}
