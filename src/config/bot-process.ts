import { discordConfig, discordNames, type DiscordConfig } from './discord.ts';
import type { Environment } from './environment.ts';
import { logConfig, runningNames, type LogConfig } from './log.ts';
import { releaseOf, type Release } from './release.ts';
import { tracingConfig, tracingNames, type TracingConfig } from './tracing.ts';
import type { Values } from './variables.ts';

/** What manager, shard and jobs processes all read. */
export const botNames = [...runningNames, ...discordNames, ...tracingNames] as const;

export interface BotProcess {
  readonly release: Release;
  readonly log: LogConfig;
  readonly tracing: TracingConfig | undefined;
  readonly discord: DiscordConfig;
}

export function botProcess(values: Values<(typeof botNames)[number]>, environment: Environment): BotProcess {
  return {
    release: releaseOf(values),
    log: logConfig(values, environment),
    tracing: tracingConfig(values),
    discord: discordConfig(values),
  };
}
