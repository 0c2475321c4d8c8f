import { query, type Dashboard } from './panel.ts';

/** As in the alerts: what lies in memory or is mounted read-only does not fill up. */
const disks = '{fstype!~"tmpfs|ramfs|squashfs|overlay"}';

export const capacity: Dashboard = {
  uid: 'shoal-capacity',
  title: 'Shoal: capacity',
  description:
    'What runs out first: processes, the host, the database, backups. docs/capacity.md has the arithmetic',
  rows: [
    {
      title: 'Processes',
      panels: [
        {
          title: 'CPU',
          description: 'Of one core, by process (a number is a shard).',
          unit: 'percentunit',
          limits: { warn: 0.8 },
          queries: [
            query(
              'sum by (process, shard) (rate(process_cpu_seconds_total{job=~"manager|jobs"}[$__rate_interval]))',
              '{{process}}{{shard}}',
            ),
          ],
        },
        {
          title: 'Memory',
          description: 'Resident, by process.',
          unit: 'bytes',
          stacked: true,
          queries: [
            query(
              'sum by (process, shard) (process_resident_memory_bytes{job=~"manager|jobs"})',
              '{{process}}{{shard}}',
            ),
          ],
        },
        {
          title: 'Heap',
          description: 'Share of the size at which V8 gives up and the process ends.',
          unit: 'percentunit',
          limits: { warn: 0.85 },
          queries: [query('nodejs_heap_size_used_bytes / shoal_heap_limit_bytes', '{{process}}{{shard}}')],
          alerts: ['HeapNearLimit'],
        },
        {
          title: 'Event loop',
          description: 'What one turn in a hundred takes.',
          unit: 's',
          limits: { warn: 0.2 },
          queries: [
            query('max by (process, shard) (nodejs_eventloop_lag_p99_seconds)', '{{process}}{{shard}}'),
          ],
          alerts: ['EventLoopLag'],
        },
        {
          title: 'Garbage collection',
          description: 'Share of the time that a process spends on it.',
          unit: 'percentunit',
          limits: { warn: 0.1 },
          queries: [
            query(
              'sum by (process, shard) (rate(nodejs_gc_duration_seconds_sum[$__rate_interval]))',
              '{{process}}{{shard}}',
            ),
          ],
        },
        {
          title: 'Scrapes of the manager',
          description: 'How long one takes. A shard that does not answer within 1.5 s is left out.',
          unit: 's',
          limits: { warn: 1.5 },
          queries: [query('max(scrape_duration_seconds{job="manager"})', 'seconds')],
        },
        {
          title: 'Spans of traces lost',
          description: 'The collector failed, or they were too many. Only where traces are on.',
          unit: 'ops',
          queries: [query('sum by (job) (rate(shoal_traces_dropped_total[$__rate_interval]))', '{{job}}')],
        },
      ],
    },
    {
      title: 'Host',
      panels: [
        {
          title: 'CPU of the host',
          description: 'Share of all cores that is busy.',
          unit: 'percentunit',
          limits: { warn: 0.8 },
          queries: [
            query(
              '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))',
              '{{instance}}',
            ),
          ],
        },
        {
          title: 'Memory that is available',
          description: 'Share of the host’s.',
          unit: 'percentunit',
          limits: { bad: 0.1, low: true },
          queries: [query('node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes', '{{instance}}')],
          alerts: ['HostMemoryLow'],
        },
        {
          title: 'Disks: free',
          description: 'Share of each.',
          unit: 'percentunit',
          limits: { bad: 0.1, low: true },
          queries: [
            query(`node_filesystem_avail_bytes${disks} / node_filesystem_size_bytes`, '{{mountpoint}}'),
          ],
          alerts: ['DiskSpaceLow'],
        },
        {
          title: 'Disks: free in four days',
          description:
            'At the pace of the last six hours. Below zero: full before that; a disk with 40 % free or more has time for a second look.',
          unit: 'bytes',
          limits: { bad: 0, low: true },
          queries: [
            query(`predict_linear(node_filesystem_avail_bytes${disks}[6h], 345600)`, '{{mountpoint}}'),
          ],
          alerts: ['DiskFillingUp'],
        },
      ],
    },
    {
      title: 'Data',
      panels: [
        {
          title: 'Size of the database',
          description: 'By database. What was written by commands and messages grows most.',
          unit: 'bytes',
          limits: { warn: 60e9 },
          queries: [query('max by (datname) (pg_database_size_bytes)', '{{datname}}')],
          alerts: ['DatabaseLarge'],
        },
        {
          title: 'Growth in a day',
          description: 'Share by which each database has grown.',
          unit: 'percentunit',
          limits: { warn: 0.25 },
          queries: [
            query(
              'max by (datname) (pg_database_size_bytes / (pg_database_size_bytes offset 1d) - 1)',
              '{{datname}}',
            ),
          ],
          alerts: ['DatabaseGrowing'],
        },
        {
          title: 'Memory of Redis',
          description:
            'The cache evicts at its limit, which makes it slower and not wrong; the state Redis must not get there.',
          unit: 'bytes',
          queries: [query('max by (role) (redis_memory_used_bytes)', '{{role}}')],
          alerts: ['RedisMemoryHigh'],
        },
        {
          title: 'Newest backup',
          description: 'How old it is. One a day is written; after 26 hours something is wrong.',
          unit: 's',
          kind: 'number',
          limits: { warn: 90_000, bad: 93_600 },
          queries: [query('time() - max(shoal_backup_time_seconds)')],
          alerts: ['BackupOld', 'BackupMissing'],
        },
        {
          title: 'Size of the newest backup',
          description: 'One much smaller than the one before lacks something.',
          unit: 'bytes',
          queries: [query('max(shoal_backup_size_bytes)', 'size')],
          alerts: ['BackupOld'],
        },
      ],
    },
  ],
};
