import assert from 'node:assert/strict';
import { InvalidRequests } from '../../src/redis/invalid-requests.ts';
import { closeRedis, connectRedis } from '../../src/redis/redis.ts';
import type { FaultRequest } from '../../src/sandbox/client.ts';
import { dataFaults } from '../drill/data-faults.ts';
import { again, type Fault } from '../drill/fault.ts';
import type { World } from '../drill/world.ts';
import { shardFaults } from '../drill/shard-faults.ts';
import { workFaults } from '../drill/work-faults.ts';
import { customIdOf } from '../helpers/custom-id-of.ts';
import { eventually } from '../helpers/eventually.ts';
import { silentLog } from '../helpers/silent-log.ts';

/** Waits until Prometheus has data for an expression. */
export type Seen = (expr: string) => Promise<void>;

/** One of everything that a bot meets; each sees to it that it was noticed. The last one leaves the bot unable to call Discord. */
export const acts: Readonly<Record<string, (world: World, seen: Seen) => Promise<void>>> = {
  'a command of each family': useCommands,
  'autocomplete, a modal, a button': useForms,
  'messages of members': chat,
  'a cooldown': hurry,
  'a reminder': (world, seen) => remind(world, seen, 'shoal_reminders_sent_total'),
  'an upstream fails, is left alone and comes back': failUpstream,
  'an upstream is slow': (world, seen) =>
    during(world, { kind: 'upstream', mode: 'slow', delay_ms: 1_600 }, async () => {
      await world.run('weather', { city: 'Hamburg' });
      await seen('shoal_interaction_guard_total');
    }),
  'interactions come twice, and too late': dropInteractions,
  'Discord answers 429': (world, seen) =>
    during(world, { kind: 'rest-limit', count: 1, retry_after_ms: 100 }, async () => {
      await seen('shoal_rest_invalid_requests_total{status="429"} > 0');
    }),
  'gateway: op 7, op 9, a dead resume host': loseSessions,
  'a shard is killed': async (world, seen) => {
    const [shard] = await world.shards();
    process.kill(shard?.pid ?? 0, 'SIGKILL');
    await seen('shoal_shard_restarts_total{reason="crash"} > 0');
    await world.allServe();
  },
  'a shard hangs': async (world, seen) => {
    await strike(world, fault('shard-stopped'), () => seen('shoal_shard_restarts_total{reason="hung"} > 0'));
    await world.allServe();
  },
  'Discord fails': (world, seen) =>
    during(world, { kind: 'rest-error', route: 'POST /interactions/*', count: 20 }, () =>
      seen('shoal_interactions_total{outcome="lost"}'),
    ),
  'PostgreSQL undoes a transaction': conflict,
  'PgBouncer stands still': (world, seen) =>
    strike(world, fault('pgbouncer-frozen'), () => seen('shoal_db_query_seconds_count{outcome="timeout"}')),
  'the state Redis is away': async (world, seen) => {
    const repair = await fault('redis-state-killed').strike(world);
    await seen('shoal_interactions_unclaimed_total > 0');
    await repair();
    await seen('shoal_rest_limit_shared == 1');
  },
  'PostgreSQL refuses facts': (world, seen) =>
    strike(world, fault('facts-refused-by-postgres'), () =>
      seen('shoal_write_queue_dead_letters_total{kind="command_usage"} > 0'),
    ),
  'jobs fail': (world, seen) =>
    strike(world, fault('jobs-poisoned'), () => seen('shoal_jobs_ended_total{outcome=~"failed|dead"} > 0')),
};

/** The ban of Discord is near, as others on this address have caused it; from then on the bot calls only for interactions. */
export async function nearBan(world: World, seen: Seen): Promise<void> {
  const url = world.bot.world.servers.redisStateUrl;
  const redis = await connectRedis({ url, role: 'state', log: silentLog });
  try {
    const others = new InvalidRequests({ redis, log: silentLog });
    for (let refused = 0; refused < 9_000; refused++) others.count(429);
    const bot = new InvalidRequests({ redis, log: silentLog });
    await eventually('it is known to all', () => (others.count(429), bot.near));
    await remind(world, seen, 'shoal_rest_held_back_total > 0');
  } finally {
    await closeRedis(redis);
  }
}

async function useCommands({ run, bot }: World): Promise<void> {
  await run('weather', { city: 'Berlin' });
  await run('github user', { user: 'mira' });
  await run('wiki', { term: 'Tide' });
  await run('define', { word: 'tide' });
  await run('convert currency', { amount: '1', from: 'EUR', to: 'USD' });
  for (const command of ['help', 'about', 'stats', 'privacy export']) await run(command);
  const [guild] = await bot.world.sandbox.guilds();
  const owner = { userId: guild?.members.find(({ kind }) => kind === 'owner')?.id ?? '' };
  // A change: one that leaves the rule as it was is told to no other process.
  await run('settings command', { name: 'stats', cooldown: 60 }, owner);
  await run('giveaway start', { prize: 'A boat', ends: '1h' }, owner);
}

async function useForms({ run, bot }: World): Promise<void> {
  const { sandbox } = bot.world;
  const [guild] = await sandbox.guilds();
  const guildId = guild?.id ?? '';
  await sandbox.autocomplete({ guildId, command: 'weather', options: { city: 'Ber' }, focused: 'city' });
  const { interactionId } = await run('poll create', { question: 'Tea?' });
  const poll = await sandbox.submitModal({ interactionId, fields: { answers: 'Yes\nNo' } });
  await sandbox.useComponent({
    channelId: poll.channelId,
    messageId: poll.message?.id ?? '',
    customId: customIdOf(poll.components, 'Yes'),
  });
}

async function chat({ bot }: World, seen: Seen): Promise<void> {
  const [guild] = await bot.world.sandbox.guilds();
  const channelId = guild?.channels.find(({ type }) => type === 0)?.id ?? '';
  const userId = guild?.members.find(({ kind }) => kind === 'member')?.id ?? '';
  await bot.world.sandbox.chat({ channelId, userId, content: 'hello' });
  await seen('shoal_write_queue_written_total{kind="message_counts"}');
}

async function hurry({ bot }: World, seen: Seen): Promise<void> {
  const { sandbox } = bot.world;
  const [guild] = await sandbox.guilds();
  const use = { guildId: guild?.id ?? '', command: 'about' };
  await eventually('it is too soon', async () => (await sandbox.runCommand(use)).ephemeral);
  await seen('shoal_cooldowns_total{outcome="limited"}');
}

async function remind({ run }: World, seen: Seen, expr: string): Promise<void> {
  await run('remind create', { when: 'in 2 seconds', about: 'the tide' });
  await seen(expr);
}

async function failUpstream(world: World, seen: Seen): Promise<void> {
  // Something new each time, which no cache knows.
  const asking = again(200, async (turn) => void (await world.run('wiki', { term: `Tide ${turn}` })));
  await during(world, { kind: 'upstream', upstream: 'wikipedia', mode: 'status' }, () =>
    seen('shoal_breaker_events_total{breaker="upstream-wikipedia", event="rejected"}'),
  );
  await seen('shoal_breaker_events_total{breaker="upstream-wikipedia", event="closed"}');
  await asking();
}

async function dropInteractions({ bot }: World, seen: Seen): Promise<void> {
  const { sandbox } = bot.world;
  const [guild] = await sandbox.guilds();
  const fresh = (BigInt(Date.now()) - 1_420_070_400_000n) << 22n;
  for (const id of [fresh, fresh, fresh - (5_000n << 22n)]) {
    const interaction = { type: 2, token: 'none', application_id: '1', id: String(id) };
    await sandbox.dispatch(guild?.id ?? '', 'INTERACTION_CREATE', interaction);
  }
  await seen('shoal_interactions_dropped_total{reason="duplicate"}');
  await seen('shoal_interactions_dropped_total{reason="expired"}');
}

async function loseSessions(world: World, seen: Seen): Promise<void> {
  const { sandbox } = world.bot.world;
  await sandbox.reconnect();
  await seen('shoal_gateway_sessions_total{start="resume"} > 0');
  await sandbox.invalidateSessions({ resumable: false });
  await seen('shoal_gateway_sessions_total{start="identify"} > 1');
  await world.allServe();
  await during(world, { kind: 'refuse-connections', host: 'resume' }, async () => {
    await sandbox.dropConnections();
    await seen('shoal_gateway_watchdog_total');
  });
  await world.allServe();
}

/** Once, as two transactions in conflict would make it; the second attempt goes through. */
async function conflict({ sql, run }: World, seen: Seen): Promise<void> {
  await sql`create sequence strikes`;
  await sql`create function undo() returns trigger language plpgsql security definer as $$
    begin
      if nextval('strikes') = 1 then raise exception using errcode = '40001'; end if;
      return new;
    end $$`;
  await sql`create trigger undo before insert on polls for each row execute function undo()`;
  const poll = await run('poll create', { question: 'Again?', options: 'Yes | No' });
  assert.equal(poll.embeds[0]?.title, 'Again?');
  await seen('shoal_db_retries_total');
  await sql`drop trigger undo on polls`;
}

async function during(world: World, request: FaultRequest, work: () => Promise<void>): Promise<void> {
  const { sandbox } = world.bot.world;
  const { fault: on } = await sandbox.switchOn(request);
  await work();
  // One that ended by itself is gone already.
  await sandbox.clearFault(on.id).catch(() => {});
}

async function strike(world: World, { strike: begin }: Fault, work: () => Promise<void>): Promise<void> {
  const repair = await begin(world);
  await work();
  await repair();
}

function fault(name: string): Fault {
  const found = [...shardFaults, ...dataFaults, ...workFaults].find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no fault ${name}`);
  return found;
}
