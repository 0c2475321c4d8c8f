import { readFileSync } from 'node:fs';
import type { RedisRole } from '../../src/redis/redis.ts';

const page = readFileSync(new URL('../../docs/redis.md', import.meta.url), 'utf8');

/** The user of a role as docs/redis.md gives it to operators: a line of redis.conf. */
export function aclUser(role: RedisRole, password: string): string {
  const line = new RegExp(`^user shoal_${role} .*$`, 'm').exec(page)?.[0];
  if (line === undefined) throw new Error(`docs/redis.md has no user for the ${role}`);
  return line.replace('>PASSWORD', `>${password}`);
}

/** What such a user needs on top in a cluster. */
export const aclOfCluster = /also gets `([^`]*)`/.exec(page)?.[1] ?? '';

/** The commands that a line allows, as `INFO commandstats` names them. */
export function allowedCommands(line: string): string[] {
  return [...line.matchAll(/ \+(\S+)/g)].map(([, name = '']) => name);
}
