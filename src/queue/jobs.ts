import type { z } from 'zod';
import type { Sql } from '../db/db.ts';
import { inSpan, traceparent } from '../telemetry/tracing.ts';

/** What is agreed between those who enqueue jobs of this kind and the one who handles them. */
export interface JobKind<Payload> {
  /** Lower case with dots: `reminders.fire`. It labels metrics, and names the kind in the database: never change it. */
  readonly name: string;
  /** Of JSON: a job is read again as it was enqueued, so no transforms. */
  readonly schema: z.ZodType<Payload>;
  /** At once in one jobs process. */
  readonly concurrency: number;
  /** What one attempt may take; then its signal is aborted and it counts as failed. */
  readonly timeLimitMs: number;
  /** Attempts after the first one; then the job is dead. */
  readonly retries: number;
  /** The wait before the first of them, doubled for each further one up to `retryMaxMs`, half of it by chance. */
  readonly retryFirstMs: number;
  readonly retryMaxMs: number;
}

export interface EnqueueOptions {
  /** Not before; default: now. */
  readonly runAt?: Date;
  /** Of jobs with the same kind and key the first is the only one, until 7 days after it is done. */
  readonly key?: string;
}

/**
 * Adds a job in the caller's transaction: it is there if and only if that commits. Returns its id, or `undefined` when its key
 * is known already. Throws a `ZodError` for a payload that is not the kind's, before anything is sent.
 * A payload holds ids rather than people's data: what a job needs to know it reads when it runs. The person whose job it is stands in
 * `userId`, where `/privacy` finds it. At most 64 KiB of JSON.
 */
export async function enqueue<Payload>(
  tx: Sql,
  kind: JobKind<Payload>,
  payload: Payload,
  { runAt, key }: EnqueueOptions = {},
): Promise<string | undefined> {
  const json = JSON.stringify(kind.schema.parse(payload));
  return inSpan(
    () => ({
      name: `send ${kind.name}`,
      kind: 'producer',
      attributes: {
        'messaging.system': 'shoal_jobs',
        'messaging.operation.type': 'send',
        'messaging.destination.name': kind.name,
      },
    }),
    async () => {
      const [row] = await tx<{ id: string }[]>`
        insert into jobs (kind, key, payload, run_at, traceparent)
        values (
          ${kind.name}, ${key ?? null}, ${json}::text::jsonb, coalesce(${runAt ?? null}::timestamptz, now()),
          ${traceparent() ?? null}
        )
        on conflict (kind, key) do nothing
        returning id`;
      return row?.id;
    },
  );
}

/**
 * Sees to it that there is one job for the present period and one for the next, each due when its period begins: any number of
 * processes may ask for it, as often as they like. Periods count from 1970, UTC; one that nobody was up for is not made up for.
 * `everyMs` is at most a day, far below the time that keys are remembered.
 */
export async function schedule<Payload>(
  tx: Sql,
  kind: JobKind<Payload>,
  payload: Payload,
  everyMs: number,
): Promise<void> {
  if (everyMs > 86_400_000)
    throw new RangeError(`${kind.name}: a job recurs at least daily, not each ${everyMs} ms`);
  const json = JSON.stringify(kind.schema.parse(payload));
  const seconds = everyMs / 1_000;
  await tx`
    insert into jobs (kind, key, payload, run_at)
    select ${kind.name}, 'period ' || period, ${json}::text::jsonb, to_timestamp(period * ${seconds}::numeric)
    from (select floor(extract(epoch from now()) / ${seconds}::numeric) + step as period from generate_series(0, 1) as step) as periods
    on conflict (kind, key) do nothing`;
}
