import { Gauge } from './telemetry.ts';

/** Kept by the manager. Below `IDENTIFY_RESERVE` (config/sessions.ts) no shard identifies any more until Discord resets it. */
export const identifiesRemaining = new Gauge({
  name: 'shoal_gateway_identifies_remaining',
  help: 'Identifies that Discord still accepts today, as it said last',
});
