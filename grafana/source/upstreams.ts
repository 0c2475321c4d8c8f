import { perSecond, quantile, quantiles, query, type Dashboard } from './panel.ts';

export const upstreams: Dashboard = {
  uid: 'shoal-upstreams',
  title: 'Shoal: Discord and upstreams',
  description: 'Discord’s limits, the breakers, and the services that commands look things up in',
  variables: [{ label: 'upstream', series: 'shoal_upstream_requests_total' }],
  rows: [
    {
      title: 'Discord’s limits',
      panels: [
        {
          title: 'Invalid requests in ten minutes',
          description:
            'Of all processes. Discord bans the address at 10,000; from 8,000 on Shoal holds calls back.',
          unit: 'short',
          limits: { warn: 5_000, bad: 8_000 },
          queries: [query('max(shoal_rest_invalid_requests_window)', 'invalid')],
          alerts: ['InvalidRequestsNearBan', 'CallsHeldBack'],
        },
        {
          title: 'Invalid requests',
          description: 'By status. 401: the token; 403: a permission; 429: too often.',
          unit: 'ops',
          limits: { warn: 0.1 },
          queries: [query(perSecond('shoal_rest_invalid_requests_total', 'status'), '{{status}}')],
          alerts: ['RestRateLimited', 'InvalidRequestsNearBan'],
        },
        {
          title: 'Calls held back',
          description: 'Not sent, because the ban of this address is near.',
          unit: 'ops',
          queries: [query('sum(rate(shoal_rest_held_back_total[$__rate_interval]))', 'held back')],
          alerts: ['CallsHeldBack'],
        },
        {
          title: 'Wait for the limit of 50 a second',
          description: 'Of calls that count towards it; interactions do not.',
          unit: 's',
          limits: { warn: 1 },
          queries: quantiles('shoal_rest_wait_seconds'),
        },
        {
          title: 'Permissions to call',
          description:
            'Shared: leased through Redis. Lapsed: leased and not used in time. Local: a process by itself, while Redis failed.',
          unit: 'ops',
          stacked: true,
          queries: [query(perSecond('shoal_rest_tokens_total', 'source'), '{{source}}')],
        },
        {
          title: 'Processes with a limit of their own',
          description: 'They do not reach the state Redis, and keep to their share of the 50.',
          unit: 'short',
          limits: { warn: 1 },
          queries: [query('sum(shoal_rest_limit_shared == bool 0)', 'processes')],
          alerts: ['RestLimitNotShared'],
        },
      ],
    },
    {
      title: 'Calls to Discord',
      panels: [
        {
          title: 'Calls to Discord by kind',
          description: 'Callback: a first answer. Webhook: what follows it, by the interaction’s token.',
          unit: 'ops',
          stacked: true,
          queries: [query(perSecond('shoal_rest_request_seconds_count', 'route'), '{{route}}')],
        },
        {
          title: 'Calls that Discord did not take',
          description: 'By status; none: no answer came.',
          unit: 'ops',
          queries: [
            query(
              perSecond('shoal_rest_request_seconds_count{status!="2xx"}', 'route, status'),
              '{{route}}: {{status}}',
            ),
          ],
          alerts: ['RestRateLimited', 'InteractionsFailing'],
        },
        {
          title: 'How long Discord takes',
          description: 'One call in a hundred takes longer, by kind.',
          unit: 's',
          limits: { warn: 1 },
          queries: [query(quantile(0.99, 'shoal_rest_request_seconds', 'route'), '{{route}}')],
          alerts: ['InteractionsSlow'],
        },
        {
          title: 'Answered with 429',
          description: 'User and global are ours to avoid; shared is Discord’s own.',
          unit: 'ops',
          queries: [
            query(perSecond('shoal_rest_rate_limited_total', 'route, scope'), '{{route}}: {{scope}}'),
          ],
          alerts: ['RestRateLimited'],
        },
      ],
    },
    {
      title: 'Breakers',
      panels: [
        {
          title: 'State of each breaker',
          description:
            'The worst of all processes. Open: what stands behind it is not called. Half open: the next call decides.',
          unit: 'short',
          kind: 'timeline',
          states: ['Closed', 'Half open', 'Open'],
          queries: [query('max by (breaker) (shoal_breaker_state)', '{{breaker}}')],
          alerts: ['BreakerOpen'],
        },
        {
          title: 'Calls that failed or were spared',
          description:
            'Rejected: not called, because the breaker was open. Beside them its changes of state.',
          unit: 'ops',
          queries: [
            query(
              perSecond('shoal_breaker_events_total{event!="success"}', 'breaker, event'),
              '{{breaker}}: {{event}}',
            ),
          ],
          alerts: ['BreakerOpen'],
        },
      ],
    },
    {
      title: 'Services',
      panels: [
        {
          title: 'Calls',
          description: 'By service. What the caches know is not asked for.',
          unit: 'ops',
          stacked: true,
          queries: [
            query(
              perSecond('shoal_upstream_requests_total{upstream=~"$upstream"}', 'upstream'),
              '{{upstream}}',
            ),
          ],
        },
        {
          title: 'Calls by outcome',
          description:
            'Answered, absent and refused are answers; limited, error, timeout, unreachable and bad body count against the service. Held: not called.',
          unit: 'ops',
          queries: [
            query(
              perSecond('shoal_upstream_requests_total{upstream=~"$upstream"}', 'outcome'),
              '{{outcome}}',
            ),
          ],
          alerts: ['BreakerOpen'],
        },
        {
          title: 'Latency',
          description: 'What one call in a hundred takes; cut at 1.8 s.',
          unit: 's',
          limits: { warn: 1.5 },
          queries: [
            query(
              quantile(0.99, 'shoal_upstream_seconds{upstream=~"$upstream"}', 'upstream'),
              '{{upstream}}',
            ),
          ],
        },
      ],
    },
  ],
};
