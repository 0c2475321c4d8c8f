import {
  GatewayDispatchEvents,
  GatewayIntentBits,
  type APIInteraction,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { API } from '@discordjs/core';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { InteractionSight } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { makeBot, type Bot } from './bot.ts';

const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;

export type Handle = (interaction: APIInteraction, api: API) => Promise<unknown>;

export type Stage = AsyncDisposable &
  Arena & {
    readonly bot: Bot;
    readonly channelId: string;
    /** What the handler threw, by Discord's code. */
    readonly refusals: { readonly code: number; readonly rawError: { readonly errors?: unknown } }[];
    /** Runs `/show`. */
    show(userId?: string): Promise<InteractionSight>;
    /** Presses a button, or chooses, on the message of a sight. */
    use(sight: InteractionSight, customId: string, values?: readonly string[]): Promise<InteractionSight>;
    /** The interaction that the bot was sent last. */
    last(): APIInteraction;
    /** The data of the first event of this kind, once it is there. */
    heard(event: GatewayDispatchEvents, nth?: number): Promise<Record<string, unknown>>;
  };

/** A sandbox whose routes do not make a test wait, and a bot with `/show` that hears of messages and does what `handle` says. */
export async function stage(
  handle: Handle,
  options: SandboxOptions & { readonly commands?: RESTPutAPIApplicationCommandsJSONBody } = {},
): Promise<Stage> {
  const anyRoute = { requests: 1_000, perMs: 1_000 };
  const { commands = [{ name: 'show', description: 'd' }], ...own } = options;
  const arena = await startArena({ limits: { routes: {}, anyRoute }, ...own });
  const { client, guild, sandbox } = arena;
  const bot = makeBot(sandbox, { intents: Guilds | GuildMessages | MessageContent });
  const refusals: Stage['refusals'] = [];
  bot.onInteraction((interaction, api) =>
    handle(interaction, api).catch((error: unknown) => {
      refusals.push(error as Stage['refusals'][number]);
    }),
  );
  await bot.connect();
  await bot.api.applicationCommands.bulkOverwriteGlobalCommands(sandbox.applicationId, commands);
  return {
    ...arena,
    bot,
    refusals,
    channelId: guild.channels[0]?.id ?? '',
    show: (userId) =>
      client.runCommand({ guildId: guild.id, command: 'show', ...(userId !== undefined && { userId }) }),
    use: ({ channelId, message }, customId, values) =>
      client.useComponent({
        channelId,
        messageId: message?.id ?? '1',
        customId,
        ...(values && { values }),
      }),
    last: () => bot.of(GatewayDispatchEvents.InteractionCreate).at(-1)?.d as unknown as APIInteraction,
    heard: async (event, nth = 0) => {
      const payload = await eventually(event, () => bot.of(event)[nth]);
      return payload.d as unknown as Record<string, unknown>;
    },
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]();
      await arena[Symbol.asyncDispose]();
    },
  };
}
