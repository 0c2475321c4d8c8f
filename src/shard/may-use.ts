import type { Command } from '../features/command.ts';
import { rightsGates, type Rights } from './gates.ts';

/** What the gates would say of a command, for those who only want to see it. */
export async function mayUse(command: Command, asking: Omit<Rights, 'route'>): Promise<boolean> {
  const feature = asking.features.find(({ commands }) => commands.includes(command));
  if (feature === undefined) return false;
  const route = {
    feature: feature.name,
    switchable: feature.alwaysOn !== true,
    command: command.name,
    permissions: command.permissions,
    guildOnly: command.guildOnly === true,
    ownersOnly: command.ownersOnly === true,
    userId: undefined,
  };
  for (const gate of rightsGates) if ((await gate({ ...asking, route })) !== undefined) return false;
  return true;
}
