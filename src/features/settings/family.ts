import { withFamily } from '../../settings/settings.ts';
import { defineSubcommand } from '../command.ts';
import { Refusal } from '../feature.ts';
import { booleanOption, stringOption } from '../options.ts';
import { changeSettings } from './change.ts';
import { ruleWords } from './rule-words.ts';
import { completeFamily, familyText, findFamily } from './switchable.ts';

export const family = defineSubcommand({
  description: 'Switches a family of commands, with its buttons, on or off',
  ephemeral: true,
  mutates: true,
  options: {
    name: stringOption({
      description: 'Which family',
      required: true,
      maxLength: 32,
      complete: completeFamily,
    }),
    enabled: booleanOption({ description: 'True: members may use it', required: true }),
  },
  async run(context) {
    const say = context.say(ruleWords);
    const { name, enabled } = context.options;
    const found = findFamily(context, name);
    if (found === undefined) throw new Refusal(say('notAFamily', { given: name }));
    await changeSettings(context, ({ rules }) => ({ rules: withFamily(rules, found.name, enabled) }));
    await context.reply(say(enabled ? 'familyIsOn' : 'familyIsOff', { family: familyText(context, found) }));
  },
});
