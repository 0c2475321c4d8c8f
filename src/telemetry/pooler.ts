import { Gauge } from './telemetry.ts';

/** Named as prometheus-community's exporter names them, so that rules and dashboards made for that one fit. */
export const poolerUp = new Gauge({
  name: 'pgbouncer_up',
  help: '1 while the console of PgBouncer answers, else 0',
});

const labelNames = ['database', 'user'] as const;

/** By the column of `SHOW POOLS` that each one is. */
export const poolGauges = {
  cl_active: new Gauge({
    name: 'pgbouncer_pools_client_active_connections',
    help: 'Clients that have a server connection, or want none at the moment',
    labelNames,
  }),
  cl_waiting: new Gauge({
    name: 'pgbouncer_pools_client_waiting_connections',
    help: 'Clients that wait for a server connection',
    labelNames,
  }),
  sv_active: new Gauge({
    name: 'pgbouncer_pools_server_active_connections',
    help: 'Server connections in use by a client',
    labelNames,
  }),
  sv_idle: new Gauge({
    name: 'pgbouncer_pools_server_idle_connections',
    help: 'Server connections that are free',
    labelNames,
  }),
  maxwait: new Gauge({
    name: 'pgbouncer_pools_client_maxwait_seconds',
    help: 'How long the first of the waiting clients has waited',
    labelNames,
  }),
} as const;
