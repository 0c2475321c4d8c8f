import { jsonCodec } from '../cache/cache.ts';
import type { GuildSettings } from './guild-settings.ts';

/** 2: kept past their time. What reads version 1 would take such an entry for a fresh one. */
export const settingsCodec = jsonCodec<GuildSettings>(2, isSettings);

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
