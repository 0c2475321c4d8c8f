import type { Report } from '../control/report.ts';
import type { Span } from './spans.ts';

type Period = { readonly since: number; readonly until: number };

/** Each time at which two sessions of one shard under one shard count were connected at once. */
export function doubleOwners(spans: readonly Span[], period: Period): Report['doubleOwners'] {
  return [...byShard(spans).values()].flatMap((ofShard) =>
    ofShard.flatMap((newcomer, index) =>
      ofShard.slice(0, index).flatMap((older) => overlap(older, newcomer, period) ?? []),
    ),
  );
}

function overlap(
  older: Span,
  newcomer: Span,
  { since, until }: Period,
): Report['doubleOwners'][number] | undefined {
  const start = Math.max(newcomer.from, since);
  const overlapMs = Math.min(older.to, newcomer.to, until) - start;
  if (overlapMs <= 0 || older.sessionId === newcomer.sessionId) return undefined;
  const { shardId, shardCount } = newcomer;
  return { shardId, shardCount, sessionIds: [older.sessionId, newcomer.sessionId], from: start, overlapMs };
}

/** How long each shard was without a connected session. */
export function absences(spans: readonly Span[], period: Period): Report['absences'] {
  return [...byShard(spans).values()].flatMap((ofShard) => {
    const [first] = ofShard;
    if (!first) return [];
    const { shardId, shardCount } = first;
    const connected = ofShard.some(({ to }) => to === Infinity);
    return { shardId, shardCount, longestMs: longestGap(ofShard, period), connected };
  });
}

/** `spans` are of one shard, in order of their beginning. */
function longestGap(spans: readonly Span[], { since, until }: Period): number {
  let connectedUntil = Math.max(since, spans[0]?.from ?? since);
  let longest = 0;
  for (const { from, to } of spans) {
    if (to <= since) continue;
    longest = Math.max(longest, from - connectedUntil);
    connectedUntil = Math.max(connectedUntil, to);
  }
  return Math.max(longest, until - connectedUntil);
}

function byShard(spans: readonly Span[]): Map<string, Span[]> {
  return Map.groupBy(spans, ({ shardId, shardCount }) => `${shardId}/${shardCount}`);
}
