import type { Command } from 'ioredis';
import { watchSpan } from '../telemetry/tracing.ts';
import type { Redis } from './redis.ts';
import type { RedisRole } from './server.ts';

/** Each command is a part of the trace that it belongs to: its name, never its keys and values. */
export function traceCommands(client: Redis, role: RedisRole): void {
  // That of a cluster takes more.
  const send = client.sendCommand.bind(client) as (command: Command, ...rest: unknown[]) => unknown;
  client.sendCommand = (command: Command, ...rest: unknown[]) => {
    const answer = send(command, ...rest);
    watchSpan(
      () => ({
        name: command.name,
        kind: 'client',
        attributes: {
          'db.system.name': 'redis',
          'db.operation.name': command.name,
          'shoal.redis.role': role,
        },
      }),
      () => command.promise,
    );
    return answer;
  };
}
