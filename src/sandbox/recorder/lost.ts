import type { LostInteraction } from '../control/report.ts';
import { createdMsOf } from '../snowflake.ts';
import type { InteractionRecord } from './interaction-records.ts';
import type { Span } from './spans.ts';

/** Those of the interactions whose window closed without an answer, and where their shard was meanwhile. */
export function lostInteractions(
  interactions: readonly InteractionRecord[],
  spans: readonly Span[],
  { firstAnswerMs, now }: { readonly firstAnswerMs: number; readonly now: number },
): LostInteraction[] {
  return interactions
    .filter(({ state }) => state === 'failed')
    .map((record) => {
      const backAfterMs = backAfter(record, spans, record.openedAt + firstAnswerMs);
      return {
        interactionId: record.id,
        name: record.origin.name,
        guildId: record.origin.guildId,
        shardId: record.deliveries[0]?.shardId ?? null,
        sentAt: record.openedAt,
        ageMs: now - record.openedAt,
        why: why(backAfterMs),
        backAfterMs,
        lateMs: record.lateMs,
      };
    });
}

function why(backAfterMs: number | null): LostInteraction['why'] {
  if (backAfterMs === null) return 'away';
  return backAfterMs > 0 ? 'reconnect' : 'unanswered';
}

/** The age at which the session connected that was there at `deadline`: the one that could still have answered. */
function backAfter(record: InteractionRecord, spans: readonly Span[], deadline: number): number | null {
  const there = spans.filter((span) => isOf(record, span) && span.from <= deadline && span.to > deadline);
  const ages = there.map(({ from }) => Math.max(0, from - record.openedAt));
  return ages.length === 0 ? null : Math.min(...ages);
}

/** Whether the session is of the shard that the interaction went to, or would have gone to had there been one. */
function isOf({ deliveries, origin }: InteractionRecord, { shardId, shardCount }: Span): boolean {
  if (deliveries.length > 0)
    return deliveries.some((to) => to.shardId === shardId && to.shardCount === shardCount);
  return (createdMsOf(origin.guildId ?? '0') ?? 0) % shardCount === shardId;
}
