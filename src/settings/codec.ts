import type { Codec } from '../cache/cache.ts';
import type { GuildSettings } from './guild-settings.ts';

/** JSON in Redis. What comes back is checked, since anything may have been written there. */
export const settingsCodec: Codec<GuildSettings> = {
  version: 1,
  encode: (settings) => JSON.stringify(settings),
  decode: (text) => {
    const value: unknown = JSON.parse(text);
    if (!isSettings(value)) throw new TypeError('not guild settings');
    return value;
  },
};

function isSettings(value: unknown): value is GuildSettings {
  if (typeof value !== 'object' || value === null) return false;
  const { guildId, locale, timeZone, logChannelId, accentColor, version }: Record<string, unknown> = {
    ...value,
  };
  return (
    typeof guildId === 'string' &&
    typeof locale === 'string' &&
    typeof timeZone === 'string' &&
    (logChannelId === null || typeof logChannelId === 'string') &&
    (accentColor === null || typeof accentColor === 'number') &&
    typeof version === 'number'
  );
}
