import { verbatim } from '../i18n/i18n.ts';

type Markup = ReturnType<typeof verbatim>;

/**
 * A moment as Discord's client shows it, in the language and zone of whoever reads: how far away it is, or the day and time
 * (reference, "Timestamp Styles").
 */
export function shownTime(at: Date, style: 'R' | 'F'): Markup {
  return verbatim(`<t:${Math.floor(at.getTime() / 1_000)}:${style}>`);
}

export function channelMention(channelId: string): Markup {
  return verbatim(`<#${channelId}>`);
}

/** Of a message, or of the channel where it is not known. */
export function linkTo(guildId: string, channelId: string, messageId: string | null): string {
  const channel = `https://discord.com/channels/${guildId}/${channelId}`;
  return messageId === null ? channel : `${channel}/${messageId}`;
}
