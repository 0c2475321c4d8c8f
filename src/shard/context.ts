import type { APIInteraction } from 'discord-api-types/v10';
import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import type { Db } from '../db/db.ts';
import type { Download } from '../discord/attachment.ts';
import type { API } from '../discord/discord.ts';
import type { Asker, Context, GuildSettingsAccess, ShardInfo } from '../features/context.ts';
import type { CustomIds } from '../features/custom-id.ts';
import type { Feature } from '../features/feature.ts';
import type { Speech } from '../i18n/i18n.ts';
import type { ClusterHealth, ClusterStatus } from '../ipc/messages.ts';
import type { Privacy } from '../privacy/privacy.ts';
import type { GuildSettings, Settings } from '../settings/settings.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Upstreams } from '../upstream/upstream.ts';
import type { Answer } from './answer.ts';
import type { CommandIds } from './command-ids.ts';
import { mayUse } from './may-use.ts';
import type { Owners } from './owners.ts';
import { guildSpeechOf } from './speech.ts';
import { userOf } from './user-of.ts';

/** What the command path gives to handlers, the same for every interaction of the process. */
export interface Surroundings {
  readonly api: API;
  readonly download: Download;
  readonly db: Db;
  readonly settings: Settings;
  readonly privacy: Privacy;
  readonly upstreams: Pick<Upstreams, 'find'>;
  readonly customIds: CustomIds;
  readonly links: Context['links'];
  readonly features: readonly Feature[];
  readonly commandIds: CommandIds;
  readonly owners: Owners;
  shardInfo(shardId: number): ShardInfo;
  /** The manager's view; asked over IPC with a deadline in ms. */
  clusterStatus(deadlineMs: number): Promise<ClusterStatus>;
  clusterHealth(deadlineMs: number): Promise<ClusterHealth>;
}

/** What is known of whoever asks; `settings`: the guild's, where they could be read. */
export function askerOf(parts: {
  readonly surroundings: Surroundings;
  readonly interaction: APIInteraction;
  readonly settings: GuildSettings | undefined;
  readonly speech: Speech;
  readonly signal: AbortSignal;
  readonly log: Logger;
}): Asker {
  const { surroundings, interaction, settings, speech } = parts;
  const user = userOf(interaction);
  return {
    user,
    guildId: interaction.guild_id,
    speech,
    guildSpeech: guildSpeechOf(interaction, settings, surroundings),
    say: (words) => words.in(speech),
    signal: parts.signal,
    settings: guildSettings(surroundings.settings, interaction.guild_id, user.id),
    db: surroundings.db,
    features: surroundings.features,
    mayUse: (command) => mayUse(command, { ...surroundings, interaction, settings, speech }),
    lookUp: surroundings.upstreams.find,
    log: parts.log,
  };
}

export function contextOf(
  parts: Parameters<typeof askerOf>[0] & { readonly answer: Answer; readonly shardId: number },
): Context {
  const { surroundings, interaction, answer } = parts;
  const asker = askerOf(parts);
  const { id: userId } = asker.user;
  return {
    ...asker,
    interaction,
    personalData: {
      read: () => surroundings.privacy.read(userId),
      erase: () => surroundings.privacy.erase(userId),
    },
    shard: surroundings.shardInfo(parts.shardId),
    links: surroundings.links,
    customId: (to, data) => surroundings.customIds.write(to, data, userId),
    download: surroundings.download,
    api: surroundings.api,
    reply: (reply) => answer.reply(reply),
    deferReply: () => answer.defer(),
    editReply: (reply) => answer.edit(reply),
    followUp: (reply) => answer.followUp(reply),
    showModal: (modal) => answer.modal(modal),
    clusterStatus: () => surroundings.clusterStatus(IPC_ANSWER_MS * 2),
    clusterHealth: () => surroundings.clusterHealth(IPC_ANSWER_MS * 2),
  };
}

function guildSettings(settings: Settings, guildId: string | undefined, userId: string): GuildSettingsAccess {
  if (guildId === undefined) return { get: noGuild, look: noGuild, update: noGuild };
  return {
    get: () => settings.get(guildId),
    look: () => settings.look(guildId),
    update: (change) => settings.update(guildId, change, userId),
  };
}

function noGuild(): Promise<never> {
  return Promise.reject(new Error('a direct message has no guild settings: define the command as guildOnly'));
}
