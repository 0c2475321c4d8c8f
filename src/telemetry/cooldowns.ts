import { Counter } from './telemetry.ts';

/**
 * Uses that have limits. `command`: as in `shoal_interactions_total`. outcome: admitted, limited (told when it works again), unknown
 * (refused, since Redis failed and the limit needs it). source: shared (Redis), or local (this process alone, while Redis failed).
 */
export const cooldownsTotal = new Counter({
  name: 'shoal_cooldowns_total',
  help: 'Uses of commands and components that have limits, by command, outcome, and where they were counted',
  labelNames: ['command', 'outcome', 'source'],
});
