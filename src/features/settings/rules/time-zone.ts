/** The IANA name as Intl writes it (`europe/berlin` → `Europe/Berlin`); `undefined` for a zone that does not exist. */
export function canonicalTimeZone(text: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
