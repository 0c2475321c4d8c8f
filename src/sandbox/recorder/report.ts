import type { Report } from '../control/report.ts';
import { lostInteractions } from './lost.ts';
import { absences, doubleOwners } from './owners.ts';
import type { InteractionRecord } from './interaction-records.ts';
import type { RestFact, Recorder, SessionFact } from './recorder.ts';
import type { Ring } from './ring.ts';

export type ReportRules = {
  readonly firstAnswerMs: number;
  readonly invalidRequests: number;
  readonly invalidWindowMs: number;
};

/** What the recorder knows of the time from `since` to now. */
export function makeReport(recorder: Recorder, rules: ReportRules, since = recorder.markedAt): Report {
  const until = recorder.now();
  const interactions = recorder.interactions.since(since);
  const requests = from(recorder.rest, since);
  const sessions = from(recorder.sessions, since);
  const spans = recorder.spans.all();
  const period = { since, until };
  return {
    ...period,
    complete: isComplete(recorder, since),
    lost: lostInteractions(interactions, spans, { firstAnswerMs: rules.firstAnswerMs, now: until }),
    doubleAnswers: doubleAnswers(interactions),
    doubleOwners: doubleOwners(spans, period),
    ...sessionCounts(sessions),
    absences: absences(spans, period),
    rateLimits: {
      ...rateLimits(requests),
      invalidRequests: from(recorder.rest, until - rules.invalidWindowMs).filter(isInvalid).length,
      invalidRequestsAllowed: rules.invalidRequests,
    },
    firstAnswerMs: percentiles(interactions.flatMap(({ answeredInMs }) => answeredInMs ?? [])),
    counts: {
      ...interactionCounts(interactions),
      requests: requests.length,
      serverErrors: requests.filter(({ status }) => status === 0 || status >= 500).length,
      closes: closesByCode(sessions),
    },
  };
}

function from<T extends { readonly at: number }>(ring: Ring<T>, since: number): T[] {
  return [...ring.since()].filter(({ at }) => at >= since);
}

function isComplete({ rest, sessions, interactions }: Recorder, since: number): boolean {
  const reaches = (ring: Ring<{ readonly at: number }>) =>
    !ring.isFull || (ring.since().next().value?.at ?? 0) <= since;
  return reaches(rest) && reaches(sessions) && interactions.reachesBackTo(since);
}

function doubleAnswers(interactions: readonly InteractionRecord[]): Report['doubleAnswers'] {
  return interactions
    .filter(({ repeats }) => repeats > 0)
    .map(({ id, repeats, deliveries }) => ({
      interactionId: id,
      refused: repeats,
      sessionIds: deliveries.map(({ sessionId }) => sessionId),
    }));
}

function sessionCounts(
  facts: readonly SessionFact[],
): Pick<Report, 'identifies' | 'resumes' | 'identifyViolations'> {
  return {
    identifies: facts.filter(({ what }) => what === 'identify').length,
    resumes: facts.filter(({ what }) => what === 'resume').length,
    identifyViolations: facts.flatMap(({ what, at, shardId, shardCount }) =>
      what === 'refused' && shardId !== null && shardCount !== null ? { at, shardId, shardCount } : [],
    ),
  };
}

function closesByCode(facts: readonly SessionFact[]): Record<string, number> {
  const closes: Record<string, number> = {};
  for (const { code } of facts) if (code !== undefined) closes[code] = (closes[code] ?? 0) + 1;
  return closes;
}

function rateLimits(
  requests: readonly RestFact[],
): Pick<Report['rateLimits'], 'user' | 'global' | 'shared' | 'banned'> {
  const limited = requests.filter(({ status }) => status === 429);
  const count = (wanted: string | undefined) => limited.filter(({ scope }) => scope === wanted).length;
  return {
    user: count('user'),
    global: count('global'),
    shared: count('shared'),
    // Only Cloudflare, which stands before the API, says nothing of a scope.
    banned: count(undefined),
  };
}

/** topics/rate-limits.mdx:136 */
function isInvalid({ status, scope }: RestFact): boolean {
  return status === 401 || status === 403 || (status === 429 && scope !== 'shared');
}

function interactionCounts(
  interactions: readonly InteractionRecord[],
): Pick<Report['counts'], 'interactions' | 'answered' | 'open' | 'followUps'> {
  return {
    interactions: interactions.length,
    answered: interactions.filter(({ answeredInMs }) => answeredInMs !== null).length,
    open: interactions.filter(({ state }) => state === 'waiting').length,
    followUps: interactions.reduce((sum, { followUps }) => sum + followUps, 0),
  };
}

/** By nearest rank. */
function percentiles(values: readonly number[]): Report['firstAnswerMs'] {
  const sorted = values.toSorted((one, other) => one - other);
  const rank = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return sorted.length === 0 ? null : { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) };
}
