import { perSecond, quantiles, query, type Dashboard } from './panel.ts';

const windows = ['5m', '1h', '6h', '3d'];

export const interactions: Dashboard = {
  uid: 'shoal-interactions',
  title: 'Shoal: interactions and commands',
  description: 'How quickly and how well members are answered',
  variables: [{ label: 'command', series: 'shoal_interactions_total' }],
  rows: [
    {
      title: 'Goals',
      panels: [
        {
          title: 'Not answered in time',
          description:
            'Share of interactions that failed, ran out of time, got no answer to Discord, or came too late. The goal: under 0.1 %.',
          unit: 'percentunit',
          limits: { warn: 0.001, bad: 0.0144 },
          queries: windows.map((window) => query(`shoal:interactions_failed:ratio_rate${window}`, window)),
          alerts: ['InteractionsFailing'],
        },
        {
          title: 'Due and missed',
          description:
            'Interactions that members were owed an answer to, and those of them that had none in time.',
          unit: 'ops',
          queries: [
            query('sum(rate(shoal_interactions_due_total[$__rate_interval]))', 'due'),
            query('sum(rate(shoal_interactions_missed_total[$__rate_interval]))', 'missed'),
          ],
          alerts: ['InteractionsFailing'],
        },
        {
          title: 'Slower than 0.8 s',
          description: 'Share of first answers. The goal: under 1 %.',
          unit: 'percentunit',
          limits: { warn: 0.01, bad: 0.144 },
          queries: windows.map((window) => query(`shoal:interactions_slow:ratio_rate${window}`, window)),
          alerts: ['InteractionsSlow'],
        },
        {
          title: 'First answer',
          description: 'From Discord making the interaction to its first answer, over all commands.',
          unit: 's',
          limits: { warn: 0.8, bad: 1 },
          queries: quantiles('shoal_interaction_first_answer_seconds'),
          alerts: ['InteractionP99High', 'InteractionsSlow'],
        },
        {
          title: 'Our part of it',
          description:
            'From the interaction arriving at its shard to its first answer. What the panel before has more is Discord’s and the network’s.',
          unit: 's',
          queries: quantiles('shoal_interaction_own_answer_seconds'),
          alerts: ['InteractionP99High', 'InteractionsSlow'],
        },
      ],
    },
    {
      title: 'Commands',
      panels: [
        {
          title: 'By outcome',
          description:
            'Failed: a defect or a server of ours. Cancelled: out of time. Lost: Discord took no answer.',
          unit: 'ops',
          stacked: true,
          queries: [
            query(perSecond('shoal_interactions_total{command=~"$command"}', 'outcome'), '{{outcome}}'),
          ],
          alerts: ['InteractionsFailing'],
        },
        {
          title: 'By command',
          description: 'The ten most used.',
          unit: 'ops',
          stacked: true,
          queries: [
            query(
              `topk(10, ${perSecond('shoal_interactions_total{command=~"$command"}', 'command')})`,
              '{{command}}',
            ),
          ],
        },
        {
          title: 'Not answered, by command',
          description: 'One command, or all? Empty is good.',
          unit: 'ops',
          queries: [
            query(
              perSecond(
                'shoal_interactions_total{command=~"$command", outcome=~"failed|cancelled|lost"}',
                'command, outcome',
              ),
              '{{command}}: {{outcome}}',
            ),
          ],
          alerts: ['InteractionsFailing'],
        },
        {
          title: 'Limits',
          description:
            'Limited: too often. Unknown: refused, since Redis failed. Local: counted by one process alone, while Redis failed.',
          unit: 'ops',
          queries: [
            query(
              perSecond('shoal_cooldowns_total{command=~"$command"}', 'outcome, source'),
              '{{outcome}}, {{source}}',
            ),
          ],
        },
        {
          title: 'Autocomplete',
          description:
            'What is offered while a member types. Late: nothing within the time in which Discord takes it.',
          unit: 'ops',
          queries: [
            query(perSecond('shoal_autocompletes_total{command=~"$command"}', 'outcome'), '{{outcome}}'),
          ],
        },
      ],
    },
    {
      title: 'On the way in',
      panels: [
        {
          title: 'Deadline guard',
          description:
            'Deferred: nothing was answered for 2.5 s. Cancelled: the command’s time was over. Late: it changed something, and completed after that.',
          unit: 'ops',
          queries: [query(perSecond('shoal_interaction_guard_total', 'outcome'), '{{outcome}}')],
          alerts: ['InteractionsSlow'],
        },
        {
          title: 'Received and not handled',
          description:
            'Expired counts as not answered; duplicates and those of other owners are answered elsewhere.',
          unit: 'ops',
          queries: [query(perSecond('shoal_interactions_dropped_total', 'reason'), '{{reason}}')],
          alerts: ['InteractionsFailing'],
        },
        {
          title: 'Not told apart from duplicates',
          description: 'Handled while the state Redis did not answer; Discord refuses a second answer.',
          unit: 'ops',
          queries: [query('sum(rate(shoal_interactions_unclaimed_total[$__rate_interval]))', 'unclaimed')],
          alerts: ['RedisDown'],
        },
      ],
    },
  ],
};
