/** What a call to Discord is about, without its ids and tokens. */
export type RouteClass =
  | 'callback'
  | 'webhook'
  | 'message'
  | 'channel'
  | 'guild'
  | 'user'
  | 'commands'
  | 'application'
  | 'gateway'
  | 'other';

/** callback: the first answer to an interaction; webhook: everything after it, by the interaction's token; message: of a channel. */
const classes: readonly (readonly [RegExp, RouteClass])[] = [
  [/^interactions\/\d+\/[^/]+\/callback$/, 'callback'],
  [/^webhooks\//, 'webhook'],
  [/^channels\/\d+\/messages/, 'message'],
  [/^channels\//, 'channel'],
  [/^guilds\//, 'guild'],
  [/^users\//, 'user'],
  [/^applications\/\d+\/(?:guilds\/\d+\/)?commands/, 'commands'],
  [/^applications\//, 'application'],
  [/^gateway/, 'gateway'],
];

/** Of a whole URL, whatever stands before the version (`/api/v10/`). */
export function routeClass(url: string): RouteClass {
  const path = new URL(url).pathname.replace(/^.*?\/v\d+\//, '');
  return classes.find(([shape]) => shape.test(path))?.[1] ?? 'other';
}
