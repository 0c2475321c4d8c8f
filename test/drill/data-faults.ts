import { killForRespawn } from '../helpers/respawn.ts';
import { freeze } from '../helpers/freeze.ts';
import type { Fault } from './fault.ts';
import type { World } from './world.ts';

type Server = Parameters<World['bot']['world']['servers']['pid']>[0];

/** What goes wrong with the servers that the bot keeps its data in. */
export const dataFaults: readonly Fault[] = [
  {
    name: 'redis-cache-killed',
    what: 'the Redis of the cache is killed',
    alerts: [
      { alert: 'RedisDown', labels: { role: 'cache' } },
      { alert: 'BreakerOpen', labels: { breaker: 'redis-cache' }, silenced: true },
    ],
    strike: (world) => kill(world, 'redis-cache'),
  },
  {
    name: 'redis-state-killed',
    what: 'the Redis of the state is killed',
    alerts: [
      { alert: 'RedisDown', labels: { role: 'state' } },
      { alert: 'BreakerOpen', labels: { breaker: 'redis-state' }, silenced: true },
    ],
    strike: (world) => kill(world, 'redis-state'),
  },
  {
    name: 'pgbouncer-frozen',
    what: 'PgBouncer is frozen (SIGSTOP) while facts come in',
    alerts: [
      { alert: 'PgbouncerDown' },
      { alert: 'DataUnavailable', labels: { severity: 'critical' }, silenced: true },
      { alert: 'WriteQueueOld', labels: { kind: 'command_usage' }, silenced: true },
    ],
    async strike(world) {
      const frozen = freeze([world.bot.world.servers.pid('pgbouncer')]);
      return async () => frozen.thaw();
    },
  },
  {
    name: 'postgres-killed',
    what: 'PostgreSQL is killed',
    alerts: [
      { alert: 'PostgresDown' },
      { alert: 'DataUnavailable', labels: { severity: 'critical' }, silenced: true },
    ],
    strike: (world) => kill(world, 'postgres'),
  },
];

async function kill({ bot, kept }: World, server: Server) {
  const start = killForRespawn(bot.world.servers.pid(server));
  return async () => {
    kept.use(await start());
  };
}
