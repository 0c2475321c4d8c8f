// PM2's view of one host. `npx pm2 start ecosystem.config.cjs`, then `pm2 reload`, `pm2 stop`, `pm2 logs`.
// The variables come from .env beside this file (see .env.example) or from the shell that starts PM2.
const fs = require('node:fs');
const path = require('node:path');

// PM2 would run TypeScript with bun, and with its own Node. There is no platform package for macOS.
const pinned = path.join(__dirname, 'node_modules/.bin/node');

/** What all processes have in common. */
const common = {
  cwd: __dirname,
  interpreter: fs.existsSync(pinned) ? pinned : process.execPath,
  interpreter_args: '--env-file-if-exists=.env',
  // Compiled once, types stripped: measured to halve the start of a process. Shards inherit it.
  env: {
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(__dirname, 'node_modules/.cache/shoal'),
  },
  exec_mode: 'fork',
  instances: 1,
  // PM2 would signal the shards together with the manager; the manager stops them itself, in order.
  treekill: false,
  wait_ready: true,
  // 64 usage, 65 data, 78 configuration: starting again cannot cure these.
  stop_exit_codes: [64, 65, 78],
  exp_backoff_restart_delay: 1_000,
  merge_logs: true,
  time: false,
};

module.exports = {
  apps: [
    {
      ...common,
      name: 'manager',
      script: 'src/bin/manager.ts',
      // Above the shards' SIGKILL (config/deadlines.ts, SHARD_STOP_MS).
      kill_timeout: 15_000,
      listen_timeout: 60_000,
      // The manager alone; its shards are processes of their own.
      max_memory_restart: '512M',
    },
    {
      ...common,
      name: 'jobs',
      script: 'src/bin/jobs.ts',
      // A timer is to fire within 2 s of its time, and PM2 takes longer to start a process again: the other one runs what is due
      // meanwhile. PM2 restarts one after the other.
      instances: 2,
      instance_var: 'JOBS_INSTANCE',
      // Above the drain (config/jobs.ts, JOBS_DRAIN_MS and JOBS_LAST_WORD_MS).
      kill_timeout: 10_000,
      listen_timeout: 15_000,
      // The process alone; what its jobs compute runs in processes of their own.
      max_memory_restart: '512M',
    },
    {
      ...common,
      name: 'pgbouncer-exporter',
      script: 'src/bin/pgbouncer-exporter.ts',
      kill_timeout: 3_000,
      listen_timeout: 15_000,
      max_memory_restart: '256M',
    },
  ],
};
