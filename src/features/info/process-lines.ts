import { clip, verbatim, type Say } from '../../i18n/i18n.ts';
import type { ClusterHealth, ProcessHealth } from '../../ipc/messages.ts';
import type { healthWords } from './health-words.ts';

export type SayHealth = Say<keyof typeof healthWords.texts.en>;

/** What the processes that answer tell, and whose answer is missing; empty where there are no processes. */
function told(
  say: SayHealth,
  processes: ClusterHealth,
  lines: (answers: readonly (ProcessHealth & { readonly ids: string })[]) => readonly string[],
): readonly string[] {
  const answers = processes.flatMap(({ shardIds, health }) =>
    health === undefined ? [] : [{ ...health, ids: shardIds.join(', ') }],
  );
  const silent = processes.flatMap(({ shardIds, health }) => (health === undefined ? shardIds : []));
  return [
    ...(answers.length === 0 ? [] : lines(answers)),
    ...(silent.length === 0 ? [] : [say('missing', { ids: silent.join(', ') })]),
  ];
}

export function breakerLines(say: SayHealth, processes: ClusterHealth): readonly string[] {
  return told(say, processes, (answers) => {
    const all = answers.flatMap(({ breakers, ids }) => breakers.map((breaker) => ({ ...breaker, ids })));
    const troubled = all.filter(({ state }) => state !== 'closed');
    if (troubled.length === 0) return [say('allClosed', { count: all.length })];
    return troubled.map(({ breaker: name, ids, state, sinceMs, reason }) => {
      const since = verbatim(`<t:${Math.floor(sinceMs / 1_000)}:R>`);
      return say('breaker', { name, ids, state, since, reason: clip(reason ?? '-', 200) });
    });
  });
}

export function cacheLines(say: SayHealth, processes: ClusterHealth): readonly string[] {
  return told(say, processes, (answers) => {
    const all = answers.flatMap(({ caches }) => caches);
    return [...Map.groupBy(all, ({ namespace }) => namespace)].map(([name, caches]) =>
      say('cache', {
        name,
        entries: sumOf(caches, ({ entries }) => entries),
        max: sumOf(caches, ({ maxEntries }) => maxEntries),
      }),
    );
  });
}

export function queueLines(say: SayHealth, processes: ClusterHealth): readonly string[] {
  return told(say, processes, (answers) => {
    const all = answers.flatMap(({ queue }) => queue);
    return [...Map.groupBy(all, ({ kind }) => kind)].map(([kind, lanes]) =>
      say('queue', {
        kind,
        waiting: sumOf(lanes, ({ depth }) => depth),
        seconds: Math.round(Math.max(...lanes.map(({ oldestMs }) => oldestMs ?? 0)) / 1_000),
        shed: sumOf(lanes, ({ shed }) => shed),
        dead: sumOf(lanes, ({ deadLetters }) => deadLetters),
      }),
    );
  });
}

function sumOf<T>(list: readonly T[], number: (item: T) => number): number {
  return list.reduce((sum, item) => sum + number(item), 0);
}
