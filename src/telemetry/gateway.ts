import { Counter, Gauge } from './telemetry.ts';

/** Gateway dispatches by event name; Discord's list of events bounds the label. */
export const gatewayEventsTotal = new Counter({
  name: 'shoal_gateway_events_total',
  help: 'Gateway dispatches received, by event type',
  labelNames: ['event'],
});

/** `shard` also where a process has several. */
export const gatewayLatencySeconds = new Gauge({
  name: 'shoal_gateway_latency_seconds',
  help: 'Round trip of the last gateway heartbeat',
  labelNames: ['shard'],
});

export const guildsServed = new Gauge({ name: 'shoal_guilds', help: 'Guilds this process serves' });
