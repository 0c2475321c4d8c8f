import { ChannelType } from 'discord-api-types/v10';
import {
  InvalidSetting,
  supportedLocales,
  type GuildSettings,
  type SettingsPatch,
} from '../../settings/settings.ts';
import { defineSubcommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { Refusal } from '../feature.ts';
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
    if (Object.keys(patch).length === 0) throw new Refusal('Please choose at least one setting to change.');
    await context.reply({ embeds: [settingsEmbed('Saved', await change(context, patch))] });
  },
});

async function change(context: CommandContext, patch: SettingsPatch): Promise<GuildSettings> {
  try {
    return await context.settings.update(patch);
  } catch (error) {
    throw error instanceof InvalidSetting ? new Refusal(`That cannot be set: ${error.message}`) : error;
  }
}

interface Given {
  readonly locale: string | undefined;
  readonly time_zone: string | undefined;
  readonly log_channel: string | undefined;
  readonly accent_colour: string | undefined;
}

/** Throws `Refusal` for a colour that is none; the store judges the rest. */
function patchFrom(given: Given): SettingsPatch {
  const accentColor = given.accent_colour === undefined ? undefined : parseColor(given.accent_colour);
  if (given.accent_colour !== undefined && accentColor === undefined) {
    throw new Refusal('That is not a colour. Please use six hexadecimal digits, like `#2A9D8F`.');
  }
  return {
    ...(given.locale !== undefined && { locale: given.locale }),
    ...(given.time_zone !== undefined && { timeZone: properTimeZone(given.time_zone) }),
    ...(given.log_channel !== undefined && { logChannelId: given.log_channel }),
    ...(accentColor !== undefined && { accentColor }),
  };
}
