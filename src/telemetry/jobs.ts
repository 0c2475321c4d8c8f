import { Counter, Gauge, Histogram } from './telemetry.ts';

/** `kind` is a kind that this release handles. */
export const jobsStartedTotal = new Counter({
  name: 'shoal_jobs_started_total',
  help: 'Attempts at jobs, by kind',
  labelNames: ['kind'],
});

export const jobOutcomes = ['completed', 'failed', 'dead', 'returned', 'lost'] as const;

/** outcome: completed, failed (it will be tried again), dead (it will not), returned (the process stops), lost (another process has it, or nobody knows). */
export const jobsEndedTotal = new Counter({
  name: 'shoal_jobs_ended_total',
  help: 'Attempts at jobs by kind and how they ended',
  labelNames: ['kind', 'outcome'],
});

/** From a row's update to the time limits of CPU work. */
export const jobSeconds = new Histogram({
  name: 'shoal_job_seconds',
  help: 'Seconds that one attempt at a job took, by kind',
  labelNames: ['kind'],
  buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300],
});

/** Of the whole queue, so every jobs process says the same. A kind of another release is `other`. */
export const jobsWaiting = new Gauge({
  name: 'shoal_jobs_waiting',
  help: 'Jobs that are due and with nobody, by kind',
  labelNames: ['kind'],
});

export const jobsOldestSeconds = new Gauge({
  name: 'shoal_jobs_oldest_seconds',
  help: 'Seconds since the oldest waiting job was due, by kind',
  labelNames: ['kind'],
});

export const jobsDead = new Gauge({
  name: 'shoal_jobs_dead',
  help: 'Jobs that were given up and wait for somebody to look at them, by kind',
  labelNames: ['kind'],
});
