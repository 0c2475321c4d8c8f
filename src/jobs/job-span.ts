import type { LeasedJob } from '../queue/job-leases.ts';
import type { Origin, Work } from '../telemetry/tracing.ts';

/**
 * Who looks at a trace sees minutes of it, and one of a reminder that repeats would never end: what runs later begins a trace of its
 * own, with a link to that one.
 */
const sameTraceMs = 15 * 60_000;

export function originOf({ traceparent, enqueuedAt }: LeasedJob): Origin {
  const from = traceparent ?? undefined;
  return Date.now() - enqueuedAt.getTime() < sameTraceMs ? { parent: from } : { link: from };
}

export function spanOf({ id, kind, attempts }: LeasedJob): Work {
  return {
    name: `process ${kind}`,
    kind: 'consumer',
    attributes: {
      'messaging.system': 'shoal_jobs',
      'messaging.operation.type': 'process',
      'messaging.destination.name': kind,
      'messaging.message.id': id,
      'shoal.job.attempt': attempts,
    },
  };
}
