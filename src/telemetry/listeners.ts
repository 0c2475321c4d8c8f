import { Counter } from './telemetry.ts';

/** outcome: done, failed, shed (too many were under way). */
export const listenedTotal = new Counter({
  name: 'shoal_listener_events_total',
  help: 'Gateway events that features listen to, by listener and outcome',
  labelNames: ['listener', 'outcome'],
});
