import { PermissionFlagsBits, type APIInteraction } from 'discord-api-types/v10';
import type { Feature } from '../features/feature.ts';
import { lackingPermissions, permissionNames } from '../features/permission-words.ts';
import { titleOf } from '../features/title.ts';
import { mentionOf, verbatim, type Speech } from '../i18n/i18n.ts';
import { snowflakeTimeMs } from '../lib/snowflake.ts';
import type { GuildSettings } from '../settings/settings.ts';
import type { Limiter } from './limiter.ts';
import { useOf } from './limits.ts';
import type { Owners } from './owners.ts';
import type { Route } from './route.ts';
import { ruleOf } from './rule-of.ts';
import { userOf } from './user-of.ts';
import type { Problem } from './wording.ts';

/** What a gate decides by. */
export interface Call {
  readonly interaction: APIInteraction;
  readonly route: Route;
  readonly features: readonly Feature[];
  /**
   * `undefined` in a direct message, and while no tier can tell. Then the rules of a guild do not bind: a bot that answers is worth more
   * than one that obeys, and Discord has its own permissions for commands.
   */
  readonly settings: GuildSettings | undefined;
  readonly speech: Speech;
  readonly limiter: Pick<Limiter, 'take'>;
  readonly owners: Pick<Owners, 'has'>;
}

/** What decides whether somebody may. */
export type Rights = Omit<Call, 'route' | 'limiter'> & {
  readonly route: Pick<
    Route,
    'feature' | 'switchable' | 'command' | 'permissions' | 'guildOnly' | 'ownersOnly' | 'userId'
  >;
};

/** Says why an interaction is not to be carried out. */
export type Gate = (call: Call) => Problem | undefined | Promise<Problem | undefined>;

/** Whether who asks may; nothing is used up by asking. */
export const rightsGates = [
  inGuild,
  owner,
  ofOperators,
  permitted,
  familyOn,
  commandOn,
  roleAllowed,
] as const;

/**
 * Asked in this order, after age and duplicates (`intake.ts`) and before the handler; the first objection is the answer. The cooldown is
 * the last one: what is refused for another reason uses nothing up.
 */
export const gates: readonly Gate[] = [...rightsGates, cooledDown];

function inGuild({ interaction, route }: Rights): Problem | undefined {
  return route.guildOnly && interaction.guild_id === undefined ? { problem: 'guildOnly' } : undefined;
}

function owner({ interaction, route }: Rights): Problem | undefined {
  return route.userId !== undefined && route.userId !== userOf(interaction).id
    ? { problem: 'notYours' }
    : undefined;
}

async function ofOperators({ interaction, route, owners }: Rights): Promise<Problem | undefined> {
  const allowed = !route.ownersOnly || (await owners.has(userOf(interaction).id));
  return allowed ? undefined : { problem: 'ownersOnly' };
}

function permitted({ interaction, route, speech }: Rights): Problem | undefined {
  const lacking = lackingPermissions(route.permissions ?? 0n, heldBy(interaction));
  if (lacking === 0n) return undefined;
  return { problem: 'permission', values: { permissions: permissionNames(lacking, speech) } };
}

function familyOn({ route, features, settings, speech }: Rights): Problem | undefined {
  if (!route.switchable || settings?.rules.families[route.feature] !== false) return undefined;
  const family = titleOf({ features, speech }, route.feature);
  return { problem: 'familyOff', values: { family, permission: staffPermission(speech) } };
}

function commandOn({ route, settings, speech }: Rights): Problem | undefined {
  if (ruleOf(route, settings)?.enabled !== false) return undefined;
  return {
    problem: 'commandOff',
    values: {
      command: verbatim(mentionOf(speech, route.command ?? '')),
      permission: staffPermission(speech),
    },
  };
}

/** Staff decide who may, and may themselves. The role of everybody has the guild's id, and nobody's list names it. */
function roleAllowed({ interaction, route, settings }: Rights): Problem | undefined {
  const { roleIds = [] } = ruleOf(route, settings) ?? {};
  if (roleIds.length === 0 || isStaff(interaction)) return undefined;
  const held = new Set([...(interaction.member?.roles ?? []), interaction.guild_id]);
  if (roleIds.some((id) => held.has(id))) return undefined;
  return { problem: 'roles', values: { roles: verbatim(roleIds.map((id) => `<@&${id}>`).join(' ')) } };
}

async function cooledDown({ interaction, route, settings, limiter }: Call): Promise<Problem | undefined> {
  const verdict = await limiter.take(useOf(route, interaction, settings));
  if (verdict.kind === 'admitted') return undefined;
  if (verdict.kind === 'unknown') return { problem: 'uncounted' };
  // By Discord's clock, which the member's client shows it by; this host's may be off.
  const atSec = Math.ceil((snowflakeTimeMs(interaction.id) + verdict.waitMs) / 1_000);
  return { problem: 'cooldown', values: { when: verbatim(`<t:${atSec}:R>`) } };
}

function heldBy({ member }: APIInteraction): bigint {
  return BigInt(member?.permissions ?? 0);
}

function isStaff(interaction: APIInteraction): boolean {
  return lackingPermissions(PermissionFlagsBits.ManageGuild, heldBy(interaction)) === 0n;
}

function staffPermission(speech: Speech): string {
  return permissionNames(PermissionFlagsBits.ManageGuild, speech);
}
