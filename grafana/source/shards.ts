import { perSecond, query, type Dashboard } from './panel.ts';
import { identifyBound } from './states.ts';

/** A process has all of its shards in one label: `4,5,6,7`. */
const chosen = 'shard=~"(.*,)?$shard(,.*)?"';

export const shards: Dashboard = {
  uid: 'shoal-shards',
  title: 'Shoal: shards',
  description: 'Which shards serve, what became of the others, and their sessions with Discord',
  variables: [{ label: 'shard', series: 'shoal_shard_ready' }],
  rows: [
    {
      title: 'Serving',
      panels: [
        {
          title: 'State of each shard',
          description:
            'As the manager sees it. Held down: it crashed too often, or was drained, and waits for `npm run admin -- restart`.',
          unit: 'short',
          kind: 'timeline',
          states: ['Serves', 'Does not serve', 'Held down'],
          queries: [
            query(
              `sum by (shard) ((shoal_shard_ready{${chosen}} == bool 0)
+ shoal_shard_crash_loop{${chosen}} + shoal_shard_drained{${chosen}})`,
              'shard {{shard}}',
            ),
          ],
          alerts: ['AllShardsDown', 'ShardDown', 'ShardDrained', 'ShardCrashLoop'],
        },
        {
          title: 'Not yet served',
          description:
            'Shards that have not served since their manager started. While it falls they wait for their turn to identify.',
          unit: 'short',
          queries: [query(`sum(shoal_shard_served{${chosen}} == bool 0)`, 'shards')],
          alerts: ['ShardDown'],
        },
        {
          title: 'Coming and going',
          description:
            'How often each shard changed between serving and not within half an hour, and had its process replaced unasked within an hour.',
          unit: 'short',
          limits: { warn: 3.5, bad: 5 },
          queries: [
            query(`max by (shard) (changes(shoal_shard_ready{${chosen}}[30m]))`, 'shard {{shard}}'),
            query(
              `sum by (shard) (increase(shoal_shard_restarts_total{${chosen}, reason!="operator"}[1h]))`,
              'shard {{shard}} replaced',
            ),
          ],
          alerts: ['ShardFlapping'],
        },
        {
          title: 'Replaced and ended',
          description:
            'Shard processes of the last hour: replaced, by reason, and ended unasked, by exit code or signal.',
          unit: 'short',
          limits: { warn: 3.5 },
          queries: [
            query('sum by (reason) (increase(shoal_shard_restarts_total[1h]))', 'replaced: {{reason}}'),
            query('sum by (reason) (increase(shoal_shard_exits_total[1h])) > 0', 'ended: {{reason}}'),
          ],
          alerts: ['ShardsReplaced'],
        },
        {
          title: 'No sign of life',
          description:
            'Shards whose event loop or gateway is silent now. After 11 s the manager replaces them.',
          unit: 'short',
          limits: { warn: 1 },
          queries: [query(`sum by (shard) (shoal_shard_hung{${chosen}})`, 'shard {{shard}}')],
          alerts: ['ShardsReplaced'],
        },
      ],
    },
    {
      title: 'Sessions with Discord',
      panels: [
        {
          title: 'Gateway latency',
          description: 'From a heartbeat to its acknowledgement.',
          unit: 's',
          limits: { warn: 1 },
          queries: [query(`max by (shard) (shoal_gateway_latency_seconds{${chosen}})`, 'shard {{shard}}')],
        },
        {
          title: 'Sessions begun',
          description: 'In the last hour. A resume costs nothing, an identify one of the day’s.',
          unit: 'short',
          queries: [
            query(`sum by (start) (increase(shoal_gateway_sessions_total{${chosen}}[1h]))`, '{{start}}'),
          ],
          alerts: ['SessionsInvalidated'],
        },
        {
          title: 'Sessions lost',
          description:
            'In the last hour, by reason; each costs an identify. Invalid: Discord said so. Given up: we did, see the watchdogs.',
          unit: 'short',
          queries: [
            query(`sum by (why) (increase(shoal_gateway_sessions_ended_total{${chosen}}[1h]))`, '{{why}}'),
            query(
              `max(sum by (shard) (increase(shoal_gateway_sessions_ended_total{${chosen}}[1h]))
/ max by (shard) (shoal_process_shards{${chosen}}))`,
              'worst process, for each of its shards',
            ),
          ],
          alerts: ['SessionsInvalidated'],
        },
        {
          title: 'Identifies left today',
          description:
            'As Discord said last. A cold start takes one a shard. At 50 no shard identifies any more; at 0 Discord would reset the token.',
          unit: 'short',
          kind: 'number',
          queries: [
            query('max(shoal_gateway_identifies_remaining)', 'left'),
            query(identifyBound, 'somebody is called below'),
          ],
          alerts: ['IdentifyBudgetLow'],
        },
        {
          title: 'Age of the oldest session',
          description:
            'Of each process. It begins anew only with an identify: a short line says that sessions are lost.',
          unit: 's',
          queries: [
            query(
              `time() - max by (shard) (shoal_gateway_session_start_time_seconds{${chosen}})`,
              'shard {{shard}}',
            ),
          ],
          alerts: ['SessionsInvalidated'],
        },
        {
          title: 'Connections closed',
          description:
            'In the last hour, by close code. 4200 is our own hand-over; 1006 is a connection that broke.',
          unit: 'short',
          queries: [query(`sum by (code) (increase(shoal_gateway_closes_total{${chosen}}[1h]))`, '{{code}}')],
        },
        {
          title: 'Watchdogs',
          description:
            'In the last hour: connections that would not have healed by themselves, by what was wrong.',
          unit: 'short',
          queries: [query(`sum by (why) (increase(shoal_gateway_watchdog_total{${chosen}}[1h]))`, '{{why}}')],
        },
      ],
    },
    {
      title: 'Load',
      panels: [
        {
          title: 'Gateway events',
          description: 'The ten commonest types.',
          unit: 'ops',
          stacked: true,
          queries: [
            query(`topk(10, ${perSecond(`shoal_gateway_events_total{${chosen}}`, 'event')})`, '{{event}}'),
          ],
        },
        {
          title: 'Events by shard',
          description: 'A shard far above the others serves a guild far larger than the others.',
          unit: 'ops',
          queries: [query(perSecond(`shoal_gateway_events_total{${chosen}}`, 'shard'), 'shard {{shard}}')],
        },
        {
          title: 'What features listen to',
          description: 'Shed: too many were under way at once, and the event was not counted.',
          unit: 'ops',
          queries: [
            query(
              perSecond(`shoal_listener_events_total{${chosen}}`, 'listener, outcome'),
              '{{listener}}: {{outcome}}',
            ),
          ],
        },
        {
          title: 'Guilds by shard',
          description:
            'Discord takes at most 2,500; more shards (`npm run admin -- reshard`) long before that.',
          unit: 'short',
          limits: { warn: 2_000, bad: 2_500 },
          queries: [query(`sum by (shard) (shoal_guilds{${chosen}})`, 'shard {{shard}}')],
        },
      ],
    },
  ],
};
