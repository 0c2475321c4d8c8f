import { z } from 'zod';
import { parseHeaderList } from '../lib/header-list.ts';
import { parseHostPorts } from '../lib/host-port.ts';
import { percentDecoded } from '../lib/percent-decoded.ts';
import { parseSentinelUrl } from '../lib/sentinel-url.ts';

/** One environment variable: how it is checked, and what a person needs to know to set it right. */
export interface Variable {
  /** From the raw text; `undefined` where the variable is unset or empty. */
  readonly schema: z.ZodType<unknown, string | undefined>;
  /** One sentence for `.env.example` and for the error message: what to set. */
  readonly fix: string;
  /** As text, `undefined` where the variable is required. */
  readonly default?: string;
  /** A secret's value never appears in an error, a log line or a metric. */
  readonly secret?: true;
}

function url(protocols: readonly string[], defaultValue?: string) {
  const problem = `must be a URL that starts with ${protocols.map((name) => `${name}://`).join(' or ')}`;
  const checked = z
    .string('is not set')
    .refine((text) => isUrl(text, protocols), problem)
    .refine(hasDecodableLogin, 'has a user or password with a bare %: write it as %25');
  return defaultValue === undefined ? checked : checked.default(defaultValue);
}

/** The base URL of a service that commands look things up in. */
function service(defaultValue: string) {
  return {
    schema: url(['https', 'http'], defaultValue),
    fix: 'Leave it unset for the real service, or set it to one that answers like it.',
    default: defaultValue,
  };
}

/** Of Redis: that of Sentinels names several hosts, which no URL may by the standard. */
function redisUrl() {
  const shape = 'must be a URL that starts with redis:// or rediss://';
  return z
    .string('is not set')
    .refine(
      (text) => parseSentinelUrl(text) !== undefined || isUrl(text, ['redis', 'rediss']),
      `${shape}, or be redis+sentinel://HOST:PORT,HOST:PORT/NAME`,
    )
    .refine(hasDecodableLogin, 'has a user or password with a bare %: write it as %25');
}

function nodeList() {
  return z
    .string()
    .transform(parseHostPorts)
    .refine((nodes) => nodes !== undefined, 'must be a list of host:port')
    .optional();
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1));
}

/** A text that is no URL passes: the other rule names that problem. */
function hasDecodableLogin(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { username, password } = new URL(text);
  return percentDecoded(username + password) !== undefined;
}

function wholeNumber(min: number, max: number, defaultValue: number) {
  return numberBetween(min, max).default(defaultValue);
}

function wholeNumberOrNone(min: number, max: number) {
  return numberBetween(min, max).optional();
}

function numberBetween(min: number, max: number) {
  const problem = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, problem)
    .transform(Number)
    .refine((value) => value >= min && value <= max, problem);
}

/** `0-3,8` → [0, 1, 2, 3, 8]; sorted, without repeats. */
function parseShardIds(text: string): number[] {
  const ids = text.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.trim().split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(ids)].toSorted((a, b) => a - b);
}

const shardRange = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/;

function isShardList(text: string): boolean {
  return text.split(',').every((part) => {
    const match = shardRange.exec(part);
    return match !== null && (match[2] === undefined || Number(match[1]) <= Number(match[2]));
  });
}

/** Every variable that Shoal reads. `.env.example` lists the same ones; a test compares the two. */
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
      .regex(/^[\w.+-]{1,64}$/, 'must be at most 64 letters, digits and signs of a version')
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
  DISCORD_SHARDS: {
    schema: z
      .string()
      .refine(
        (text) => text === 'auto' || /^[1-9]\d{0,4}$/.test(text),
        'must be auto or a whole number from 1',
      )
      .transform((text): 'auto' | number => (text === 'auto' ? 'auto' : Number(text)))
      .default('auto'),
    fix: 'Set it to auto (Discord recommends) or to the number of shards of the whole bot.',
    default: 'auto',
  },
  SHARD_IDS: {
    schema: z
      .string()
      .refine(isShardList, 'must be a list of shard ids and rising ranges, like 0-3,8')
      .transform(parseShardIds)
      .optional(),
    fix: 'Leave it unset to run all shards here, or list the ones of this host, like 0-3,8.',
    default: '',
  },
  HOST_ORDINAL: {
    schema: wholeNumberOrNone(0, 9_999),
    fix: 'Set it to the number of this host, counted from 0; unset, it is what the host name ends in, like bot-2.',
    default: '',
  },
  HOST_COUNT: {
    schema: wholeNumberOrNone(1, 10_000),
    fix: 'Set it to the number of hosts that share the bot, or leave it unset to run all shards here.',
    default: '',
  },
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
  REDIS_URL: {
    schema: redisUrl(),
    fix: 'Set it to the cache Redis, like redis://127.0.0.1:6379.',
    secret: true,
  },
  REDIS_CLUSTER_NODES: {
    schema: nodeList(),
    fix: 'Set it to some nodes of the Redis Cluster that is the cache, like 10.0.0.1:6379,10.0.0.2:6379, or leave it unset.',
    default: '',
  },
  REDIS_STATE_URL: {
    schema: redisUrl().optional(),
    fix: 'Set it to a Redis that never evicts (noeviction, AOF); unset, REDIS_URL serves both roles.',
    default: '',
    secret: true,
  },
  REDIS_STATE_CLUSTER_NODES: {
    schema: nodeList(),
    fix: 'Set it to some nodes of the Redis Cluster that keeps the state, like 10.0.0.1:6379,10.0.0.2:6379, or leave it unset.',
    default: '',
  },
  REDIS_SENTINEL_PASSWORD: {
    schema: z.string().optional(),
    fix: 'Set it to the password that the Sentinels themselves ask for, or leave it unset.',
    default: '',
    secret: true,
  },
  REDIS_CA_FILE: {
    schema: z.string().optional(),
    fix: 'Set it to the PEM file of the authority that signed the certificates of rediss:// servers, or leave it unset.',
    default: '',
  },
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
    fix: 'Set it to the users whose data one process keeps in memory.',
    default: '5000',
  },
  LOCAL_CACHE_USER_TTL: {
    schema: wholeNumber(1, 86_400_000, 30_000),
    fix: 'Set it to the milliseconds a user may stay in memory.',
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
  OPEN_METEO_GEOCODING_URL: service('https://geocoding-api.open-meteo.com'),
  OPEN_METEO_URL: service('https://api.open-meteo.com'),
  GITHUB_API_URL: service('https://api.github.com'),
  GITHUB_TOKEN: {
    schema: z.string().regex(/^\w+$/, 'must be letters, digits and underscores').optional(),
    fix: 'Set it to a token without any scope (GitHub, Settings, Developer settings), or leave it unset for 60 requests an hour.',
    default: '',
    secret: true,
  },
  WIKIPEDIA_URL: {
    schema: url(['https', 'http'], 'https://{lang}.wikipedia.org'),
    fix: 'Leave it unset for the real service, or set it to one that answers like it; {lang} is the language.',
    default: 'https://{lang}.wikipedia.org',
  },
  DICTIONARY_URL: service('https://api.dictionaryapi.dev'),
  RATES_URL: service('https://open.er-api.com'),
  UPSTREAM_RESET_MS: {
    schema: wholeNumber(100, 3_600_000, 30_000),
    fix: 'Set it to the milliseconds for which a service that fails is left alone.',
    default: '30000',
  },
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
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: url(['http', 'https']).optional(),
    fix: 'Set it to the OTLP/HTTP collector that gets the traces, like http://127.0.0.1:4318, or leave it unset: no traces.',
    default: '',
    secret: true,
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {
    schema: url(['http', 'https']).optional(),
    fix: 'Set it where the path of the collector is not /v1/traces, like http://127.0.0.1:4318/traces; it is used as it is.',
    default: '',
    secret: true,
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    schema: z
      .string()
      .transform((text) => parseHeaderList(text))
      .refine((headers) => headers !== undefined, 'must be a list of name=value, with commas')
      .default({}),
    fix: 'Set it to what the collector wants to see, like api-key=KEY, with values percent-encoded, or leave it unset.',
    default: '',
    secret: true,
  },
  OTEL_TRACES_SAMPLER: {
    schema: z
      .enum(
        ['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'],
        'must be a parentbased_ sampler',
      )
      .default('parentbased_always_on'),
    fix: 'Set it to parentbased_always_on, parentbased_always_off or parentbased_traceidratio.',
    default: 'parentbased_always_on',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    schema: z
      .string()
      .regex(/^(?:0(?:\.\d{1,9})?|1(?:\.0)?)$/, 'must be a number from 0 to 1')
      .transform(Number)
      .default(1),
    fix: 'Set it to the part of the interactions that are traced under parentbased_traceidratio, like 0.01.',
    default: '1',
  },
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
