import { ChannelType } from 'discord-api-types/v10';
import { supportedLocales, type SettingsPatch } from '../../settings/settings.ts';
import { defineSubcommand } from '../feature.ts';
import { channelOption, stringOption } from '../options.ts';
import { parseColor } from './rules/color.ts';
import { canonicalTimeZone } from './rules/time-zone.ts';
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
    const result = patchFrom(context.options);
    if ('problem' in result) await context.reply(result.problem);
    else if (Object.keys(result.patch).length === 0)
      await context.reply('Please choose at least one setting to change.');
    else {
      const saved = await context.settings.update(result.patch);
      await context.reply({ embeds: [settingsEmbed('Saved', saved)] });
    }
  },
});

interface Given {
  readonly locale: string | undefined;
  readonly time_zone: string | undefined;
  readonly log_channel: string | undefined;
  readonly accent_colour: string | undefined;
}

function patchFrom(given: Given): { patch: SettingsPatch } | { problem: string } {
  const timeZone = given.time_zone === undefined ? undefined : canonicalTimeZone(given.time_zone);
  if (given.time_zone !== undefined && timeZone === undefined) {
    return {
      problem: 'I do not know that time zone. Please use a name like `Europe/Berlin` or `America/New_York`.',
    };
  }
  const accentColor = given.accent_colour === undefined ? undefined : parseColor(given.accent_colour);
  if (given.accent_colour !== undefined && accentColor === undefined) {
    return { problem: 'That is not a colour. Please use six hexadecimal digits, like `#2A9D8F`.' };
  }
  return {
    patch: {
      ...(given.locale !== undefined && { locale: given.locale }),
      ...(timeZone !== undefined && { timeZone }),
      ...(given.log_channel !== undefined && { logChannelId: given.log_channel }),
      ...(accentColor !== undefined && { accentColor }),
    },
  };
}
