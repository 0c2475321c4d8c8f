import type { Values } from './variables.ts';

export const discordNames = ['DISCORD_TOKEN', 'DISCORD_API_URL'] as const;

export interface DiscordConfig {
  readonly token: string;
  /** REST base without version, e.g. `https://discord.com/api`. */
  readonly apiUrl: string;
}

export function discordConfig(values: Values<(typeof discordNames)[number]>): DiscordConfig {
  return { token: values.DISCORD_TOKEN, apiUrl: values.DISCORD_API_URL };
}
