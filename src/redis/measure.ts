import type { Redis } from 'ioredis';
import { redisCommandSeconds, redisConnections, redisReconnectsTotal } from '../telemetry/redis.ts';
import type { RedisRole } from './server.ts';

/** Counts what goes over one connection. Of a cluster each node's: what it sends elsewhere (MOVED) is another command there. */
export function measure(client: Redis, role: RedisRole): void {
  measureConnection(client, role);
  const ok = redisCommandSeconds.labels({ role, outcome: 'ok' });
  const failed = redisCommandSeconds.labels({ role, outcome: 'error' });
  const send = client.sendCommand.bind(client);
  client.sendCommand = (command, stream) => {
    const startMs = performance.now();
    const seconds = () => (performance.now() - startMs) / 1000;
    command.promise.then(
      () => ok.observe(seconds()),
      () => failed.observe(seconds()),
    );
    return send(command, stream);
  };
}

function measureConnection(client: Redis, role: RedisRole): void {
  let ready = false;
  const set = (now: boolean) => {
    if (now !== ready) redisConnections.inc({ role }, now ? 1 : -1);
    ready = now;
  };
  redisConnections.inc({ role }, 0);
  redisReconnectsTotal.inc({ role }, 0);
  client.on('ready', () => set(true));
  client.on('close', () => set(false));
  client.on('reconnecting', () => redisReconnectsTotal.inc({ role }));
}
