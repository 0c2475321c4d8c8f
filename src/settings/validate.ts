import { z } from 'zod';
import type { SettingsPatch } from './guild-settings.ts';
import { guildRules } from './rules.ts';

/** Locales that a guild may choose, by Discord's names (its reference, "Locales"), each known to Node's ICU; fits a choice list (25). */
export const supportedLocales = {
  'en-US': 'English (US)',
  'en-GB': 'English (UK)',
  de: 'Deutsch',
  fr: 'Français',
  'es-ES': 'Español',
  it: 'Italiano',
  'pt-BR': 'Português do Brasil',
  nl: 'Nederlands',
  pl: 'Polski',
  'sv-SE': 'Svenska',
  tr: 'Türkçe',
  cs: 'Čeština',
  uk: 'Українська',
  ja: '日本語',
  ko: '한국어',
  'zh-CN': '中文',
} as const satisfies Readonly<Record<string, string>>;

/** A value that a person gave and that cannot be stored; `message` may be shown to them. */
export class InvalidSetting extends Error {
  override readonly name = 'InvalidSetting';
  readonly field: keyof SettingsPatch | 'guildId' | 'by';

  constructor(field: InvalidSetting['field'], message: string) {
    super(message);
    this.field = field;
  }
}

/** Throws `InvalidSetting` for the first field that cannot be stored. */
export function checkPatch({ locale, timeZone, logChannelId, accentColor, rules }: SettingsPatch): void {
  if (locale !== undefined && locale !== null && !Object.hasOwn(supportedLocales, locale)) {
    const known = Object.keys(supportedLocales).join(', ');
    throw new InvalidSetting(
      'locale',
      `the locale ${quote(locale)} is not supported; choose one of ${known}`,
    );
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    const advice = 'give an IANA name like Europe/Berlin or UTC';
    throw new InvalidSetting('timeZone', `the time zone ${quote(timeZone)} is not known; ${advice}`);
  }
  if (logChannelId !== undefined && logChannelId !== null) checkSnowflake('logChannelId', logChannelId);
  if (accentColor !== undefined && accentColor !== null && !isColor(accentColor)) {
    throw new InvalidSetting(
      'accentColor',
      `the colour ${accentColor} is not between 0 and 16777215 (0xFFFFFF)`,
    );
  }
  const read = guildRules.optional().safeParse(rules);
  if (!read.success)
    throw new InvalidSetting('rules', `the rules do not fit: ${z.prettifyError(read.error)}`);
}

/** Throws `InvalidSetting` unless `id` is a snowflake: 1 to 2^63 - 1, so that it fits PostgreSQL's bigint. */
export function checkSnowflake(field: InvalidSetting['field'], id: string): void {
  if (/^[1-9]\d{0,18}$/.test(id) && BigInt(id) <= 9_223_372_036_854_775_807n) return;
  throw new InvalidSetting(field, `${quote(id)} is not a Discord id; ids are numbers of at most 19 digits`);
}

/** Intl also takes offsets (`+02:00`), which know no daylight saving; those are refused. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isColor(color: number): boolean {
  return Number.isInteger(color) && color >= 0 && color <= 0xffffff;
}

function quote(text: string): string {
  return `"${text.slice(0, 64)}"`;
}
