import type { APIInteraction } from 'discord-api-types/v10';
import type { GuildSettings } from '../settings/settings.ts';
import type { Owners } from './owners.ts';
import { lackingPermissions } from './permissions.ts';
import type { Route } from './route.ts';
import { userOf } from './user-of.ts';
import type { Problem } from './wording.ts';

/** What a gate decides by. */
export interface Call {
  readonly interaction: APIInteraction;
  readonly route: Route;
  /** `undefined` in a direct message, and while no tier can tell. */
  readonly settings: GuildSettings | undefined;
  readonly owners: Pick<Owners, 'has'>;
}

/** Says why an interaction is not to be carried out. */
export type Gate = (call: Call) => Problem | undefined | Promise<Problem | undefined>;

/** Asked in this order, after age and duplicates (`intake.ts`) and before the handler; the first objection is the answer. */
export const gates: readonly Gate[] = [inGuild, owner, ofOperators, permitted];

function inGuild({ interaction, route }: Call): Problem | undefined {
  return route.guildOnly && interaction.guild_id === undefined ? { problem: 'guildOnly' } : undefined;
}

function owner({ interaction, route }: Call): Problem | undefined {
  return route.userId !== undefined && route.userId !== userOf(interaction).id
    ? { problem: 'notYours' }
    : undefined;
}

async function ofOperators({ interaction, route, owners }: Call): Promise<Problem | undefined> {
  const allowed = !route.ownersOnly || (await owners.has(userOf(interaction).id));
  return allowed ? undefined : { problem: 'ownersOnly' };
}

function permitted({ interaction, route }: Call): Problem | undefined {
  if (route.permissions === undefined) return undefined;
  const permissions = lackingPermissions(route.permissions, interaction.member?.permissions ?? '0');
  return permissions === '' ? undefined : { problem: 'permission', values: { permissions } };
}
