import type { APIEmbedField } from 'discord-api-types/v10';
import { clip } from '../../i18n/i18n.ts';
import type { ClusterStatus } from '../../ipc/messages.ts';
import { countDeadFacts } from '../../queue/dead-facts.ts';
import { countJobs, type KindCounts } from '../../queue/job-records.ts';
import { accentColor } from '../accent-color.ts';
import { defineCommand } from '../command.ts';
import { healthWords } from './health-words.ts';
import { breakerLines, cacheLines, queueLines, type SayHealth } from './process-lines.ts';

export const health = defineCommand({
  name: 'health',
  description: 'For those who run the bot: cluster, breakers, caches, queues and jobs',
  ephemeral: true,
  ownersOnly: true,
  async run(context) {
    const { db } = context;
    const say = context.say(healthWords);
    await context.deferReply();
    // Asked when something is wrong: what one part cannot tell must not hide the others.
    const [color, cluster, processes, deadFacts, jobs] = await Promise.all([
      accentColor(context),
      orNothing(context.clusterStatus()),
      orNothing(context.clusterHealth()),
      orNothing(countDeadFacts(db)),
      orNothing(db.query('jobs.count', countJobs)),
    ]);
    const parts: Readonly<Record<string, readonly string[] | undefined>> = {
      [say('cluster')]: cluster && clusterLines(say, cluster),
      [say('breakers')]: processes && breakerLines(say, processes),
      [say('caches')]: processes && cacheLines(say, processes),
      [say('queues')]: [
        ...(processes === undefined ? [] : queueLines(say, processes)),
        ...(deadFacts === undefined ? [] : [say('deadFacts', { count: deadFacts })]),
        ...(processes === undefined || deadFacts === undefined ? [say('unknown')] : []),
      ],
      [say('jobs')]: jobs && jobLines(say, jobs),
    };
    const fields = Object.entries(parts).map(([name, lines = []]) =>
      // Discord refuses an empty value.
      field(name, lines.length > 0 ? lines : [say('unknown')]),
    );
    await context.editReply({ embeds: [{ title: say('title'), color, fields }] });
  },
});

async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch(() => undefined);
}

/** Discord's limit for a value (resources/message, "Embed Limits"). */
function field(name: string, lines: readonly string[]): APIEmbedField {
  return { name, value: clip(lines.join('\n'), 1_024) };
}

function clusterLines(say: SayHealth, { processes, shardCount: count, missing }: ClusterStatus): string[] {
  const shards = processes.flatMap((process) => process.shards);
  const ready = shards.filter(({ state }) => state === 'ready').length;
  const servers = shards.reduce((sum, { guilds }) => sum + guilds, 0);
  const mib = Math.round(processes.reduce((sum, { rssBytes }) => sum + rssBytes, 0) / 2 ** 20);
  const versions = [...new Set(processes.map(({ version }) => version))].join(', ');
  const ms = Math.max(...shards.map(({ gatewayLatencyMs }) => gatewayLatencyMs ?? 0), 0);
  return [
    say('shards', { ready, count, servers }),
    say('processes', { processes: processes.length, mib, versions }),
    say('latency', { ms }),
    ...(missing.length === 0 ? [] : [say('missing', { ids: missing.join(', ') })]),
  ];
}

function jobLines(say: SayHealth, kinds: readonly KindCounts[]): string[] {
  if (kinds.length === 0) return [say('none')];
  return kinds.map(({ kind, waiting, oldestSeconds, dead }) =>
    say('job', { kind, waiting, seconds: Math.round(oldestSeconds ?? 0), dead }),
  );
}
