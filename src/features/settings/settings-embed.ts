import type { APIEmbed } from 'discord-api-types/v10';
import { DEFAULT_ACCENT_COLOR } from '../../../config/appearance.ts';
import { clip, languageOf, mentionOf, verbatim, type Speech } from '../../i18n/i18n.ts';
import { supportedLocales, type GuildSettings } from '../../settings/settings.ts';
import { communityLocale } from '../community-locale.ts';
import type { Context } from '../context.ts';
import { fitting } from '../fitting.ts';
import { titleOf } from '../title.ts';
import { placesOf, type Places } from './places.ts';
import { colorText } from './rules/color.ts';
import { settingsWords } from './settings-words.ts';

/** Of a field (resources/message, "Embed Limits"). */
export const fieldMax = 1_024;

/** What "and 99 more" needs, in the longest of our languages. */
const moreMax = 24;

type Say = ReturnType<(typeof settingsWords)['in']>;
type CommandRule = GuildSettings['rules']['commands'][string];

/** All settings as somebody reads them, with what they name and is not there any more; `stale`: perhaps not the newest. */
export async function settingsEmbed(
  context: Context,
  title: string,
  settings: GuildSettings,
  stale = false,
): Promise<APIEmbed> {
  const say = context.say(settingsWords);
  const places = await placesOf(context, settings);
  const { version } = settings;
  const origin = version === 0 ? say('allDefaults') : say('version', { version: String(version) });
  return {
    title,
    color: settings.accentColor ?? DEFAULT_ACCENT_COLOR,
    fields: [
      ...ownFields(context, settings, places),
      { name: say('families'), value: familiesText(context, settings) },
      { name: say('commands'), value: commandsText(context, settings, places) },
    ],
    footer: { text: stale ? `${origin} · ${say('stale')}` : origin },
  };
}

function ownFields(context: Context, settings: GuildSettings, places: Places) {
  const say = context.say(settingsWords);
  const { timeZone, logChannelId, accentColor } = settings;
  return [
    { name: say('locale'), value: localeText(context, settings), inline: true },
    { name: say('timeZone'), value: timeZone, inline: true },
    {
      name: say('logChannel'),
      value: logChannelId === null ? say('notSet') : channelText(say, logChannelId, places),
      inline: true,
    },
    {
      name: say('accentColour'),
      value: accentColor === null ? say('notSet') : colorText(accentColor),
      inline: true,
    },
  ];
}

function localeText({ say, speech, interaction }: Context, { locale }: GuildSettings): string {
  if (locale !== null) return localeName(locale, speech);
  const ofDiscord = communityLocale(interaction);
  if (ofDiscord === undefined || languageOf(ofDiscord) === undefined) return say(settingsWords)('notChosen');
  return say(settingsWords)('asInDiscord', { language: localeName(ofDiscord, speech) });
}

function localeName(locale: string, speech: Speech): string {
  const named = Object.entries(supportedLocales).find(([known]) => known === locale)?.[1];
  return named ?? new Intl.DisplayNames(speech.locale, { type: 'language' }).of(locale) ?? locale;
}

function channelText(say: Say, id: string, places: Places): string {
  return places.isChannel(id) ? `<#${id}>` : say('deletedChannel', { id });
}

function familiesText(context: Context, { rules }: GuildSettings): string {
  const say = context.say(settingsWords);
  const off = Object.keys(rules.families).filter((family) => rules.families[family] === false);
  const names = off.map((family) => titleOf(context, family)).join(', ');
  return off.length === 0 ? say('allOn') : clip(say('off', { names }), fieldMax);
}

function commandsText({ say: sayOf, speech }: Context, { rules }: GuildSettings, places: Places): string {
  const say = sayOf(settingsWords);
  const lines = Object.entries(rules.commands).map(
    ([command, rule]) =>
      `${mentionOf(speech, command)} · ${ruleParts(say, speech, rule, places).join(' · ')}`,
  );
  if (lines.length === 0) return say('noRules');
  const shown = fitting(lines, '\n', fieldMax - moreMax);
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [say('more', { more })] : [])].join('\n');
}

function ruleParts(say: Say, speech: Speech, rule: CommandRule, places: Places): string[] {
  const { enabled, cooldownSec, roleIds } = rule;
  return [
    ...(enabled === false ? [say('ruleOff')] : []),
    ...(cooldownSec === undefined
      ? []
      : [say('ruleCooldown', { time: verbatim(secondsText(cooldownSec, speech)) })]),
    ...(roleIds === undefined
      ? []
      : [say('ruleRoles', { roles: verbatim(rolesText(say, roleIds, places)) })]),
  ];
}

export function rolesText(say: Say, roleIds: readonly string[], places: Pick<Places, 'isRole'>): string {
  return roleIds.map((id) => (places.isRole(id) ? `<@&${id}>` : say('deletedRole', { id }))).join(' ');
}

export function secondsText(seconds: number, { locale }: Speech): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'long' }).format(
    seconds,
  );
}
