import { Gauge } from './telemetry.ts';

/**
 * One series a process, which says which release it runs: during a restart, and after one that stopped half-way, there are two.
 * `revision` is empty, which to Prometheus is none, where nobody knows it.
 */
export const buildInfo = new Gauge({
  name: 'shoal_build_info',
  help: 'The running release',
  labelNames: ['version', 'revision'],
});
