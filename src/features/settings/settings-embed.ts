import type { APIEmbed } from 'discord-api-types/v10';
import { DEFAULT_ACCENT_COLOR } from '../../../config/appearance.ts';
import type { GuildSettings } from '../../settings/settings.ts';
import { colorText } from './rules/color.ts';

export function settingsEmbed(title: string, settings: GuildSettings): APIEmbed {
  const { logChannelId, accentColor } = settings;
  return {
    title,
    color: accentColor ?? DEFAULT_ACCENT_COLOR,
    fields: [
      { name: 'Language', value: settings.locale, inline: true },
      { name: 'Time zone', value: settings.timeZone, inline: true },
      { name: 'Log channel', value: logChannelId === null ? 'not set' : `<#${logChannelId}>`, inline: true },
      {
        name: 'Accent colour',
        value: accentColor === null ? 'not set' : colorText(accentColor),
        inline: true,
      },
    ],
    footer: { text: settings.version === 0 ? 'All defaults' : `Version ${settings.version}` },
  };
}
