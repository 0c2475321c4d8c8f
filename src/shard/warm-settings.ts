import { errorText } from '../lib/error-text.ts';
import type { Settings } from '../settings/settings.ts';
import type { Logger } from '../telemetry/log.ts';

/** Guilds in one round trip to Redis and one query: well under a millisecond of either. */
const batchSize = 250;

/**
 * Brings the settings of `guildIds` into this process's memory, so that a start costs PostgreSQL a query for each batch instead of one
 * for each guild that is first heard of. Never rejects: what is not had now is read when it is asked for.
 */
export async function warmSettings(
  settings: Settings,
  guildIds: readonly string[],
  log: Logger,
): Promise<void> {
  try {
    for (let start = 0; start < guildIds.length; start += batchSize)
      await settings.getMany(guildIds.slice(start, start + batchSize));
  } catch (error) {
    log.debug({ reason: errorText(error) }, 'settings are not warmed up');
  }
}
