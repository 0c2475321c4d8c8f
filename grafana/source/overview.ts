import { perSecond, quantiles, query, type Dashboard } from './panel.ts';
import { states } from './states.ts';

export const overview: Dashboard = {
  uid: 'shoal-overview',
  title: 'Shoal: cluster overview',
  description: 'Is the bot well, and if not, which part of it?',
  rows: [
    { title: 'Is the bot well?', panels: states },
    {
      title: 'What members get',
      panels: [
        {
          title: 'Interactions',
          description:
            'How commands, buttons and forms ended. Refused: not allowed, too often, or a wrong option.',
          unit: 'ops',
          stacked: true,
          queries: [query(perSecond('shoal_interactions_total', 'outcome'), '{{outcome}}')],
          alerts: ['InteractionsFailing'],
        },
        {
          title: 'First answer',
          description:
            'From Discord making the interaction to its first answer. The goal is 0.8 s, Discord’s limit 3 s.',
          unit: 's',
          limits: { warn: 0.8, bad: 1 },
          queries: quantiles('shoal_interaction_first_answer_seconds'),
          alerts: ['InteractionsSlow', 'InteractionP99High'],
        },
        {
          title: 'Pace at which the goals’ allowances are spent',
          description:
            'Over the last hour; at 1 the allowance of a month lasts a month. At 14.4, and at 6 for six hours, somebody is called.',
          unit: 'short',
          limits: { warn: 6, bad: 14.4 },
          queries: [
            query('shoal:interactions_failed:ratio_rate1h / 0.001', 'answered in time'),
            query('shoal:interactions_slow:ratio_rate1h / 0.01', 'answered in 0.8 s'),
            query('max(shoal:data_failed:ratio_rate1h) / 0.0005', 'data available'),
          ],
          alerts: ['InteractionsFailing', 'InteractionsSlow', 'DataUnavailable'],
        },
      ],
    },
    {
      title: 'The cluster',
      panels: [
        {
          title: 'Shards that serve',
          description:
            'Of all shards, as their managers see them. One that does not answer counts as a shard.',
          unit: 'percentunit',
          kind: 'number',
          limits: { warn: 1, bad: 0.5, low: true },
          queries: [query('avg(shoal_shard_ready or up{job="manager"} == 0)')],
          alerts: ['AllShardsDown', 'ShardDown'],
        },
        {
          title: 'Guilds',
          description: 'Guilds that the shards serve together.',
          unit: 'short',
          kind: 'number',
          queries: [query('sum(shoal_guilds)')],
        },
        {
          title: 'Manager and jobs',
          description:
            'How many of them answer Prometheus. None of a kind: shards are not supervised, timers wait.',
          unit: 'short',
          kind: 'number',
          limits: { bad: 1, low: true },
          queries: [query('sum by (job) (up{job=~"manager|jobs"})', '{{job}}')],
          alerts: ['ManagerDown', 'JobsDown'],
        },
        {
          title: 'Release',
          description:
            'What runs; of shard processes, how many run it. Two at a time: a restart under way, or one that stopped half-way.',
          unit: 'short',
          kind: 'table',
          queries: [
            query(
              'count by (process, version, revision) (label_replace(shoal_build_info, "process", "shard", "shard", ".+"))',
              'processes',
            ),
          ],
        },
        {
          title: 'Shard processes replaced',
          description: 'In the last hour, by reason; operator: a restart that was asked for.',
          unit: 'short',
          queries: [query('sum by (reason) (increase(shoal_shard_restarts_total[1h]))', '{{reason}}')],
          alerts: ['ShardsReplaced', 'ShardFlapping'],
        },
      ],
    },
    {
      title: 'What watches it',
      panels: [
        {
          title: 'Alerts that fire',
          description: 'With the severity and the part that they concern. The watchdog is always among them.',
          unit: 'short',
          kind: 'table',
          queries: [query('count by (severity, part, alertname) (ALERTS{alertstate="firing"})', 'series')],
          alerts: ['Watchdog'],
        },
        {
          title: 'Targets',
          description: 'Targets of Prometheus that do not answer, by job.',
          unit: 'short',
          limits: { warn: 1 },
          queries: [query('sum by (job) (up == bool 0)', '{{job}}')],
          alerts: ['TargetDown', 'TargetMissing'],
        },
        {
          title: 'Prometheus and Alertmanager',
          description: 'Their own faults in the last minutes: any is too many.',
          unit: 'short',
          limits: { bad: 1 },
          queries: [
            query('sum(increase(prometheus_rule_evaluation_failures_total[5m]))', 'rules not evaluated'),
            query('sum(increase(prometheus_notifications_dropped_total[5m]))', 'alerts not handed on'),
            query(
              'sum by (integration) (increase(alertmanager_notifications_failed_total[15m]))',
              'not delivered: {{integration}}',
            ),
            query('sum(prometheus_config_last_reload_successful == bool 0)', 'Prometheus refused its file'),
            query(
              'sum(alertmanager_config_last_reload_successful == bool 0)',
              'Alertmanager refused its file',
            ),
          ],
          alerts: [
            'RuleEvaluationsFailing',
            'NotificationsDropped',
            'NotificationsFailing',
            'ConfigReloadFailed',
          ],
        },
      ],
    },
  ],
};
