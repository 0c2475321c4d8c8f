import { perSecond, quantile, query, type Dashboard } from './panel.ts';

export const jobs: Dashboard = {
  uid: 'shoal-jobs',
  title: 'Shoal: jobs',
  description: 'Timers, recurring work and computations: whether they run, and in time',
  variables: [{ label: 'kind', series: 'shoal_jobs_waiting' }],
  rows: [
    {
      title: 'In time?',
      panels: [
        {
          title: 'Jobs processes',
          description: 'That answer Prometheus. None: everything waits, nothing is lost.',
          unit: 'short',
          kind: 'number',
          limits: { bad: 1, low: true },
          queries: [query('sum(up{job="jobs"})')],
          alerts: ['JobsDown'],
        },
        {
          title: 'Oldest job that is due',
          description: 'How late the latest one is.',
          unit: 's',
          limits: { warn: 60 },
          queries: [query('max by (kind) (shoal_jobs_oldest_seconds{kind=~"$kind"})', '{{kind}}')],
          alerts: ['JobsLate'],
        },
        {
          title: 'Due and with nobody',
          description: 'Of the whole queue, by kind.',
          unit: 'short',
          queries: [query('max by (kind) (shoal_jobs_waiting{kind=~"$kind"})', '{{kind}}')],
          alerts: ['JobsLate'],
        },
        {
          title: 'Given up',
          description: 'They wait for somebody: `npm run jobs -- dead` lists them, `-- replay` tries again.',
          unit: 'short',
          limits: { warn: 1 },
          queries: [query('max by (kind) (shoal_jobs_dead{kind=~"$kind"})', '{{kind}}')],
          alerts: ['JobsDead'],
        },
      ],
    },
    {
      title: 'Work',
      panels: [
        {
          title: 'Started',
          description: 'Attempts, by kind.',
          unit: 'ops',
          stacked: true,
          queries: [query(perSecond('shoal_jobs_started_total{kind=~"$kind"}', 'kind'), '{{kind}}')],
        },
        {
          title: 'How they ended',
          description:
            'Failed: it will be tried again. Dead: it will not. Returned: the process stopped. Lost: another process has it.',
          unit: 'ops',
          queries: [query(perSecond('shoal_jobs_ended_total{kind=~"$kind"}', 'outcome'), '{{outcome}}')],
          alerts: ['JobsFailing'],
        },
        {
          title: 'Share that fails',
          description: 'Of the attempts of a quarter of an hour.',
          unit: 'percentunit',
          limits: { warn: 0.2 },
          queries: [
            query(
              `(
  sum by (kind) (increase(shoal_jobs_ended_total{kind=~"$kind", outcome=~"failed|dead"}[15m]))
  or 0 * sum by (kind) (increase(shoal_jobs_ended_total{kind=~"$kind"}[15m]))
) / sum by (kind) (increase(shoal_jobs_ended_total{kind=~"$kind"}[15m]))`,
              '{{kind}}',
            ),
          ],
          alerts: ['JobsFailing'],
        },
        {
          title: 'Time of an attempt',
          description: 'What one attempt in twenty takes.',
          unit: 's',
          queries: [query(quantile(0.95, 'shoal_job_seconds{kind=~"$kind"}', 'kind'), '{{kind}}')],
        },
        {
          title: 'Reminders',
          description: 'Where they went. Nobody: neither the channel nor a direct message took it.',
          unit: 'ops',
          queries: [query(perSecond('shoal_reminders_sent_total', 'to'), '{{to}}')],
        },
      ],
    },
  ],
};
