import { defineCommand } from '../command.ts';
import type { Feature } from '../feature.ts';
import { erase } from './erase.ts';
import { exportData } from './export.ts';

const command = defineCommand({
  name: 'privacy',
  description: 'What I store about you',
  subcommands: { export: exportData, delete: erase },
});

export const privacy: Feature = { name: 'privacy', intents: [], commands: [command], alwaysOn: true };
