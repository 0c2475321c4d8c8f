import { ChannelType } from 'discord-api-types/v10';
import { InvalidSetting, supportedLocales, type SettingsPatch } from '../../settings/settings.ts';
import { defineSubcommand, type CommandContext, type Reply } from '../feature.ts';
import { channelOption, stringOption } from '../options.ts';
import { parseColor } from './rules/color.ts';
import { properTimeZone } from './rules/time-zone.ts';
import { settingsEmbed } from './settings-embed.ts';

export const set = defineSubcommand({
  description: "Change this server's settings",
  ephemeral: true,
  mutates: true,
  options: {
    locale: stringOption({
      description: 'The language I speak here',
      choices: Object.entries(supportedLocales).map(([value, name]) => ({ name, value })),
    }),
    time_zone: stringOption({ description: 'A time zone, like Europe/Berlin', maxLength: 64 }),
    log_channel: channelOption({
      description: 'Where I report what I do',
      types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
    }),
    accent_colour: stringOption({ description: 'The colour of my messages, like #2A9D8F', maxLength: 7 }),
  },
  async run(context) {
    const patch = patchFrom(context.options);
    if (patch === undefined) {
      await context.reply('That is not a colour. Please use six hexadecimal digits, like `#2A9D8F`.');
    } else if (Object.keys(patch).length === 0) {
      await context.reply('Please choose at least one setting to change.');
    } else {
      await context.reply(await change(context, patch));
    }
  },
});

async function change(context: CommandContext, patch: SettingsPatch): Promise<Reply> {
  try {
    return { embeds: [settingsEmbed('Saved', await context.settings.update(patch))] };
  } catch (error) {
    if (error instanceof InvalidSetting) return `That cannot be set: ${error.message}`;
    throw error;
  }
}

interface Given {
  readonly locale: string | undefined;
  readonly time_zone: string | undefined;
  readonly log_channel: string | undefined;
  readonly accent_colour: string | undefined;
}

/** `undefined` for a colour that is none; the store judges the rest. */
function patchFrom(given: Given): SettingsPatch | undefined {
  const accentColor = given.accent_colour === undefined ? undefined : parseColor(given.accent_colour);
  if (given.accent_colour !== undefined && accentColor === undefined) return undefined;
  return {
    ...(given.locale !== undefined && { locale: given.locale }),
    ...(given.time_zone !== undefined && { timeZone: properTimeZone(given.time_zone) }),
    ...(given.log_channel !== undefined && { logChannelId: given.log_channel }),
    ...(accentColor !== undefined && { accentColor }),
  };
}
