import { verbatim } from '../i18n/i18n.ts';

type Markup = ReturnType<typeof verbatim>;

/** Discord shows it as a time from now, in the reader's language (reference, "Message Formatting"). */
export function relativeTime(date: Date): Markup {
  return verbatim(`<t:${Math.round(date.getTime() / 1_000)}:R>`);
}

export function channelMention(channelId: string): Markup {
  return verbatim(`<#${channelId}>`);
}

/** Of a message, or of the channel where it is not known. */
export function linkTo(guildId: string, channelId: string, messageId: string | null): string {
  const channel = `https://discord.com/channels/${guildId}/${channelId}`;
  return messageId === null ? channel : `${channel}/${messageId}`;
}
