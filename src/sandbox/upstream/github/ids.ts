/** An opaque id as GitHub's: what it is, and its number. */
export function nodeId(kind: string, id: number): string {
  return Buffer.from(`${kind.length}:${kind}${id}`).toString('base64');
}

/** `2020-01-31T12:00:00Z` */
export function isoSeconds(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
