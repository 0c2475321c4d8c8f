import { Counter, Gauge } from './telemetry.ts';

/** start: identify (costs one of the day's), resume. Counted when Discord has accepted it. */
export const gatewaySessionsTotal = new Counter({
  name: 'shoal_gateway_sessions_total',
  help: 'Gateway connections that Discord accepted, by how they began',
  labelNames: ['start'],
});
// increase() does not see the event with which a series appears.
for (const start of ['identify', 'resume']) gatewaySessionsTotal.inc({ start }, 0);

/** why: invalid (op 9, not resumable), closed (by a code that ends a session), given_up (by us; see the watchdogs). Each costs an identify. */
export const gatewaySessionsEndedTotal = new Counter({
  name: 'shoal_gateway_sessions_ended_total',
  help: 'Gateway sessions that were over before their shard was, by reason',
  labelNames: ['why'],
});
for (const why of ['invalid', 'closed', 'given_up']) gatewaySessionsEndedTotal.inc({ why }, 0);

/** code: one that Discord documents, one of the protocol's own (1000, 1001, 1006), 4200 (our hand-over), or other. */
export const gatewayClosesTotal = new Counter({
  name: 'shoal_gateway_closes_total',
  help: 'Gateway connections closed, by close code',
  labelNames: ['code'],
});

/** In Unix seconds, as Prometheus counts ages; of the oldest where a process has several shards. */
export const gatewaySessionStartSeconds = new Gauge({
  name: 'shoal_gateway_session_start_time_seconds',
  help: 'When the oldest gateway session of this process began',
});

/** why: unanswered_resume, dead_resume_host, failing_resume, deaf. What a watchdog did about a connection that would not have healed. */
export const gatewayWatchdogTotal = new Counter({
  name: 'shoal_gateway_watchdog_total',
  help: 'Interventions of the gateway watchdogs, by reason',
  labelNames: ['why'],
});
