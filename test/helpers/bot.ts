import { rm } from 'node:fs/promises';
import { Child, type Environment } from '../../src/demo/child.ts';
import { upstreamEnvironment } from '../../src/demo/upstream-environment.ts';
import { sandboxClient, type SandboxClient } from '../../src/sandbox/client.ts';
import { assertFramesFaithful, noteMadeUp } from './gateway-schema/frame-record.ts';
import { makeTap } from './gateway-schema/tapped-process.ts';
import { openapiJudge } from './openapi/openapi.ts';
import { startRecordingProxy } from './openapi/recording-proxy.ts';
import { assertFaithful, assertWellSpoken } from './openapi/verdict.ts';
import { migratedServers, type TestServers } from './servers.ts';

/**
 * Servers and a sandbox, both ready for a bot, as real processes. When it is disposed of, what the sandbox's gateway sent
 * is judged by discord-api-types, and what it and the bot said over REST by Discord's description, where there is one.
 */
export interface Surroundings extends AsyncDisposable {
  readonly servers: TestServers;
  readonly sandbox: SandboxClient;
  /** What Shoal's processes read; the database is migrated. */
  readonly env: Environment & {
    readonly ADMIN_SOCKET: string;
    readonly DISCORD_API_URL: string;
    readonly DISCORD_TOKEN: string;
    readonly WRITE_QUEUE_DIR: string;
  };
}

let sockets = 0;

export async function surroundings(options: {
  readonly shards: number;
  /** Default: as many as there are shards, so that all may IDENTIFY at once. */
  readonly maxConcurrency?: number;
  /** How long the sandbox waits for a first answer; default: as long as Discord. */
  readonly firstAnswerSec?: number;
}): Promise<Surroundings> {
  await using opened = new AsyncDisposableStack();
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const shards = String(options.shards);
  const servers = opened.use(await migratedServers());
  const args = [
    '--json',
    '--shards',
    shards,
    '--max-concurrency',
    String(options.maxConcurrency ?? options.shards),
    '--guilds',
    String(options.shards * 4),
    '--first-answer',
    String(options.firstAnswerSec ?? 3),
  ];
  const tap = opened.use(await makeTap());
  const sandbox = opened.use(new Child('sandbox', args, { PATH, NODE_COMPILE_CACHE, ...tap.env }));
  const discord = JSON.parse(await sandbox.firstLine()) as {
    restUrl: string;
    controlUrl: string;
    upstreamUrl: string;
    token: string;
  };
  const judge = openapiJudge();
  const proxy = judge && (await startRecordingProxy(discord.restUrl));
  if (proxy) opened.defer(() => proxy.stop());
  const queueFolder = `/tmp/shoal-test-${process.pid}-${sockets}-queue`;
  const env = {
    PATH,
    HOME,
    NODE_COMPILE_CACHE,
    NODE_ENV: 'test',
    ...servers.env,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: proxy?.url ?? discord.restUrl,
    ...upstreamEnvironment(discord.upstreamUrl),
    DISCORD_SHARDS: shards,
    METRICS_PORT: '0',
    JOBS_METRICS_PORT: '0',
    PGBOUNCER_EXPORTER_PORT: '0',
    ADMIN_SOCKET: `/tmp/shoal-test-${process.pid}-${sockets++}.sock`,
    WRITE_QUEUE_DIR: queueFolder,
  };
  opened.defer(() => rm(queueFolder, { recursive: true, force: true }));
  const { client, madeUp } = noteMadeUp(sandboxClient(discord.controlUrl));
  const kept = opened.move();
  return {
    servers,
    sandbox: client,
    env,
    [Symbol.asyncDispose]: async () => {
      const frames = await tap.frames();
      await kept.disposeAsync();
      assertFramesFaithful(frames, madeUp);
      if (!judge || !proxy) return;
      await assertFaithful(judge, proxy.exchanges);
      await assertWellSpoken(judge, proxy.exchanges);
    },
  };
}
