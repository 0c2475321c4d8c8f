import { ChannelType, type APIEmbed } from 'discord-api-types/v10';
import { languageOf, verbatim } from '../../i18n/i18n.ts';
import { supportedLocales, type GuildSettings, type SettingsPatch } from '../../settings/settings.ts';
import { defineSubcommand } from '../command.ts';
import type { CommandContext, Context } from '../context.ts';
import { Refusal } from '../feature.ts';
import { channelOption, stringOption, type Complete } from '../options.ts';
import { permissionNames } from '../permission-words.ts';
import { zoneNamed, zonesLike } from '../rules/time-zone.ts';
import { changeSettings } from './change.ts';
import { lackingToLog } from './places.ts';
import { parseColor } from './rules/color.ts';
import { settingsEmbed } from './settings-embed.ts';
import { changeWords } from './change-words.ts';
import { settingsWords } from './settings-words.ts';

/** With the time that it is there: people know that rather than the name. */
const completeTimeZone: Complete = ({ typed, speech }) => {
  const time = (timeZone: string) =>
    new Intl.DateTimeFormat(speech.locale, { timeZone, timeStyle: 'short' }).format();
  const offered = zonesLike(typed, speech.language);
  return Promise.resolve(offered.map((value) => ({ name: `${value} · ${time(value)}`, value })));
};

export const set = defineSubcommand({
  description: "Change this server's settings",
  ephemeral: true,
  mutates: true,
  options: {
    locale: stringOption({
      description: 'The language I speak here',
      // Guilds that chose another one, of those that Discord has, keep it.
      choices: Object.entries(supportedLocales)
        .filter(([value]) => languageOf(value) !== undefined)
        .map(([value, name]) => ({ name, value })),
    }),
    time_zone: stringOption({
      description: 'A time zone, like Europe/Berlin',
      maxLength: 64,
      complete: completeTimeZone,
    }),
    log_channel: channelOption({
      description: 'Where I report what I do',
      types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
    }),
    accent_colour: stringOption({ description: 'The colour of my messages, like #2A9D8F', maxLength: 7 }),
  },
  async run(context) {
    const patch = patchFrom(context);
    if (Object.keys(patch).length === 0) throw new Refusal(context.say(changeWords)('nothingChosen'));
    const saved = await changeSettings(context, patch);
    const [embed, warning] = await Promise.all([
      settingsEmbed(context, context.say(settingsWords)('saved'), saved),
      logWarning(context, saved, patch),
    ]);
    await context.reply({ embeds: [{ ...embed, ...warning }] });
  },
});

interface Given {
  readonly locale: string | undefined;
  readonly time_zone: string | undefined;
  readonly log_channel: string | undefined;
  readonly accent_colour: string | undefined;
}

/** Throws `Refusal` for a time zone or colour that is none. */
function patchFrom({ say: sayOf, options: given }: CommandContext<Given>): SettingsPatch {
  const say = sayOf(changeWords);
  const accentColor = given.accent_colour === undefined ? undefined : parseColor(given.accent_colour);
  if (given.accent_colour !== undefined && accentColor === undefined)
    throw new Refusal(say('notAColour', { example: verbatim('`#2A9D8F`') }));
  const timeZone = given.time_zone === undefined ? undefined : zoneNamed(given.time_zone);
  if (given.time_zone !== undefined && timeZone === undefined)
    throw new Refusal(say('notATimeZone', { given: given.time_zone }));
  return {
    ...(given.locale !== undefined && { locale: given.locale }),
    ...(timeZone !== undefined && { timeZone }),
    ...(given.log_channel !== undefined && { logChannelId: given.log_channel }),
    ...(accentColor !== undefined && { accentColor }),
  };
}

/** What keeps the bot from writing in the log channel that was just chosen. */
async function logWarning(
  context: Context,
  { guildId }: GuildSettings,
  { logChannelId }: SettingsPatch,
): Promise<Pick<APIEmbed, 'description'>> {
  if (typeof logChannelId !== 'string') return {};
  const lacking = await lackingToLog(context, guildId, logChannelId);
  if (lacking === 0n) return {};
  const permissions = permissionNames(lacking, context.speech);
  const channel = verbatim(`<#${logChannelId}>`);
  return { description: context.say(changeWords)('cannotLog', { channel, permissions }) };
}
