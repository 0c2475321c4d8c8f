import type { Browser } from 'playwright-core';
import { GatewayIntentBits } from 'discord-api-types/v10';
import { sandboxClient, type GuildSight, type SandboxClient } from '../../src/sandbox/client.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { makeBot, type Bot } from '../sandbox/bot.ts';
import { startBrowser } from './browser.ts';
import { commands, onInteraction } from './playground-bot.ts';

export type Stage = AsyncDisposable & {
  readonly sandbox: Sandbox;
  readonly client: SandboxClient;
  readonly guild: GuildSight;
  readonly bot: Bot;
  readonly browser: Browser;
};

const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;

/** A browser, a sandbox of two shards, and a small bot on both that registered its commands. */
export async function startStage(): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  const sandbox = stack.adopt(await startSandbox({ shards: 2, maxConcurrency: 2 }), (open) => open.stop());
  const bot = stack.use(
    makeBot(sandbox, { shardCount: 2, intents: Guilds | GuildMessages | MessageContent }),
  );
  bot.onInteraction(onInteraction);
  await bot.api.applicationCommands.bulkOverwriteGlobalCommands(sandbox.applicationId, commands);
  await bot.connect();
  const client = sandboxClient(sandbox.controlUrl);
  const [guild] = await client.guilds({ limit: 1 });
  if (!guild) throw new Error('a sandbox without a guild');
  const browser = stack.adopt(await startBrowser(), (open) => open.close());
  return { sandbox, client, guild, bot, browser, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
