-- The W3C traceparent of what enqueued a job, so that its run is part of the same trace (src/jobs/attempt.ts). Null: not traced.
alter table jobs add column traceparent text;
