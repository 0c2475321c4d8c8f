import type { Program } from './package-installation.ts';

export const redisProgram: Program = { command: 'redis-server', apt: 'redis-server', brew: 'redis' };

export const pgbouncerProgram: Program = { command: 'pgbouncer', apt: 'pgbouncer', brew: 'pgbouncer' };
