import type { APIInteraction } from 'discord-api-types/v10';
import type { Feature } from '../features/feature.ts';
import { communityLocale } from '../features/community-locale.ts';
import { commandMention, commandName } from '../features/mention.ts';
import { speechFor, type MentionCommand, type Speech } from '../i18n/i18n.ts';
import type { GuildSettings } from '../settings/settings.ts';
import type { CommandIds } from './command-ids.ts';

interface Commands {
  readonly features: readonly Feature[];
  readonly commandIds: Pick<CommandIds, 'known'>;
}

/** The member's language, then the one that the guild has chosen, then the one that Discord has for it. */
export function speechOf(
  interaction: APIInteraction,
  settings: GuildSettings | undefined,
  commands: Commands,
): Speech {
  const locales = [memberLocale(interaction), settings?.locale, interaction.guild_locale];
  return speechFor(locales, settings?.timeZone ?? 'UTC', mentionIn(interaction, commands));
}

/** For what everybody there reads: the language that the guild has chosen, here or in Discord, before the member's. */
export function guildSpeechOf(
  interaction: APIInteraction,
  settings: GuildSettings | undefined,
  commands: Commands,
): Speech {
  const chosen = [settings?.locale, communityLocale(interaction)];
  const locales = [...chosen, memberLocale(interaction), interaction.guild_locale];
  return speechFor(locales, settings?.timeZone ?? 'UTC', mentionIn(interaction, commands));
}

function memberLocale(interaction: APIInteraction): string | undefined {
  return 'locale' in interaction ? interaction.locale : undefined;
}

function mentionIn(
  { application_id: application }: APIInteraction,
  { features, commandIds }: Commands,
): MentionCommand {
  return (place, language) =>
    commandMention(commandIds.known(application), place, commandName(features, place, language));
}
