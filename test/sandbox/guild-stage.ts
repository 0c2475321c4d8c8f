import assert from 'node:assert/strict';
import { PermissionFlagsBits, type GatewayDispatchEvents } from 'discord-api-types/v10';
import type { API } from '@discordjs/core';
import type { PeopleClient } from '../../src/sandbox/client.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { eventually } from '../helpers/eventually.ts';
import { memberOf, startArena, type Arena } from './arena.ts';
import { makeBot, type Bot } from './bot.ts';

export type GuildStage = AsyncDisposable &
  Arena & {
    readonly bot: Bot;
    readonly api: API;
    readonly people: PeopleClient;
    readonly guildId: string;
    readonly botId: string;
    /** An ordinary member, a moderator (above the bot) and the owner. */
    readonly member: string;
    readonly moderator: string;
    readonly owner: string;
    /** The bot's own role. */
    readonly botRole: string;
    /** The data of the first such event that fits, once it is there. */
    heard(event: GatewayDispatchEvents, fits?: (data: Data) => boolean): Promise<Data>;
    /** The owner grants the bot's role more permissions. */
    grant(permissions: bigint): Promise<void>;
  };

export type Data = Readonly<Record<string, unknown>>;

const everyIntent = 0xff_ff_ff & ~((1 << 17) | (1 << 18) | (1 << 19) | (1 << 22) | (1 << 23));

/** A bot with all intents in a guild, and the people there. Its requests are limited by nothing. */
export async function guildStage(options: SandboxOptions = {}): Promise<GuildStage> {
  const anyRoute = { requests: 1_000, perMs: 1_000 };
  const arena = await startArena({ limits: { routes: {}, anyRoute, globalPerSecond: 1_000 }, ...options });
  const bot = makeBot(arena.sandbox, { intents: everyIntent });
  await bot.connect();
  const { guild, client } = arena;
  const role = guild.roles.find(({ name }) => name === 'sandbox-bot');
  assert.ok(role);
  return {
    ...arena,
    bot,
    api: bot.api,
    people: client.people,
    guildId: guild.id,
    botId: arena.sandbox.applicationId,
    member: memberOf(guild, 'member'),
    moderator: memberOf(guild, 'moderator'),
    owner: memberOf(guild, 'owner'),
    botRole: role.id,
    heard: (event, fits = () => true) =>
      eventually(event, () =>
        bot
          .of(event)
          .map(({ d }) => d as unknown as Data)
          .find(fits),
      ),
    grant: async (permissions) => {
      const { permissions: before } = await bot.api.guilds.getRole(guild.id, role.id);
      const after = String(BigInt(before) | permissions);
      await client.people.editRole({ guild_id: guild.id, role_id: role.id, permissions: after });
    },
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]();
      await arena[Symbol.asyncDispose]();
    },
  };
}

export const { ManageGuild, PinMessages } = PermissionFlagsBits;
export const noRights = { status: 403, code: 50013 };
