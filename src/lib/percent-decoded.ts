/** `undefined` for text that is not well-formed percent-encoding (a bare `%`, bytes that are not UTF-8). */
export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
