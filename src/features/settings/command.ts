import {
  cooldownMaxSec,
  withCommandRule,
  type GuildRules,
  type GuildSettings,
} from '../../settings/settings.ts';
import { defineSubcommand } from '../command.ts';
import { Refusal } from '../feature.ts';
import { booleanOption, integerOption, stringOption } from '../options.ts';
import { changeSettings } from './change.ts';
import { ruleReply } from './rule-reply.ts';
import { ruleWords } from './rule-words.ts';
import { completeCommand, findCommand } from './switchable.ts';

export const command = defineSubcommand({
  description: 'Decide about one command: on or off, a cooldown, who may use it',
  ephemeral: true,
  mutates: true,
  options: {
    name: stringOption({
      description: 'Which command',
      required: true,
      maxLength: 33,
      complete: completeCommand,
    }),
    enabled: booleanOption({ description: 'True: members may use it' }),
    cooldown: integerOption({
      description: 'Seconds between two uses by a member; 0: no cooldown of its own',
      min: 0,
      max: cooldownMaxSec,
    }),
  },
  async run(context) {
    const { name: given, enabled, cooldown } = context.options;
    const found = findCommand(context, given);
    if (found === undefined) throw new Refusal(context.say(ruleWords)('notACommand', { given }));
    const { name } = found;
    const change = ({ rules }: GuildSettings) => ({ rules: changed(rules, name, enabled, cooldown) });
    await context.reply(await ruleReply(context, name, await changeSettings(context, change)));
  },
});

function changed(
  rules: GuildRules,
  name: string,
  enabled: boolean | undefined,
  cooldown: number | undefined,
): GuildRules {
  return withCommandRule(rules, name, {
    ...(enabled !== undefined && { enabled }),
    ...(cooldown !== undefined && { cooldownSec: cooldown === 0 ? undefined : cooldown }),
  });
}
