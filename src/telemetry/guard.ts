import { Counter } from './telemetry.ts';

/** outcome: deferred (no answer 2.5 s after the interaction), cancelled (its budget was spent), late (it changed something, and completed past its budget). */
export const guardedTotal = new Counter({
  name: 'shoal_interaction_guard_total',
  help: 'What the deadline guard had to do, by outcome',
  labelNames: ['outcome'],
});
