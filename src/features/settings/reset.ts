import { z } from 'zod';
import { defaultSettings, noRules, type GuildSettings, type SettingsPatch } from '../../settings/settings.ts';
import { defineSubcommand } from '../command.ts';
import { defineComponent } from '../component.ts';
import { stringOption } from '../options.ts';
import { changeSettings } from './change.ts';
import { confirmButtons, staffOnly } from './confirm.ts';
import { resetChoices } from './reset-choices.ts';
import { settingsEmbed } from './settings-embed.ts';
import { changeWords } from './change-words.ts';
import { settingsWords } from './settings-words.ts';

const parts = [
  'everything',
  'locale',
  'timeZone',
  'logChannel',
  'accentColour',
  'families',
  'commands',
] as const;
type Part = (typeof parts)[number];

const confirmReset = defineComponent({
  name: 'settings.reset',
  version: 1,
  data: z.object({ part: z.enum(parts) }),
  ...staffOnly,
  mutates: true,
  async run(context) {
    const { part } = context.data;
    const saved = await changeSettings(context, (current) => defaultsOf(part, current));
    const title = context.say(changeWords)('resetDone');
    await context.update({ embeds: [await settingsEmbed(context, title, saved)], components: [] });
  },
});

export const resetComponents = [confirmReset];

export const reset = defineSubcommand({
  description: 'Sets settings back to what they were at first',
  ephemeral: true,
  options: {
    setting: stringOption({
      description: 'Which one; if left out, all of them',
      choices: resetChoices satisfies readonly { readonly value: Part }[],
    }),
  },
  async run(context) {
    const say = context.say(changeWords);
    const part = context.options.setting ?? 'everything';
    const title = say('resetAsk', { part: context.say(settingsWords)(part) });
    const embed = await settingsEmbed(context, title, await context.settings.get());
    const components = confirmButtons(context, say('reset'), confirmReset, { part });
    await context.reply({ embeds: [{ ...embed, description: say('resetNote') }], components });
  },
});

function defaultsOf(part: Part, { guildId, rules }: GuildSettings): SettingsPatch {
  const { locale, timeZone, logChannelId, accentColor } = defaultSettings(guildId);
  return {
    everything: { locale, timeZone, logChannelId, accentColor, rules: noRules },
    locale: { locale },
    timeZone: { timeZone },
    logChannel: { logChannelId },
    accentColour: { accentColor },
    families: { rules: { ...rules, families: {} } },
    commands: { rules: { ...rules, commands: {} } },
  }[part];
}
