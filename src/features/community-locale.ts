import { GuildFeature, type APIInteraction } from 'discord-api-types/v10';

/**
 * The language that a guild has chosen in Discord; `undefined` where it cannot choose one. `guild_locale` is the guild's `preferred_locale`:
 * "the preferred locale of a Community guild; used in server discovery and notices from Discord, and sent in interactions; defaults to
 * "en-US"" (resources/guild, "Guild Structure"). Of any other guild it is therefore en-US, whatever is spoken there.
 */
export function communityLocale({
  guild,
  guild_locale: locale,
}: Pick<APIInteraction, 'guild' | 'guild_locale'>): string | undefined {
  return guild?.features.includes(GuildFeature.Community) === true ? locale : undefined;
}
