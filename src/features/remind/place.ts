import {
  ChannelType,
  PermissionFlagsBits,
  type APIApplicationCommandInteraction,
} from 'discord-api-types/v10';
import type { Say } from '../../i18n/i18n.ts';
import { Refusal } from '../feature.ts';
import { channelMention } from '../discord-markup.ts';
import type { words } from './words.ts';

const threads: readonly (ChannelType | undefined)[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

/**
 * The channel in which the command was given, if the member and the bot may write there; `undefined` in a direct message. Throws
 * a `Refusal` that says who lacks what.
 */
export function channelHere(
  interaction: APIApplicationCommandInteraction,
  say: Say<keyof (typeof words)['texts']['en']>,
): string | undefined {
  if (interaction.guild_id === undefined) return undefined;
  const { id, type } = interaction.channel;
  const channel = channelMention(id);
  const inThread = threads.includes(type);
  const sending = inThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  if (!has(interaction.member?.permissions, sending)) throw new Refusal(say('memberMayNot', { channel }));
  const lacking = [
    ['viewChannel', PermissionFlagsBits.ViewChannel] as const,
    [inThread ? 'sendInThreads' : 'sendMessages', sending] as const,
  ].find(([, bit]) => !has(interaction.app_permissions, bit));
  if (lacking !== undefined) throw new Refusal(say('botMayNot', { channel, permission: say(lacking[0]) }));
  return id;
}

function has(held = '0', bit: bigint): boolean {
  return (BigInt(held) & (bit | PermissionFlagsBits.Administrator)) !== 0n;
}
