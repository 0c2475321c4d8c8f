import { Counter } from './telemetry.ts';

/** to: channel, direct (also where the channel did not take it), nobody (neither took it). */
export const remindersSentTotal = new Counter({
  name: 'shoal_reminders_sent_total',
  help: 'Reminders that were due, by where their message went',
  labelNames: ['to'],
});
