import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { connectDb, type Db } from '../../src/db/db.ts';
import { Child, type Environment } from '../../src/demo/child.ts';
import { Channel } from '../../src/ipc/ipc.ts';
import type { RequestsToManager, RequestsToShard } from '../../src/ipc/messages.ts';
import { closeRedis, connectRedis } from '../../src/redis/redis.ts';
import type {
  Autocomplete,
  AutocompleteSight,
  GuildSight,
  InteractionSight,
  RunCommand,
} from '../../src/sandbox/client.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { customIdOf } from '../helpers/custom-id-of.ts';
import { root } from '../helpers/processes.ts';
import { silentLog } from '../helpers/silent-log.ts';

type Kind = GuildSight['members'][number]['kind'];
type Person = { readonly as?: Kind; readonly locale?: NonNullable<RunCommand['locale']> };

/** The bot as it is, one shard of it and the jobs process, for the tests of its commands. */
export interface FeatureStage extends AsyncDisposable {
  readonly world: Surroundings;
  /** Its database, as the bot's own role. */
  readonly db: Db;
  readonly guild: GuildSight;
  /** Kills the process and starts another one. */
  readonly restart: (part: 'shard' | 'jobs') => Promise<void>;
  /** What shard and jobs have printed. */
  printed(): string;
  /** Of the shard, as Prometheus reads them. */
  metrics(): Promise<string>;
  member(kind: Kind): string;
  /** As an ordinary member, where nothing else is said, who has used nothing lately: no cooldown holds from one run to the next. */
  run(
    command: string,
    options?: NonNullable<RunCommand['options']>,
    person?: Person & Partial<RunCommand>,
  ): Promise<InteractionSight>;
  type(
    command: string,
    options: NonNullable<RunCommand['options']>,
    focused: string,
    person?: Person & Partial<Autocomplete>,
  ): Promise<AutocompleteSight['choices']>;
  /** Staff choose the language of the guild, in which everybody reads its polls and giveaways. */
  speaks(locale: 'en-US' | 'de' | 'ko'): Promise<void>;
  /** Presses the button, or chooses in the select, whose label or placeholder or custom id is or contains `what`. */
  press(
    seen: InteractionSight,
    what: string,
    person?: Person & { readonly values?: readonly string[]; readonly userId?: string },
  ): Promise<InteractionSight>;
}

/** `env`: more variables for the bot. The guild's owner runs the bot, too. */
export async function featureStage(env: Environment = {}): Promise<FeatureStage> {
  await using opened = new AsyncDisposableStack();
  const world = opened.use(await surroundings({ shards: 1 }));
  const [guild] = await world.sandbox.guilds();
  assert.ok(guild);
  const member = (kind: Kind): string => {
    const found = guild.members.find((candidate) => candidate.kind === kind);
    assert.ok(found, `the guild has no ${kind}`);
    return found.id;
  };
  const environment = { ...world.env, OWNER_IDS: member('owner'), ...env };
  await new Child('deploy-commands', [], environment).done();
  let printed = '';
  const hear = (chunk: Buffer) => (printed += chunk.toString());
  const parts = { shard: await startShard(environment, hear), jobs: await startJobs(environment, hear) };
  opened.defer(() => parts.shard.end());
  opened.defer(() => parts.jobs.end());
  const url = world.servers.postgresUrl;
  const db = opened.adopt(await connectDb({ url, poolMax: 2, log: silentLog }), (pool) => pool.close());
  const state = { url: world.servers.redisStateUrl, role: 'state', log: silentLog } as const;
  const redis = opened.adopt(await connectRedis(state), closeRedis);
  const rested = async (): Promise<void> => {
    const used = await redis.keys('shoal:limit:*');
    if (used.length > 0) await redis.del(...used);
  };
  const kept = opened.move();
  return {
    world,
    db,
    guild,
    printed: () => printed,
    metrics: () => parts.shard.channel.request('metrics-text', 3_000),
    member,
    restart: async (part) => {
      await parts[part].end();
      if (part === 'shard') parts.shard = await startShard(environment, hear);
      else parts.jobs = await startJobs(environment, hear);
    },
    run: async (command, options = {}, { as = 'member', ...more } = {}) => {
      await rested();
      return world.sandbox.runCommand({ guildId: guild.id, userId: member(as), command, options, ...more });
    },
    speaks: async (locale) => {
      await rested();
      const place = { guildId: guild.id, userId: member('owner'), command: 'settings set' };
      await world.sandbox.runCommand({ ...place, options: { locale } });
    },
    type: async (command, options, focused, { as = 'member', ...more } = {}) => {
      const typed = { guildId: guild.id, userId: member(as), command, options, focused, ...more };
      return (await world.sandbox.autocomplete(typed)).choices;
    },
    press: async ({ channelId, message, components }, what, { as = 'member', ...more } = {}) => {
      assert.ok(message, 'nothing to press: there is no message');
      await rested();
      return world.sandbox.useComponent({
        channelId,
        messageId: message.id,
        userId: member(as),
        customId: customIdOf(components, what),
        ...more,
      });
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** What a member reads, without what differs from run to run: ids, times, references and signatures. */
export function readable({ content, embeds, components }: InteractionSight): object {
  const text = JSON.stringify({ content, embeds, components }, (key, value: unknown) =>
    key === 'custom_id' ? String(value).split(':').slice(0, 2).join(':') : value,
  );
  return JSON.parse(
    text
      .replaceAll(/[\da-f]{64}/g, 'HASH')
      .replaceAll(/\d{17,20}/g, 'ID')
      .replaceAll(/<t:\d+/g, '<t:TIME')
      .replaceAll(/[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}/g, 'REFERENCE')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)/g, 'DATE'),
  ) as object;
}

interface Part {
  end(): Promise<void>;
}
interface ShardPart extends Part {
  readonly channel: Channel<RequestsToShard, RequestsToManager>;
}
type Hear = (chunk: Buffer) => void;

async function startShard(environment: Environment, hear: Hear): Promise<ShardPart> {
  const ready = Promise.withResolvers<void>();
  const shard = fork(path.join(root, 'src/bin/shard.ts'), {
    env: { ...environment, SHARDS: '0', SHARD_COUNT: '1' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  shard.stdout?.on('data', hear);
  const ended = once(shard, 'close');
  const channel: Channel<RequestsToShard, RequestsToManager> = new Channel<
    RequestsToShard,
    RequestsToManager
  >(
    shard,
    // What the manager knows of a cluster that is this one process.
    {
      'cluster-status': async () => {
        const status = await channel.request('status', 3_000);
        return { shardCount: 1, processes: [status], missing: [] };
      },
      'cluster-health': async () => [{ shardIds: [0], health: await channel.request('health', 3_000) }],
    },
    { serving: () => ready.resolve(), failed: (reason) => ready.reject(new Error(reason)) },
  );
  await ready.promise;
  return { channel, end: async () => void (shard.kill('SIGKILL'), await ended) };
}

async function startJobs(environment: Environment, hear: Hear): Promise<Part> {
  const jobs = fork(path.join(root, 'src/bin/jobs.ts'), {
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  jobs.stdout?.on('data', hear);
  const ended = once(jobs, 'close');
  await Promise.race([
    once(jobs, 'message'),
    ended.then(([code]) => assert.fail(`jobs ended with ${String(code)}`)),
  ]);
  return { end: async () => void (jobs.kill('SIGKILL'), await ended) };
}
