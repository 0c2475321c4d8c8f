import {
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildVerificationLevel,
  Locale,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { snowflake } from '../forms/values.ts';
import type { GuildSettings } from '../world/overlay.ts';

/** What of resources/guild.mdx, Modify Guild, a guild here can be set to; its pictures are passed over. */
export const guildForm = z.object({
  name: z.string().min(2).max(100).optional(),
  description: z.string().max(300).nullish(),
  preferred_locale: z.enum(Locale).nullish(),
  verification_level: z.enum(GuildVerificationLevel).nullish(),
  default_message_notifications: z.enum(GuildDefaultMessageNotifications).nullish(),
  explicit_content_filter: z.enum(GuildExplicitContentFilter).nullish(),
  afk_timeout: z.literal([60, 300, 900, 1_800, 3_600]).nullish(),
  afk_channel_id: snowflake.nullish(),
  system_channel_id: snowflake.nullish(),
  system_channel_flags: z.int().min(0).nullish(),
  rules_channel_id: snowflake.nullish(),
  public_updates_channel_id: snowflake.nullish(),
  safety_alerts_channel_id: snowflake.nullish(),
  premium_progress_bar_enabled: z.boolean().nullish(),
});

export type GuildForm = z.output<typeof guildForm>;

/** Null is "the default" for these, and a value of its own for the others. */
const withDefault = [
  'preferred_locale',
  'verification_level',
  'default_message_notifications',
  'explicit_content_filter',
  'afk_timeout',
  'system_channel_flags',
  'premium_progress_bar_enabled',
] as const;

export function settingsOf(form: GuildForm, standing: Partial<GuildSettings>): Partial<GuildSettings> {
  const { name, preferred_locale, ...details } = form;
  const defaulted: ReadonlySet<string> = new Set(withDefault);
  const kept = Object.entries({ ...standing.details, ...details }).filter(
    ([field, value]) => value !== undefined && !(value === null && defaulted.has(field)),
  );
  return {
    ...(name !== undefined && { name }),
    ...(preferred_locale !== undefined && { locale: preferred_locale ?? Locale.EnglishUS }),
    details: Object.fromEntries(kept),
  };
}

/** The channels that it speaks of. */
export function channelIdsIn(form: GuildForm): string[] {
  const { afk_channel_id, system_channel_id, rules_channel_id } = form;
  const { public_updates_channel_id, safety_alerts_channel_id } = form;
  return [
    afk_channel_id,
    system_channel_id,
    rules_channel_id,
    public_updates_channel_id,
    safety_alerts_channel_id,
  ].flatMap((id) => id ?? []);
}
