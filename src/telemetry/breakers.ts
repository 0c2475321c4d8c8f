import { Counter, Gauge } from './telemetry.ts';

/** 0 closed, 1 half open (the next call decides), 2 open. `breaker`: one of a few fixed names. */
export const breakerState = new Gauge({
  name: 'shoal_breaker_state',
  help: 'State of each circuit breaker: 0 closed, 1 half open, 2 open',
  labelNames: ['breaker'],
});

/** event: success, failure, rejected (not called, because the breaker is open), opened, closed. */
export const breakerEventsTotal = new Counter({
  name: 'shoal_breaker_events_total',
  help: 'Calls through each circuit breaker by how they ended, and its changes of state',
  labelNames: ['breaker', 'event'],
});
