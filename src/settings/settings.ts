import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Cache } from '../cache/cache.ts';
import type { Db } from '../db/db.ts';
import { settingsCodec } from './codec.ts';
import {
  defaultSettings,
  type GuildSettings,
  type SettingsChange,
  type SettingsPatch,
} from './guild-settings.ts';
import {
  commandRuleShape,
  cooldownMaxSec,
  noRules,
  rolesMax,
  rulesShape,
  withCommandRule,
  withFamily,
  type GuildRules,
} from './rules.ts';
import { compareAndSet, readRow, readRows } from './store.ts';
import { checkPatch, checkSnowflake, InvalidSetting, isTimeZone, supportedLocales } from './validate.ts';

export {
  commandRuleShape,
  cooldownMaxSec,
  defaultSettings,
  InvalidSetting,
  isTimeZone,
  noRules,
  rolesMax,
  rulesShape,
  supportedLocales,
  withCommandRule,
  withFamily,
  type GuildRules,
  type GuildSettings,
  type SettingsChange,
  type SettingsPatch,
};

export interface Settings {
  /** The guild's settings, frozen. Rejects when no tier has them and PostgreSQL does not answer: a failure is never the defaults. */
  get(guildId: string): Promise<GuildSettings>;
  /** As `get`, and whether they are `stale`: their time was over, and newer ones are not read yet, or cannot be. */
  look(guildId: string): Promise<{ readonly value: GuildSettings; readonly stale: boolean }>;
  /** As `get`, of many guilds in one round trip to each server that has to be asked. */
  getMany(guildIds: readonly string[]): Promise<ReadonlyMap<string, GuildSettings>>;
  /**
   * Changes the given fields for all shards and returns the result; `by` is the user's id. Concurrent changes of different fields all survive.
   * Rejects with `InvalidSetting`, `SettingsContended`, or the `DbError` of PostgreSQL.
   */
  update(guildId: string, change: SettingsChange, by: string): Promise<GuildSettings>;
}

/** Others changed the same guild each time this change was tried; nothing was stored, and trying again is safe. */
export class SettingsContended extends Error {
  override readonly name = 'SettingsContended';
}

/** Each round one writer wins, so this many may change one guild at the same instant; people never do. */
const attempts = 8;

/** A guild's settings are about 170 bytes encoded, with rules for some commands twice that, so that ordinarily `localMax` is the bound that counts. */
const localMaxBytes = 32 * 1_024 * 1_024;

/** An outage of PostgreSQL that people still have their settings through; nobody can change them meanwhile. 20,000 guilds take 6 MB of Redis. */
const staleSec = 3_600;

export function createSettings(options: {
  readonly db: Db;
  readonly cache: Cache;
  /** `LOCAL_CACHE_GUILD_MAX` */
  readonly localMax: number;
  /** `LOCAL_CACHE_GUILD_TTL` */
  readonly localTtlMs: number;
  /** `GUILD_CACHE_TTL_SEC` */
  readonly sharedTtlSec: number;
}): Settings {
  const { db, cache, localMax, localTtlMs, sharedTtlSec } = options;
  const cached = cache.namespace<GuildSettings>({
    name: 'settings',
    maxEntries: localMax,
    maxBytes: localMaxBytes,
    ttlMs: localTtlMs,
    sharedTtlSec,
    absentTtlSec: Math.ceil(sharedTtlSec / 2),
    staleSec,
    codec: settingsCodec,
  });

  async function load(guildId: string) {
    return entryOf(guildId, await readRow(db, guildId));
  }

  async function loadMany(guildIds: readonly string[]) {
    const rows = await readRows(db, guildIds);
    return new Map(guildIds.map((guildId) => [guildId, entryOf(guildId, rows.get(guildId))]));
  }

  return {
    async get(guildId) {
      checkSnowflake('guildId', guildId);
      return cached.get(guildId, () => load(guildId));
    },

    async look(guildId) {
      checkSnowflake('guildId', guildId);
      return cached.getEntry(guildId, () => load(guildId));
    },

    async getMany(guildIds) {
      for (const guildId of guildIds) checkSnowflake('guildId', guildId);
      const found = await cached.getMany(guildIds, loadMany);
      return new Map([...found].map(([guildId, { value }]) => [guildId, value]));
    },

    async update(guildId, change, by) {
      checkSnowflake('guildId', guildId);
      checkSnowflake('by', by);
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        // From PostgreSQL, never from the cache: an outdated base would write old values back.
        const { value: current } = await load(guildId);
        const patch = typeof change === 'function' ? change(current) : change;
        checkPatch(patch);
        const next = applied(current, patch);
        if (isDeepStrictEqual(current, next)) return current;
        const written = await compareAndSet(db, next, by);
        if (written) {
          await cached.put(guildId, written, written.version);
          return written;
        }
        await delay(Math.random() * 10 * attempt);
      }
      throw new SettingsContended(
        `settings of guild ${guildId} were changed by others ${attempts} times meanwhile; try again`,
      );
    },
  };
}

function entryOf(guildId: string, row: GuildSettings | undefined) {
  const value = row ?? defaultSettings(guildId);
  return { value, version: value.version };
}

/** Field by field: a patch may come from outside, and must bring neither another guild nor another version. */
function applied(current: GuildSettings, patch: SettingsPatch): GuildSettings {
  const { locale, timeZone, logChannelId, accentColor, rules } = { ...current, ...patch };
  return { ...current, locale, timeZone, logChannelId, accentColor, rules };
}
