import { createHash } from 'node:crypto';
import { newPassword, scramVerifier } from './scram.ts';

/** The bot's keys alone, and nothing that is for administrators; docs/redis.md has rules that are narrower still. */
const botRules = 'resetchannels &shoal:* ~shoal:* +@all -@dangerous +info';
/** For people, inside the container: everything. */
const adminRules = '~* &* +@all';
/** What redis_exporter asks; it sees no key. */
const exporterRules =
  'resetchannels -@all +ping +info +config|get +client|setname +client|list +slowlog|get +slowlog|len +latency|latest +latency|histogram';
/** Whoever has no password may ask whether Redis answers: the health check. */
const defaultRules = 'on nopass resetchannels -@all +ping';

/**
 * What docker-compose.production.yml mounts below /run/secrets, as file name → text, with passwords that nobody has seen before.
 * The bot's token is missing, and where alerts go leads nowhere yet. A server gets verifiers and hashes where it can do with them.
 */
export function productionSecrets(): Readonly<Record<string, string>> {
  const [owner, app, exporter, stats] = [newPassword(), newPassword(), newPassword(), newPassword()];
  const appVerifier = scramVerifier(app);
  const redisAdmin = newPassword();
  const cache = redisSecrets('cache', redisAdmin);
  const state = redisSecrets('state', redisAdmin);
  return {
    postgres_password: newPassword(),
    'postgres_roles.sql': rolesSql({
      owner: scramVerifier(owner),
      app: appVerifier,
      exporter: scramVerifier(exporter),
    }),
    postgres_url: `postgres://shoal_app:${app}@pgbouncer:6432/shoal`,
    postgres_direct_url: `postgres://shoal_owner:${owner}@postgres:5432/shoal`,
    postgres_exporter_password: exporter,
    'pgbouncer_userlist.txt': `"shoal_app" "${appVerifier}"\n"shoal_stats" "${scramVerifier(stats)}"`,
    pgbouncer_stats_url: `postgres://shoal_stats:${stats}@pgbouncer:6432/pgbouncer`,
    redis_url: cache.url,
    'redis_cache.acl': cache.acl,
    redis_state_url: state.url,
    'redis_state.acl': state.acl,
    redis_admin_password: redisAdmin,
    'redis_exporter.json': JSON.stringify({ ...cache.exporter, ...state.exporter }),
    grafana_admin_password: newPassword(),
    // Where alerts go is the operator's to say; a file must be there, or Compose starts nothing.
    alert_chat_url: 'https://alerts.invalid/not-set',
    alert_pager_key: 'not-set',
    alert_dead_man_key: 'not-set',
  };
}

/** Runs once, in the new database `shoal`, as the superuser. */
function rolesSql(verifiers: Readonly<Record<'owner' | 'app' | 'exporter', string>>): string {
  return [
    ...Object.entries(verifiers).map(([role, text]) => `create role shoal_${role} login password '${text}';`),
    // So that the migrations may set the app role's limits.
    'grant shoal_app to shoal_owner;',
    'grant pg_monitor to shoal_exporter;',
    'grant pg_read_all_stats to shoal_owner;',
    'alter database shoal owner to shoal_owner;',
    'create extension pg_stat_statements;',
  ].join('\n');
}

interface RedisSecrets {
  readonly url: string;
  readonly acl: string;
  /** By the address, as redis_exporter looks a password up: with the user in it, or without (its versions differ). */
  readonly exporter: Readonly<Record<string, string>>;
}

function redisSecrets(role: 'cache' | 'state', admin: string): RedisSecrets {
  const [bot, exporter] = [newPassword(), newPassword()];
  const acl = [
    `user default ${defaultRules}`,
    `user shoal_${role} on #${sha256(bot)} ${botRules}`,
    `user shoal_admin on #${sha256(admin)} ${adminRules}`,
    `user shoal_exporter on #${sha256(exporter)} ${exporterRules}`,
  ].join('\n');
  return {
    url: `redis://shoal_${role}:${bot}@redis-${role}:6379`,
    acl,
    exporter: {
      [`redis://redis-${role}:6379`]: exporter,
      [`redis://shoal_exporter@redis-${role}:6379`]: exporter,
    },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
