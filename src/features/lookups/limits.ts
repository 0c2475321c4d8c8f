import type { Limit } from '../command.ts';

const member = { per: 'user', times: 5, withinSec: 10, whenRedisFails: 'local' } as const;

/** A free service is shared by all guilds: one of them may not use it up. */
export const lookupLimits: readonly Limit[] = [
  member,
  { per: 'guild', times: 60, withinSec: 60, whenRedisFails: 'local' },
];

/** Without a token GitHub answers 60 requests an hour, to all guilds together. */
export const gitHubLimits: readonly Limit[] = [
  member,
  { per: 'guild', times: 20, withinSec: 600, whenRedisFails: 'refuse' },
];
