import { escapeMarkdown } from '../../i18n/i18n.ts';

/** Only characters that end nothing and format nothing around it. */
const link = /(https?:\/\/[^\s<>*|~`\\[\]()]+)/;

/** What a member wrote, as they wrote it: one line, nothing in it is formatted or pings, and links still lead somewhere. */
export function aboutText(about: string): string {
  return about
    .split(link)
    .map((part) => (link.test(part) ? part : escapeMarkdown(part)))
    .join('');
}
