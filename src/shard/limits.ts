import type { APIInteraction } from 'discord-api-types/v10';
import type { Limit } from '../features/command.ts';
import type { Quota } from '../redis/limits.ts';
import type { GuildSettings } from '../settings/settings.ts';
import { userOf } from './user-of.ts';
import type { Use } from './limiter.ts';
import type { Route } from './route.ts';
import { ruleOf } from './rule-of.ts';

/** Where a definition says nothing. People turn pages and vote faster than they type. */
const defaults = {
  command: [{ per: 'user', times: 5, withinSec: 10, whenRedisFails: 'local' }],
  component: [{ per: 'user', times: 20, withinSec: 10, whenRedisFails: 'local' }],
  modal: [{ per: 'user', times: 5, withinSec: 10, whenRedisFails: 'local' }],
} as const satisfies Record<Route['kind'], readonly Limit[]>;

/**
 * What a use counts against: the definition's limits, for each subcommand by itself, and the guild's own cooldown of the command,
 * which makes nothing laxer. A limit per guild or channel holds in a direct message for the channel.
 */
export function useOf(route: Route, interaction: APIInteraction, settings: GuildSettings | undefined): Use {
  const limits: readonly Limit[] = route.traits.limits ?? defaults[route.kind];
  const own = limits.map(({ per, times, withinSec }) => ({
    subject: `${route.label}:${subjectOf(per, interaction)}`,
    times,
    withinMs: withinSec * 1_000,
  }));
  return {
    of: route.command ?? route.label,
    label: route.label,
    quotas: [...own, ...guildQuota(route, interaction, settings)],
    needsRedis: limits.some(({ whenRedisFails }) => whenRedisFails === 'refuse'),
  };
}

function subjectOf(per: Limit['per'], interaction: APIInteraction): string {
  if (per === 'user') return `user:${userOf(interaction).id}`;
  if (per === 'guild' && interaction.guild_id !== undefined) return `guild:${interaction.guild_id}`;
  return `channel:${interaction.channel?.id}`;
}

function guildQuota(route: Route, interaction: APIInteraction, settings: GuildSettings | undefined): Quota[] {
  const rule = ruleOf(route, settings);
  if (settings === undefined || rule?.cooldownSec === undefined) return [];
  const subject = `in:${settings.guildId}:user:${userOf(interaction).id}`;
  return [{ subject, times: 1, withinMs: rule.cooldownSec * 1_000 }];
}
