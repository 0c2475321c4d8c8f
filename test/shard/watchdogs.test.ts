import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createDiscordRest } from '../../src/discord/discord.ts';
import { createIdentifySlots } from '../../src/redis/identify-slots.ts';
import { keys } from '../../src/redis/keys.ts';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { Gateway } from '../../src/shard/gateway.ts';
import { eventually } from '../helpers/eventually.ts';
import { metricValue } from '../helpers/metric-value.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { startArena, type Arena } from '../sandbox/arena.ts';

function ready(gateway: Gateway, what: { identifies: number; resumes: number }): Promise<true> {
  return eventually(
    `ready with ${JSON.stringify(what)}, now ${JSON.stringify(gateway.status())}`,
    () => {
      const [shard] = gateway.status();
      return (
        shard?.state === 'ready' && shard.identifies === what.identifies && shard.resumes === what.resumes
      );
    },
    25_000,
  );
}

/** Listens as a frozen process does: the kernel accepts, and nothing answers. */
async function silentHost() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    sockets.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return sockets.length;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A sandbox whose bot nobody else is: its keys in Redis are its own. */
class Stage implements AsyncDisposable {
  readonly tokenHash = randomUUID();
  readonly arena: Arena;
  readonly #redis: Redis;
  readonly #opened = new AsyncDisposableStack();

  static async open(redis: Redis): Promise<Stage> {
    return new Stage(redis, await startArena({ timing: { identifyWindowMs: 0, identifyDayMs: 2_000 } }));
  }

  private constructor(redis: Redis, arena: Arena) {
    this.#redis = redis;
    this.arena = this.#opened.use(arena);
  }

  /** A gateway of one shard, connected. */
  async connected(): Promise<Gateway> {
    const { token, restUrl: apiUrl } = this.arena.sandbox;
    const { api } = createDiscordRest({ token, apiUrl, onUnauthorized: () => {} });
    const { tokenHash } = this;
    const gateway = new Gateway({
      api,
      token,
      tokenHash,
      intents: 1,
      shardIds: [0],
      shardCount: 1,
      state: this.#redis,
      slots: createIdentifySlots({ redis: this.#redis, tokenHash, log: silentLog, windowMs: 0 }),
      onDispatch: () => undefined,
      onServing: () => {},
      log: silentLog,
    });
    this.#opened.defer(() => gateway.handOver());
    await gateway.connect(new AbortController().signal);
    return gateway;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#opened.disposeAsync();
  }
}

// What they wait for are our own deadlines: together they need no longer than one.
describe('a gateway connection that would not heal by itself', { concurrency: true }, () => {
  let servers: TestRedis;
  let redis: Redis;

  before(async () => {
    servers = await testRedis();
    redis = await connectRedis({ url: servers.redisStateUrl, role: 'state', log: silentLog });
  });
  after(async () => {
    await closeRedis(redis);
    await servers.stop();
  });

  test('a dropped connection and a gateway that is away for a while cost no session', async () => {
    await using stage = await Stage.open(redis);
    const { client } = stage.arena;
    const gateway = await stage.connected();
    await client.dropConnections();
    await ready(gateway, { identifies: 1, resumes: 1 });
    const { fault } = await client.switchOn({ kind: 'refuse-connections', host: 'any' });
    await client.dropConnections();
    await eventually('it was refused several times', async () => {
      const seen = (await client.faults()).find(({ id }) => id === fault.id);
      return seen !== undefined && seen.struck >= 4;
    });
    await client.clearFaults();
    await ready(gateway, { identifies: 1, resumes: 2 });
  });

  test('a resume host that is dead is left for the base gateway, with the session', async () => {
    await using stage = await Stage.open(redis);
    const { client } = stage.arena;
    const gateway = await stage.connected();
    await client.switchOn({ kind: 'refuse-connections', host: 'resume' });
    await client.dropConnections();
    await ready(gateway, { identifies: 1, resumes: 1 });
    await client.dropConnections();
    await ready(gateway, { identifies: 1, resumes: 2 });
  });

  test('a resume host that takes connections and never says a word is left too, and ends no process', async () => {
    await using stage = await Stage.open(redis);
    await (await stage.connected()).handOver();
    await using silent = await silentHost();
    const key = keys.shardSession({ tokenHash: stage.tokenHash, shardCount: 1, shardId: 0 });
    const session = JSON.parse((await redis.get(key)) ?? '{}') as Record<string, unknown>;
    await redis.set(key, JSON.stringify({ ...session, resumeUrl: silent.url }));
    const successor = await stage.connected();
    await ready(successor, { identifies: 0, resumes: 1 });
    assert.equal(silent.connections, 3);
  });

  test('a RESUME that stays unanswered gives way to an IDENTIFY', async () => {
    await using stage = await Stage.open(redis);
    const { client } = stage.arena;
    const gateway = await stage.connected();
    await client.switchOn({ kind: 'no-resume' });
    await client.dropConnections();
    await ready(gateway, { identifies: 2, resumes: 0 });
  });

  test('an exhausted identify budget stops no RESUME, and an IDENTIFY waits for the reset', async () => {
    await using stage = await Stage.open(redis);
    const { client } = stage.arena;
    const gateway = await stage.connected();
    await client.switchOn({ kind: 'no-identifies-left' });
    await client.dropConnections();
    await ready(gateway, { identifies: 1, resumes: 1 });
    await gateway.handOver();
    const successor = await stage.connected();
    await ready(successor, { identifies: 0, resumes: 1 });
    await client.invalidateSessions({ resumable: false });
    await eventually('it is gone', () => successor.status()[0]?.state === 'disconnected');
    await client.clearFaults();
    await ready(successor, { identifies: 1, resumes: 1 });
    assert.equal((await client.sessions()).identifies, 2);
  });

  test('an op 9 that is not resumable is believed, one that is resumable resumes', async () => {
    await using stage = await Stage.open(redis);
    const { client } = stage.arena;
    const gateway = await stage.connected();
    await client.invalidateSessions({ resumable: true });
    await ready(gateway, { identifies: 1, resumes: 1 });
    await client.invalidateSessions({ resumable: false });
    await ready(gateway, { identifies: 2, resumes: 1 });
    assert.ok((await metricValue('shoal_gateway_sessions_ended_total', { why: 'invalid' })) > 0);
  });
});
