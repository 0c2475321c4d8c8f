import { speechFor, verbatim } from '../../i18n/i18n.ts';
import type { GuildSettings, SettingsChange } from '../../settings/settings.ts';
import { communityLocale } from '../community-locale.ts';
import type { Context } from '../context.ts';
import { settingsEmbed } from './settings-embed.ts';
import { settingsWords } from './settings-words.ts';

/** Changes the settings, and says so in the guild's log channel, for which the member does not wait. */
export async function changeSettings(context: Context, change: SettingsChange): Promise<GuildSettings> {
  const before = await context.settings.get();
  const saved = await context.settings.update(change);
  if (saved.version !== before.version && saved.logChannelId !== null)
    void report(context, saved, saved.logChannelId);
  return saved;
}

/** In the guild's language. A log that cannot be written stops nobody: whoever chose the channel was told what is missing. */
async function report(context: Context, saved: GuildSettings, channelId: string): Promise<void> {
  const { user, interaction, api, log } = context;
  const locales = [saved.locale, communityLocale(interaction), context.speech.locale];
  const speech = speechFor(locales, saved.timeZone, context.speech.mention);
  const say = settingsWords.in(speech);
  try {
    const embed = await settingsEmbed(
      { ...context, speech, say: (words) => words.in(speech) },
      say('changed'),
      saved,
    );
    const description = say('changedBy', { who: verbatim(`<@${user.id}>`) });
    await api.channels.createMessage(channelId, {
      embeds: [{ ...embed, description }],
      allowed_mentions: { parse: [] },
    });
  } catch (error) {
    log.info({ err: error }, 'a change of settings is not in the log channel');
  }
}
