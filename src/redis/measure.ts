import { Cluster, type Command, type Redis } from 'ioredis';
import { redisCommandSeconds, redisConnections, redisReconnectsTotal } from '../telemetry/redis.ts';
import type { RedisRole } from './server.ts';

/** Counts what goes over one connection, or through a client of a cluster, whose nodes' connections `measureConnection` counts. */
export function measure(client: Redis | Cluster, role: RedisRole): void {
  measureCommands(client, role);
  if (client instanceof Cluster) countReconnects(client, role);
  else measureConnection(client, role);
}

function measureCommands(client: Redis | Cluster, role: RedisRole): void {
  const ok = redisCommandSeconds.labels({ role, outcome: 'ok' });
  const failed = redisCommandSeconds.labels({ role, outcome: 'error' });
  const send = client.sendCommand.bind(client);
  client.sendCommand = (command: Command, stream?: Parameters<Redis['sendCommand']>[1], node?: unknown) => {
    const startMs = performance.now();
    const seconds = () => (performance.now() - startMs) / 1000;
    command.promise.then(
      () => ok.observe(seconds()),
      () => failed.observe(seconds()),
    );
    return send(command, stream, node);
  };
}

/** One connection, without its commands. */
export function measureConnection(client: Redis, role: RedisRole): void {
  let ready = false;
  const set = (now: boolean) => {
    if (now !== ready) redisConnections.inc({ role }, now ? 1 : -1);
    ready = now;
  };
  redisConnections.inc({ role }, 0);
  client.on('ready', () => set(true));
  client.on('close', () => set(false));
  countReconnects(client, role);
}

function countReconnects(client: Redis | Cluster, role: RedisRole): void {
  redisReconnectsTotal.inc({ role }, 0);
  client.on('reconnecting', () => redisReconnectsTotal.inc({ role }));
}
