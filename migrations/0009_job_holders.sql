-- Which process was last handed a job (src/ipc/process-identity.ts): while the job runs, others on that host see whether the process
-- has ended, and do not wait for its lease.
alter table jobs add column holder text;
