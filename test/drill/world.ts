import postgres, { type Sql } from 'postgres';
import { Child } from '../../src/demo/child.ts';
import { fetchAdminStatus } from '../../src/ipc/admin-client.ts';
import type { ShardSupervision } from '../../src/ipc/supervision.ts';
import { closeRedis, connectRedis } from '../../src/redis/redis.ts';
import type { InteractionSight, RunCommand } from '../../src/sandbox/client.ts';
import { openLoop } from '../cluster/open-loop.ts';
import { eventually } from '../helpers/eventually.ts';
import { startManager } from '../helpers/manager.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { watchedBot, type WatchedBot, type Watching } from '../ops/stage.ts';

/** Members at work, so that there is something to measure. */
const pingsPerSecond = 5;

/** A bot that is watched and used, and what it takes to break it. */
export interface World extends AsyncDisposable {
  readonly bot: WatchedBot;
  /** The owner's, straight to PostgreSQL. */
  readonly sql: Sql;
  /** What is started in the place of what was stopped lives as long as the world. */
  readonly kept: AsyncDisposableStack;
  shards(): Promise<readonly ShardSupervision[]>;
  allServe(): Promise<void>;
  /** Of the one that runs now. */
  managerPid(): number;
  startManager(): Promise<void>;
  jobsPid(): number;
  startJobs(): Promise<void>;
  /** As a member whose cooldowns are over. */
  readonly run: (
    command: string,
    options?: NonNullable<RunCommand['options']>,
    person?: Partial<RunCommand>,
  ) => Promise<InteractionSight>;
}

export async function openWorld(watching: Watching): Promise<World> {
  await using kept = new AsyncDisposableStack();
  const bot = kept.use(await watchedBot(watching));
  let { manager, jobs } = bot;
  const { servers, sandbox } = bot.world;
  const sql = kept.adopt(postgres(servers.directUrl, { max: 1, onnotice: () => undefined }), (open) =>
    open.end({ timeout: 0 }),
  );
  const state = { url: servers.redisStateUrl, role: 'state', log: silentLog } as const;
  const redis = kept.adopt(await connectRedis(state), closeRedis);
  const guildIds = (await sandbox.guilds()).map(({ id }) => id);
  kept.use(openLoop(sandbox, guildIds, pingsPerSecond));
  const shards = async () => (await fetchAdminStatus(bot.env['ADMIN_SOCKET'] ?? '')).shards;
  const opened = kept.move();
  return {
    bot,
    sql,
    kept: opened,
    shards,
    allServe: () =>
      eventually(
        'every shard serves',
        async () => (await shards()).every(({ state: now }) => now === 'ready'),
        60_000,
      ).then(() => undefined),
    managerPid: () => manager.pid,
    startManager: () => (manager = opened.use(startManager(bot.env))).ready,
    jobsPid: () => jobs.pid ?? 0,
    startJobs: () => (jobs = opened.use(new Child('jobs', [], bot.env))).message('ready'),
    run: async (command, options = {}, person = {}) => {
      const used = await redis.keys('shoal:limit:*');
      if (used.length > 0) await redis.del(...used);
      return sandbox.runCommand({ guildId: guildIds[0] ?? '', command, options, ...person });
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
