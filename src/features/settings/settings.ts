import { GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import { defineCommand } from '../command.ts';
import type { Feature } from '../feature.ts';
import { set } from './set.ts';
import { view } from './view.ts';

const command = defineCommand({
  name: 'settings',
  description: "This server's settings",
  permissions: PermissionFlagsBits.ManageGuild,
  guildOnly: true,
  subcommands: { view, set },
});

export const settings: Feature = {
  name: 'settings',
  intents: [GatewayIntentBits.Guilds],
  commands: [command],
  alwaysOn: true,
};
