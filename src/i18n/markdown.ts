/** What Discord's Markdown gives a meaning: anywhere in a text, and at the beginning of a line. */
const special = /[\\*_~`|>#[\]<@]|^-/gm;

/** Only characters that end nothing and format nothing around it; a backslash in it would lead elsewhere. */
const link = /(https?:\/\/[^\s<>*|~`\\[\]()]+)/;

/** Text of other people, to be read as they wrote it: nothing in it is formatted or a mention, and links still lead somewhere. */
export function escapeMarkdown(text: string): string {
  return text
    .split(link)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(special, String.raw`\$&`)))
    .join('');
}
