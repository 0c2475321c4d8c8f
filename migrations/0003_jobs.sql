-- Durable jobs and timers (src/queue/jobs.ts, src/jobs). One row a job:
--   waiting  to be started at run_at
--   running  until run_at, when its lease ends and it may be started again
--   done     kept for a while if it has a key, so that the same key makes no second job; without a key the row is deleted
--   dead     given up; kept with the reason, to be looked at and replayed
create table jobs (
  id bigint generated always as identity primary key,
  kind text not null,
  key text,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'dead')),
  payload jsonb not null check (octet_length(payload::text) <= 65536),
  run_at timestamptz not null default now(),
  attempts integer not null default 0,
  -- Counts the starts. Who holds an older number has lost the job and may not write to it (a fencing token).
  lease bigint not null default 0,
  reason text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (kind, key)
) with (
  -- Every row is updated two to five times and then deleted: vacuum at a fiftieth of dead rows, not at a fifth.
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_threshold = 1000
);

create index jobs_open on jobs (kind, run_at) where state in ('waiting', 'running');
create index jobs_of_person on jobs ((payload ->> 'userId')) where payload ->> 'userId' is not null;
create index jobs_ended on jobs (state, ended_at) where state in ('done', 'dead');
