import { jsonCodec } from '../cache/cache.ts';
import type { GuildSettings } from './guild-settings.ts';
import { guildRules } from './rules.ts';

/** 2: kept past their time. What reads version 1 would take such an entry for a fresh one. 3: with rules. 4: no locale is chosen. */
export const settingsCodec = jsonCodec<GuildSettings>(4, isSettings);

function isSettings(value: unknown): value is GuildSettings {
  if (typeof value !== 'object' || value === null) return false;
  const { guildId, locale, timeZone, logChannelId, accentColor, rules, version }: Record<string, unknown> = {
    ...value,
  };
  return (
    typeof guildId === 'string' &&
    (locale === null || typeof locale === 'string') &&
    typeof timeZone === 'string' &&
    (logChannelId === null || typeof logChannelId === 'string') &&
    (accentColor === null || typeof accentColor === 'number') &&
    guildRules.safeParse(rules).success &&
    typeof version === 'number'
  );
}
