import { errorText } from '../lib/error-text.ts';
import { snowflakeTimeMs } from '../lib/snowflake.ts';
import { commandUsage } from '../queue/command-usage.ts';
import type { WriteQueue } from '../queue/queue.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Ended } from './interaction-path.ts';

/** Notes that a command was used. Nobody waits for it, and what is not taken is counted by the queue. */
export function recordUsage(queue: WriteQueue, log: Logger): (ended: Ended) => void {
  return ({ interaction: { id, guild_id: guildId = null }, command, outcome, shardId }) => {
    const body = { usedAtMs: snowflakeTimeMs(id), guildId, command, outcome, shardId };
    queue.enqueue(commandUsage, { key: id, body }).catch((error: unknown) => {
      log.debug({ interaction: id, reason: errorText(error) }, 'the use of a command is not recorded');
    });
  };
}
