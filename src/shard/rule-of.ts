import type { GuildSettings } from '../settings/settings.ts';
import type { Route } from './route.ts';

/** Of a command that may be switched off; what is always on has no rules. */
export function ruleOf(
  { switchable, command }: Pick<Route, 'switchable' | 'command'>,
  settings: GuildSettings | undefined,
) {
  return switchable && command !== undefined ? settings?.rules.commands[command] : undefined;
}
