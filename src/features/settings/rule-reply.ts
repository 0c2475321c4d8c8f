import {
  ComponentType,
  SelectMenuDefaultValueType,
  type APIMessageTopLevelComponent,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { DEFAULT_ACCENT_COLOR } from '../../../config/appearance.ts';
import { clip } from '../../i18n/i18n.ts';
import { rolesMax, withCommandRule, type GuildSettings } from '../../settings/settings.ts';
import { defineComponent } from '../component.ts';
import type { Context, ReplyBody } from '../context.ts';
import { commandName } from '../mention.ts';
import { changeSettings } from './change.ts';
import { staffOnly } from './confirm.ts';
import { rolesOf } from './places.ts';
import { fieldMax, rolesText, secondsText } from './settings-embed.ts';
import { ruleWords } from './rule-words.ts';
import { settingsWords } from './settings-words.ts';

/** Whom a command is for: what is chosen takes effect at once. */
const chooseRoles = defineComponent({
  name: 'settings.roles',
  version: 1,
  data: z.object({ command: z.string() }),
  ...staffOnly,
  mutates: true,
  async run(context) {
    const { command } = context.data;
    const saved = await changeSettings(context, ({ guildId, rules }) => {
      // The role of everybody has the guild's id.
      const roleIds = context.values.includes(guildId) ? [] : [...context.values];
      return { rules: withCommandRule(rules, command, { roleIds }) };
    });
    await context.update(await ruleReply(context, command, saved));
  },
});

export const ruleComponents = [chooseRoles];

/** What holds for a command, with a select for the roles that it is for. */
export async function ruleReply(
  context: Context,
  command: string,
  { guildId, rules, accentColor }: GuildSettings,
): Promise<ReplyBody> {
  const say = context.say(ruleWords);
  const { enabled, cooldownSec, roleIds = [] } = rules.commands[command] ?? {};
  const known = roleIds.length === 0 ? undefined : await rolesOf(context, guildId);
  const isRole = (id: string) => known === undefined || known.has(id);
  const cooldown = cooldownSec === undefined ? say('noCooldown') : secondsText(cooldownSec, context.speech);
  const roles =
    roleIds.length === 0
      ? say('everybody')
      : clip(rolesText(context.say(settingsWords), roleIds, { isRole }), fieldMax);
  return {
    embeds: [
      {
        // A title takes no mention.
        title: `/${commandName(context.features, command, context.speech.language)}`,
        color: accentColor ?? DEFAULT_ACCENT_COLOR,
        fields: [
          { name: say('state'), value: say(enabled === false ? 'isOff' : 'isOn'), inline: true },
          { name: say('cooldown'), value: cooldown, inline: true },
          { name: say('roles'), value: roles },
        ],
      },
    ],
    components: [roleSelect(context, command, roleIds.filter(isRole))],
  };
}

function roleSelect(
  context: Context,
  command: string,
  roleIds: readonly string[],
): APIMessageTopLevelComponent {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.RoleSelect,
        custom_id: context.customId(chooseRoles, { command }),
        placeholder: context.say(ruleWords)('chooseRoles'),
        min_values: 0,
        max_values: rolesMax,
        default_values: roleIds.map((id) => ({ id, type: SelectMenuDefaultValueType.Role })),
      },
    ],
  };
}
