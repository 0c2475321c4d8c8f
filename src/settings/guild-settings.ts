import { noRules, type GuildRules } from './rules.ts';

/** What a guild has set. Ids are snowflakes as decimal strings, since they exceed 2^53. */
export interface GuildSettings {
  readonly guildId: string;
  /** One of `supportedLocales`; `null`: not chosen, so Discord's. */
  readonly locale: string | null;
  /** IANA name: `Europe/Berlin`. */
  readonly timeZone: string;
  readonly logChannelId: string | null;
  /** 0 to 0xFFFFFF. */
  readonly accentColor: number | null;
  /** What its staff decided about commands and families. */
  readonly rules: GuildRules;
  /** Counts the changes; 0: nothing was ever set and these are the defaults. */
  readonly version: number;
}

export type SettingsPatch = Partial<
  Pick<GuildSettings, 'locale' | 'timeZone' | 'logChannelId' | 'accentColor' | 'rules'>
>;

/** A function is called with what is stored, again where others changed it meanwhile: whoever changes a part of `rules` keeps the rest. */
export type SettingsChange = SettingsPatch | ((current: GuildSettings) => SettingsPatch);

/** Only for a guild of which PostgreSQL said that it has no row; never for a failed read. */
export function defaultSettings(guildId: string): GuildSettings {
  return {
    guildId,
    locale: null,
    timeZone: 'UTC',
    logChannelId: null,
    accentColor: null,
    rules: noRules,
    version: 0,
  };
}
