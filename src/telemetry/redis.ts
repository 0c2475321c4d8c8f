import { Counter, Gauge, Histogram } from './telemetry.ts';

/**
 * Of each command, from the call to the answer; one of a script is one. role: cache, state. outcome: ok, error (refused, late, or no
 * connection). Buckets surround a round trip (0.1 to 1 ms) and the limits of the roles (100 and 500 ms).
 */
export const redisCommandSeconds = new Histogram({
  name: 'shoal_redis_command_seconds',
  help: 'Seconds from a Redis command being sent to its answer, by role and outcome',
  labelNames: ['role', 'outcome'],
  buckets: [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.025, 0.1, 0.5],
});

/** Ready ones of this process: one of each role, another one that listens for invalidations, and in a cluster those to its nodes. */
export const redisConnections = new Gauge({
  name: 'shoal_redis_connections',
  help: 'Connections of this process to Redis that are ready, by role',
  labelNames: ['role'],
});

/** Each try counts, so that it goes on growing while a server is away. */
export const redisReconnectsTotal = new Counter({
  name: 'shoal_redis_reconnects_total',
  help: 'Tries to connect to Redis again after a connection was lost, by role',
  labelNames: ['role'],
});
