import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { after, afterEach, before, describe, test } from 'node:test';
import { createDiscordRest } from '../../src/discord/discord.ts';
import type { LocalServers } from '../../src/local/local.ts';
import { startRedis } from '../../src/local/local.ts';
import { createIdentifySlots, hashToken } from '../../src/redis/identify-slots.ts';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { Gateway } from '../../src/shard/gateway.ts';
import { eventually } from '../helpers/eventually.ts';
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

describe('a gateway connection that would not heal by itself', () => {
  let servers: Pick<LocalServers, 'stop'> & { readonly env: { readonly REDIS_STATE_URL: string } };
  let redis: Redis;
  let opened = new AsyncDisposableStack();

  before(async () => {
    const { PATH, TMPDIR, HOME } = process.env;
    servers = await startRedis({ environment: { PATH, TMPDIR, HOME } });
    redis = await connectRedis({ url: servers.env.REDIS_STATE_URL, role: 'state', log: silentLog });
  });
  afterEach(async () => {
    await opened.disposeAsync();
    opened = new AsyncDisposableStack();
    await redis.flushall();
  });
  after(async () => {
    await closeRedis(redis);
    await servers.stop();
  });

  async function open(options: SandboxOptions = {}): Promise<Arena> {
    return opened.use(
      await startArena({
        ...options,
        timing: { identifyWindowMs: 0, identifyDayMs: 2_000, ...options.timing },
      }),
    );
  }

  /** A gateway of one shard, not connected yet. */
  function gatewayOf({ sandbox }: Arena): Gateway {
    const { token, restUrl: apiUrl } = sandbox;
    const { api } = createDiscordRest({ token, apiUrl, onUnauthorized: () => {} });
    const tokenHash = hashToken(token);
    const gateway = new Gateway({
      api,
      token,
      tokenHash,
      intents: 1,
      shardIds: [0],
      shardCount: 1,
      state: redis,
      slots: createIdentifySlots({ redis, tokenHash, log: silentLog, windowMs: 0 }),
      onDispatch: () => undefined,
      onServing: () => {},
      log: silentLog,
    });
    opened.defer(() => gateway.handOver());
    return gateway;
  }

  async function connected(arena: Arena): Promise<Gateway> {
    const gateway = gatewayOf(arena);
    await gateway.connect(new AbortController().signal);
    return gateway;
  }

  test('a dropped connection and a gateway that is away for a while cost no session', async () => {
    const arena = await open();
    const gateway = await connected(arena);
    await arena.client.dropConnections();
    await ready(gateway, { identifies: 1, resumes: 1 });
    const { fault } = await arena.client.switchOn({ kind: 'refuse-connections', host: 'any' });
    await arena.client.dropConnections();
    await eventually('it was refused several times', async () => {
      const seen = (await arena.client.faults()).find(({ id }) => id === fault.id);
      return seen !== undefined && seen.struck >= 4;
    });
    await arena.client.clearFaults();
    await ready(gateway, { identifies: 1, resumes: 2 });
  });

  test('a resume host that is dead is left for the base gateway, with the session', async () => {
    const arena = await open();
    const gateway = await connected(arena);
    await arena.client.switchOn({ kind: 'refuse-connections', host: 'resume' });
    await arena.client.dropConnections();
    await ready(gateway, { identifies: 1, resumes: 1 });
    await arena.client.dropConnections();
    await ready(gateway, { identifies: 1, resumes: 2 });
  });

  test('a resume host that takes connections and never says a word is left too, and ends no process', async () => {
    const arena = await open();
    await (await connected(arena)).handOver();
    await using silent = await silentHost();
    const [key] = await redis.keys('shoal:shard:*:session');
    const session = JSON.parse((key && (await redis.get(key))) || '{}') as Record<string, unknown>;
    await redis.set(String(key), JSON.stringify({ ...session, resumeUrl: silent.url }));
    const successor = await connected(arena);
    await ready(successor, { identifies: 0, resumes: 1 });
    assert.equal(silent.connections, 3);
  });

  test('a RESUME that stays unanswered gives way to an IDENTIFY', async () => {
    const arena = await open();
    const gateway = await connected(arena);
    await arena.client.switchOn({ kind: 'no-resume' });
    await arena.client.dropConnections();
    await ready(gateway, { identifies: 2, resumes: 0 });
  });

  test('an exhausted identify budget stops no RESUME, and an IDENTIFY waits for the reset', async () => {
    const arena = await open();
    const gateway = await connected(arena);
    await arena.client.switchOn({ kind: 'no-identifies-left' });
    await arena.client.dropConnections();
    await ready(gateway, { identifies: 1, resumes: 1 });
    await gateway.handOver();
    const successor = await connected(arena);
    await ready(successor, { identifies: 0, resumes: 1 });
    await arena.client.invalidateSessions({ resumable: false });
    await eventually('it is gone', () => successor.status()[0]?.state === 'disconnected');
    await arena.client.clearFaults();
    await ready(successor, { identifies: 1, resumes: 1 });
    assert.equal((await arena.client.sessions()).identifies, 2);
  });

  test('an op 9 that is not resumable is believed, one that is resumable resumes', async () => {
    const arena = await open();
    const gateway = await connected(arena);
    await arena.client.invalidateSessions({ resumable: true });
    await ready(gateway, { identifies: 1, resumes: 1 });
    await arena.client.invalidateSessions({ resumable: false });
    await ready(gateway, { identifies: 2, resumes: 1 });
  });
});
