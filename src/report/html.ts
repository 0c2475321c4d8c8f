/** Text for the inside of an element or of a quoted attribute. */
export function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '');
}

/** A description as HTML: Markdown's `code`, and numbers that stay with their unit. */
export function described(text: string): string {
  return escaped(text)
    .replaceAll(/(?<=\d) (?=%|m?s\b)/g, '\u{A0}')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
