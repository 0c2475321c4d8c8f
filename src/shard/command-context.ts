import type { APIChatInputApplicationCommandInteraction } from 'discord-api-types/v10';
import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import type { API } from '../discord/discord.ts';
import type { CommandContext, GuildSettingsAccess, ShardInfo } from '../features/feature.ts';
import { WrongOption, type OptionMap } from '../features/options.ts';
import type { ClusterStatus } from '../ipc/messages.ts';
import type { Privacy } from '../privacy/privacy.ts';
import type { Settings } from '../settings/settings.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Answer } from './answer.ts';

/** What the command path gives to handlers, the same for every interaction of the process. */
export interface Surroundings {
  readonly api: API;
  readonly settings: Settings;
  readonly privacy: Privacy;
  readonly links: CommandContext['links'];
  shardInfo(shardId: number): ShardInfo;
  /** The manager's view; asked over IPC with a deadline in ms. */
  clusterStatus(deadlineMs: number): Promise<ClusterStatus>;
}

export function createContext(parts: {
  readonly surroundings: Surroundings;
  readonly interaction: APIChatInputApplicationCommandInteraction;
  readonly options: Readonly<Record<string, unknown>>;
  readonly answer: Answer;
  readonly signal: AbortSignal;
  readonly shardId: number;
  readonly log: Logger;
}): CommandContext {
  const { surroundings, interaction, answer } = parts;
  const user = interactionUser(interaction);
  return {
    interaction,
    options: parts.options,
    user,
    guildId: interaction.guild_id,
    signal: parts.signal,
    settings: guildSettings(surroundings.settings, interaction.guild_id, user.id),
    personalData: {
      read: () => surroundings.privacy.read(user.id),
      erase: () => surroundings.privacy.erase(user.id),
    },
    shard: surroundings.shardInfo(parts.shardId),
    links: surroundings.links,
    api: surroundings.api,
    log: parts.log,
    reply: (reply) => answer.reply(reply),
    deferReply: () => answer.defer(),
    editReply: (reply) => answer.edit(reply),
    followUp: (reply) => answer.followUp(reply),
    showModal: (modal) => answer.modal(modal),
    clusterStatus: () => surroundings.clusterStatus(IPC_ANSWER_MS * 2),
  };
}

/** Typed values from Discord's raw ones. Throws `WrongOption`, also for an option that the definition does not have. */
export function readOptions(
  definition: OptionMap,
  raw: ReadonlyMap<string, unknown>,
): Record<string, unknown> {
  for (const name of raw.keys()) {
    if (!Object.hasOwn(definition, name)) throw new WrongOption();
  }
  return Object.fromEntries(
    Object.entries(definition).map(([name, option]) => [name, option.read(raw.get(name))]),
  );
}

function interactionUser(interaction: APIChatInputApplicationCommandInteraction): CommandContext['user'] {
  const user = interaction.member?.user ?? interaction.user;
  if (user === undefined) throw new TypeError(`interaction ${interaction.id} has neither member nor user`);
  return { id: user.id, name: user.global_name ?? user.username };
}

function guildSettings(settings: Settings, guildId: string | undefined, userId: string): GuildSettingsAccess {
  if (guildId === undefined) return { get: noGuild, update: noGuild };
  return { get: () => settings.get(guildId), update: (patch) => settings.update(guildId, patch, userId) };
}

function noGuild(): Promise<never> {
  return Promise.reject(new Error('a direct message has no guild settings: define the command as guildOnly'));
}
