/** What a credential looks like, wherever it turns up in a line. Each pattern keeps its first group and hides the rest. */
const patterns: readonly RegExp[] = [
  // Bot tokens: base64 id, timestamp, HMAC (27 characters in old tokens, 38 now).
  /()[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g,
  // user:password@ in any URL (PostgreSQL, Redis, an upstream).
  /([a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*:)[^\s@"]+(?=@)/gi,
  // Interaction and webhook tokens in paths: /interactions/{id}/{token}, /webhooks/{id}/{token}.
  /(\/(?:interactions|webhooks)\/\d{15,21}\/)[\w-]{20,}/g,
  /((?:Bot|Bearer) )[\w.-]{20,}/g,
];

/** A shorter one would blot out words and numbers that are none. */
const shortestKnown = 8;

/** Whether `createScrubber` hides it wherever it stands, rather than only where it looks like a credential. */
export function isHidden(secret: string): boolean {
  return secret.length >= shortestKnown;
}

/**
 * Returns a function that removes credentials from a line of text: the known secrets by value, and whatever looks like one.
 * It works on the finished line because redaction by object path misses secrets inside messages, URLs and stacks.
 */
export function createScrubber(secrets: readonly string[]): (line: string) => string {
  // A line is JSON, in which a quote or backslash of a password stands behind another one.
  const known = new Set(
    secrets.filter(isHidden).flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]),
  );
  return (line) => {
    let clean = line;
    for (const secret of known) clean = clean.replaceAll(secret, '[hidden]');
    for (const pattern of patterns) clean = clean.replace(pattern, '$1[hidden]');
    return clean;
  };
}
