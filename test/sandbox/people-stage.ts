import { GatewayIntentBits, type RESTPutAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import type { SandboxClient, ScenarioSight } from '../../src/sandbox/client.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { makeBot, type Bot } from './bot.ts';

const { Guilds, GuildMembers, GuildMessages, GuildMessageReactions, MessageContent } = GatewayIntentBits;

export type People = Arena & { readonly bot: Bot };

/** A sandbox whose routes do not make a test wait, where a busy machine costs no interaction, and a bot that hears of all that people do there. */
export async function people(
  commands: RESTPutAPIApplicationCommandsJSONBody,
  handle: Parameters<Bot['onInteraction']>[0],
  options: SandboxOptions = {},
): Promise<People> {
  const anyRoute = { requests: 10_000, perMs: 1_000 };
  const timing = { firstAnswerMs: 30_000 };
  const arena = await startArena({ limits: { routes: {}, anyRoute }, timing, ...options });
  const intents = Guilds | GuildMembers | GuildMessages | GuildMessageReactions | MessageContent;
  const bot = makeBot(arena.sandbox, { intents });
  bot.onInteraction(handle);
  await bot.api.applicationCommands.bulkOverwriteGlobalCommands(arena.sandbox.applicationId, commands);
  await bot.connect();
  return {
    ...arena,
    bot,
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]();
      await arena[Symbol.asyncDispose]();
    },
  };
}

/** The scenario once it ended by itself. */
export async function ended(client: SandboxClient, id: number): Promise<ScenarioSight> {
  return eventually(
    `scenario ${id} is over`,
    async () => {
      const run = (await client.runningScenarios()).find((each) => each.id === id);
      return run && run.state !== 'running' ? run : undefined;
    },
    40_000,
  );
}
