import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { CommandContext } from '../context.ts';
import { Refusal } from '../feature.ts';
import { channelMention } from '../discord-markup.ts';
import { lackingPermissions, permissionWords } from '../permission-words.ts';
import { sendingIn } from '../sending.ts';
import { words } from './words.ts';

/**
 * The channel in which the command was given, if the member and the bot may write there; `undefined` in a direct message. Throws
 * a `Refusal` that says who lacks what.
 */
export function channelHere({
  interaction,
  speech,
  say: sayOf,
}: Pick<CommandContext, 'interaction' | 'speech' | 'say'>): string | undefined {
  const say = sayOf(words);
  if (interaction.guild_id === undefined) return undefined;
  const { id, type } = interaction.channel;
  const channel = channelMention(id);
  const sending = sendingIn(type);
  if (!has(interaction.member?.permissions, sending)) throw new Refusal(say('memberMayNot', { channel }));
  const lacking = (['ViewChannel', sending] as const).find((name) => !has(interaction.app_permissions, name));
  if (lacking !== undefined)
    throw new Refusal(say('botMayNot', { channel, permission: permissionWords.in(speech)(lacking) }));
  return id;
}

function has(held = '0', name: keyof typeof PermissionFlagsBits): boolean {
  return lackingPermissions(PermissionFlagsBits[name], BigInt(held)) === 0n;
}
