import { z } from 'zod';
import { placementVariables } from './placement.ts';
import { redisVariables } from './redis.ts';
import { tracingVariables } from './tracing.ts';
import { upstreamVariables } from './upstreams.ts';
import { url, wholeNumber, type Variable } from './variable.ts';

/** Every variable that Shoal reads; those of one subject are defined with what it makes of them. `.env.example` lists the same ones; a test compares the two. */
export const variables = {
  NODE_ENV: {
    schema: z
      .enum(['production', 'development', 'test'], 'must be production, development or test')
      .default('production'),
    fix: 'Set it to production, development or test.',
    default: 'production',
  },
  LOG_LEVEL: {
    schema: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be a log level')
      .default('info'),
    fix: 'Set it to trace, debug, info, warn, error, fatal or silent.',
    default: 'info',
  },
  REVISION: {
    schema: z
      .string()
      .regex(/^[!-~]{1,100}$/, 'must be at most 100 letters, digits and signs')
      .optional(),
    fix: 'Leave it unset in a clone, whose commit each process sees by itself; an image has it from its build.',
    default: '',
  },
  DISCORD_TOKEN: {
    schema: z
      .string('is not set')
      .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'does not look like a bot token (three parts, two dots)'),
    fix: 'Copy the token from the Developer Portal, Bot, Reset Token; without the word "Bot".',
    secret: true,
  },
  DISCORD_API_URL: {
    schema: url(['https', 'http'], 'https://discord.com/api'),
    fix: "Leave it unset for Discord, or set it to the sandbox's REST address.",
    default: 'https://discord.com/api',
  },
  ...placementVariables,
  SHARDS_PER_PROCESS: {
    schema: wholeNumber(1, 100, 1),
    fix: 'Set it to the shards that share one process.',
    default: '1',
  },
  POSTGRES_URL: {
    schema: url(['postgres', 'postgresql']),
    fix: 'Set it to PgBouncer, like postgres://shoal_app:PASSWORD@127.0.0.1:6432/shoal.',
    secret: true,
  },
  POSTGRES_DIRECT_URL: {
    schema: url(['postgres', 'postgresql']),
    fix: 'Set it to PostgreSQL itself as the owner of the schema, like postgres://shoal_owner:PASSWORD@127.0.0.1:5432/shoal.',
    secret: true,
  },
  READ_REPLICA_POSTGRES_URL: {
    schema: url(['postgres', 'postgresql']).optional(),
    fix: 'Set it to a streaming replica as the same user, like POSTGRES_URL, or leave it unset to read the primary alone.',
    default: '',
    secret: true,
  },
  PG_POOL_MAX: {
    schema: wholeNumber(1, 100, 5),
    fix: 'Set it to the PgBouncer connections one process may hold.',
    default: '5',
  },
  ...redisVariables,
  LOCAL_CACHE_GUILD_MAX: {
    schema: wholeNumber(1, 1_000_000, 2000),
    fix: 'Set it to the guilds whose settings one process keeps in memory.',
    default: '2000',
  },
  LOCAL_CACHE_GUILD_TTL: {
    schema: wholeNumber(1, 86_400_000, 60_000),
    fix: 'Set it to the milliseconds a guild may stay in memory.',
    default: '60000',
  },
  LOCAL_CACHE_USER_MAX: {
    schema: wholeNumber(1, 1_000_000, 5000),
    fix: 'Leave it unset: no feature keeps users in memory yet.',
    default: '5000',
  },
  LOCAL_CACHE_USER_TTL: {
    schema: wholeNumber(1, 86_400_000, 30_000),
    fix: 'Leave it unset: no feature keeps users in memory yet.',
    default: '30000',
  },
  GUILD_CACHE_TTL_SEC: {
    schema: wholeNumber(1, 86_400, 60),
    fix: 'Set it to the seconds a guild may stay in Redis.',
    default: '60',
  },
  WRITE_QUEUE_DIR: {
    schema: z
      .string()
      .max(75, 'must be at most 75 characters: it holds unix sockets, whose paths may have 107')
      .default('shoal-write-queue'),
    fix: 'Set it to a folder on a local disk that outlives the process (a volume inside a container), one per bot and host.',
    default: 'shoal-write-queue',
  },
  ...upstreamVariables,
  METRICS_HOST: {
    schema: z.string().default('127.0.0.1'),
    fix: 'Set it to the address that serves /metrics (0.0.0.0 inside a container).',
    default: '127.0.0.1',
  },
  METRICS_PORT: {
    schema: wholeNumber(0, 65_535, 9470),
    fix: 'Set it to a free TCP port (0: any free one).',
    default: '9470',
  },
  JOBS_METRICS_PORT: {
    schema: wholeNumber(0, 65_535, 9471),
    fix: 'Set it to a free TCP port (0: any free one).',
    default: '9471',
  },
  JOBS_INSTANCE: {
    schema: wholeNumber(0, 99, 0),
    fix: 'Leave it unset: PM2 numbers the jobs processes of a host with it, and it is added to JOBS_METRICS_PORT.',
    default: '0',
  },
  PGBOUNCER_EXPORTER_PORT: {
    schema: wholeNumber(0, 65_535, 9127),
    fix: 'Set it to a free TCP port (0: any free one).',
    default: '9127',
  },
  ADMIN_SOCKET: {
    schema: z
      .string()
      .max(100, 'must be at most 100 characters, the limit of a unix socket')
      .default('shoal-admin.sock'),
    fix: 'Set it to a path in a folder that only the operator may write to.',
    default: 'shoal-admin.sock',
  },
  ...tracingVariables,
  OWNER_IDS: {
    schema: z
      .string()
      .regex(/^\s*\d{15,20}(\s*,\s*\d{15,20})*\s*$/, 'must be a list of user ids')
      .transform((text) => text.split(',').map((id) => id.trim()))
      .optional(),
    fix: 'Set it to the ids of those who may use /health, like 80351110224678912,175928847299117063, or leave it unset: the owner of the application, or its team.',
    default: '',
  },
  SUPPORT_URL: {
    schema: url(['https', 'http']).optional(),
    fix: 'Set it to the page where members get help, or leave it unset.',
    default: '',
  },
  INVITE_URL: {
    schema: url(['https', 'http']).optional(),
    fix: 'Set it to the link that adds the bot to a server, or leave it unset.',
    default: '',
  },
} as const satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof variables;
export type Values<N extends VariableName> = { [K in N]: z.output<(typeof variables)[K]['schema']> };
