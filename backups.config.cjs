// A backup a day by PM2, of which the newest 14 stay: `npx pm2 start backups.config.cjs` on one host of the bot, which has a pg_dump
// as new as the server. POSTGRES_DIRECT_URL comes from .env. docs/runbook.md, "Keep backups".
const { apps } = require('./ecosystem.config.cjs');

const flags = {
  '--out': 'backups',
  '--every-hours': '24',
  '--keep': '14',
  // What node exporter reads.
  '--metrics': '/var/lib/prometheus/node-exporter/shoal.prom',
};

module.exports = {
  apps: [
    {
      ...apps[0],
      name: 'backups',
      script: 'src/bin/backups.ts',
      args: Object.entries(flags).flat(),
      wait_ready: false,
      kill_timeout: 10_000,
      max_memory_restart: '256M',
    },
  ],
};
