/** `host:port` of a server's URL, without user and password, so that it may be shown. `defaultPort` where the URL names none. */
export function serverAddress(url: string, defaultPort: number): string {
  const parsed = URL.parse(url);
  if (parsed === null) return '(not a URL)';
  return `${parsed.hostname || 'localhost'}:${parsed.port || defaultPort}`;
}
