import { rm } from 'node:fs/promises';
import path from 'node:path';
import { SHARD_NODE_FLAGS } from '../../config/shard-process.ts';
import { Child, type Environment } from '../../src/demo/child.ts';
import { upstreamEnvironment } from '../../src/demo/upstream-environment.ts';
import { features, intentsOf } from '../../src/features/features.ts';
import { sandboxClient, type SandboxClient } from '../../src/sandbox/client.ts';
import { compileCache } from '../helpers/compile-cache.ts';
import { testServers } from '../helpers/servers.ts';
import { startProcess, type BenchProcess } from './bench-process.ts';
import { nodeFlags } from './node-flags.ts';

/** One bot in a sandbox of its own, with nothing that records or judges between them. */
export interface Side extends AsyncDisposable {
  readonly name: 'shoal' | 'discord.js';
  readonly sandbox: SandboxClient;
  readonly bot: BenchProcess;
}

export interface SideOptions {
  readonly guilds: number;
  /** All in the one process. */
  readonly shards?: number;
}

/** As in production under PM2: with a compile cache, which both have. */
const { PATH, HOME } = process.env;
const base = { PATH, HOME, ...compileCache, NODE_ENV: 'production' };

/** Our shard process, with its own PostgreSQL, PgBouncer and two Redis. */
export async function startShoal(options: SideOptions): Promise<Side> {
  const { shards = 1 } = options;
  await using opened = new AsyncDisposableStack();
  const servers = opened.use(await testServers());
  const { sandbox, client, discord } = await startWorld(options);
  opened.use(sandbox);
  const queueFolder = `/tmp/shoal-bench-${process.pid}-queue`;
  opened.defer(() => rm(queueFolder, { recursive: true, force: true }));
  const env: Environment = {
    ...base,
    ...servers.env,
    ...upstreamEnvironment(discord.upstreamUrl),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.restUrl,
    WRITE_QUEUE_DIR: queueFolder,
    SHARDS: JSON.stringify(Array.from({ length: shards }, (_, id) => id)),
    SHARD_COUNT: String(shards),
  };
  await new Child('migrate', [], env).done();
  const bot = opened.use(
    await startProcess(script('pong-shard.ts'), [], {
      env,
      execArgv: [...SHARD_NODE_FLAGS, ...nodeFlags],
      until: /is ready/,
    }),
  );
  const kept = opened.move();
  return { name: 'shoal', sandbox: client, bot, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** A bare discord.js bot that hears the same events. */
export async function startStock(options: SideOptions): Promise<Side> {
  await using opened = new AsyncDisposableStack();
  const { sandbox, client, discord } = await startWorld(options);
  opened.use(sandbox);
  const env = {
    ...base,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.restUrl,
    INTENTS: String(intentsOf(features)),
  };
  const bot = opened.use(await startProcess(script('stock/reply-bot.ts'), [], { env, until: /^ready$/ }));
  const kept = opened.move();
  return {
    name: 'discord.js',
    sandbox: client,
    bot,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

interface Discord {
  readonly restUrl: string;
  readonly controlUrl: string;
  readonly upstreamUrl: string;
  readonly applicationId: string;
  readonly token: string;
}

/** A sandbox in which the bot's one command is registered. */
async function startWorld({ guilds, shards = 1 }: SideOptions) {
  const flags = { guilds, shards, 'max-concurrency': shards };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const sandbox = new Child('sandbox', ['--json', ...args], { PATH, HOME, ...compileCache });
  const discord = JSON.parse(await sandbox.firstLine()) as Discord;
  const { restUrl, applicationId, token } = discord;
  const registered = await fetch(`${restUrl}/v10/applications/${applicationId}/commands`, {
    method: 'PUT',
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify([{ name: 'pong', description: 'Answers' }]),
  });
  if (!registered.ok) throw new Error(`the command was refused: ${await registered.text()}`);
  return { sandbox, client: sandboxClient(discord.controlUrl), discord };
}

function script(name: string): string {
  return path.join(import.meta.dirname, name);
}
