import { ApplicationIntegrationType } from 'discord-api-types/v10';
import type { RegisteredCommand } from './command-registry.ts';

/** A command as the API answers with it: defaults filled in, localisations only where they were asked for. */
export function commandView(command: RegisteredCommand, withLocalizations: boolean): object {
  const isGlobal = command.guild_id === undefined;
  const filled = {
    ...command,
    nsfw: command.nsfw ?? false,
    ...(isGlobal && {
      dm_permission: command.dm_permission ?? true,
      contexts: command.contexts ?? null,
      integration_types: command.integration_types ?? [ApplicationIntegrationType.GuildInstall],
    }),
  };
  if (withLocalizations) {
    const { name_localizations = null, description_localizations = null } = command;
    return { ...filled, name_localizations, description_localizations };
  }
  return withoutLocalizations(filled) as object;
}

function withoutLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalizations);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutLocalizations(inner)]));
}
