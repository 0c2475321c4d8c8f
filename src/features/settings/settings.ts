import { GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import { defineCommand } from '../command.ts';
import type { Feature } from '../feature.ts';
import { command as commandRules } from './command.ts';
import { commandWords } from './command-words.ts';
import { keep } from './confirm.ts';
import { exportSettings } from './export.ts';
import { family } from './family.ts';
import { importComponents, importSettings } from './import.ts';
import { reset, resetComponents } from './reset.ts';
import { ruleComponents } from './rule-reply.ts';
import { set } from './set.ts';
import { view } from './view.ts';

const command = defineCommand({
  name: 'settings',
  description: "This server's settings",
  permissions: PermissionFlagsBits.ManageGuild,
  guildOnly: true,
  subcommands: {
    view,
    set,
    reset,
    export: exportSettings,
    import: importSettings,
    command: commandRules,
    family,
  },
});

export const settings: Feature = {
  name: 'settings',
  title: { en: 'Settings', de: 'Einstellungen', fr: 'Paramètres', es: 'Ajustes', ko: '설정' },
  intents: [GatewayIntentBits.Guilds],
  commands: [command],
  components: [keep, ...resetComponents, ...importComponents, ...ruleComponents],
  words: commandWords,
  alwaysOn: true,
};
