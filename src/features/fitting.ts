/** The first of `parts` that, joined by `separator`, have at most `max` characters: half a mention is none. */
export function fitting(parts: readonly string[], separator: string, max: number): readonly string[] {
  let length = -separator.length;
  const tooFar = parts.findIndex((part) => (length += separator.length + part.length) > max);
  return tooFar === -1 ? parts : parts.slice(0, tooFar);
}
