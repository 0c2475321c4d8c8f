import type { Logger } from './log.ts';

/** Says which variables hold a secret that the scrubber cannot hide: once, by who starts the other processes. */
export function warnOfUnhidden(log: Logger, variables: readonly string[]): void {
  if (variables.length === 0) return;
  log.warn(
    { variables },
    'a secret of fewer than 8 characters is not hidden in the log where it stands alone; choose a longer one',
  );
}
