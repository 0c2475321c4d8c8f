/** What Discord's Markdown gives a meaning: anywhere in a text, and at the beginning of a line. */
const special = /[\\*_~`|>#[\]<@]|^-/gm;

/** Text of other people, to be read as they wrote it: nothing in it is formatted or a mention. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(special, String.raw`\$&`);
}
