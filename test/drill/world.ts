import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import postgres, { type Sql } from 'postgres';
import { Child } from '../../src/demo/child.ts';
import { fetchAdminStatus } from '../../src/ipc/admin-client.ts';
import type { ShardSupervision } from '../../src/ipc/supervision.ts';
import { closeRedis, connectRedis } from '../../src/redis/redis.ts';
import type { RunCommand } from '../../src/sandbox/client.ts';
import { openLoop } from '../cluster/open-loop.ts';
import { eventually } from '../helpers/eventually.ts';
import { startManager } from '../helpers/manager.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { watchedBot, type WatchedBot } from '../ops/stage.ts';
import { outside, type Outside } from './alarm.ts';
import { scaleRoutes, scaleRules } from './scale.ts';

/** A rule that waits for five minutes waits for ten seconds. */
export const factor = 30;

/** 15 s by the factor is 0.5 s, but the manager gives a shard that hangs 1.5 s to answer a scrape. */
export const everySec = 2;

/** Members at work, so that there is something to measure. */
const pingsPerSecond = 5;

/** A bot that is watched with the rules that ship, in quick motion, and used. */
export interface World extends AsyncDisposable {
  readonly bot: WatchedBot;
  readonly outside: Outside;
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
  run(command: string, options: NonNullable<RunCommand['options']>): Promise<void>;
}

/** `queueFolder`: where facts wait. */
export async function openWorld(queueFolder: string): Promise<World> {
  await using kept = new AsyncDisposableStack();
  const told = kept.use(await outside());
  const bot = kept.use(
    await watchedBot({
      env: { WRITE_QUEUE_DIR: queueFolder },
      everySec,
      // Of 1 min: so long a notification that was lost would be missed.
      args: [`--rules.alert.resend-delay=${60 / factor}s`],
      adapt: (folder) => inQuickMotion(folder, told.url),
    }),
  );
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
    outside: told,
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
    run: async (command, options) => {
      const used = await redis.keys('shoal:limit:*');
      if (used.length > 0) await redis.del(...used);
      await sandbox.runCommand({ guildId: guildIds[0] ?? '', command, options });
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** The same rules and routes with their durations divided, and the ways out of Alertmanager led here. */
async function inQuickMotion(folder: string, url: string): Promise<void> {
  const rules = path.join(folder, 'prometheus/rules');
  const pace = { factor, shortestMs: 3 * everySec * 1_000 };
  for (const name of await readdir(rules)) {
    const file = path.join(rules, name);
    await writeFile(file, scaleRules(await readFile(file, 'utf8'), pace));
  }
  const secrets = path.join(folder, 'secrets');
  await mkdir(secrets);
  for (const [name, secret] of Object.entries({
    'chat-url': `${url}/chat`,
    'pager-key': 'fake-pager',
    'dead-man-key': 'fake-dead-man',
  }))
    await writeFile(path.join(secrets, name), secret);
  const file = path.join(folder, 'alertmanager/alertmanager.yml');
  const routes = scaleRoutes(await readFile(file, 'utf8'), factor)
    .replaceAll('/etc/alertmanager/secrets', secrets)
    .replace('https://dead-man.example.org', url)
    .replace('- routing_key_file', `- url: ${url}/pager\n        routing_key_file`);
  await writeFile(file, routes);
}
