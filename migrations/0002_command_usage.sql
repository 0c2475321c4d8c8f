-- Months of a table that is partitioned by a timestamptz: makes those from last month to `ahead` months from now, drops those that
-- ended more than `kept` months ago. With the owner's rights, because the bot's own role may not change the schema. Does nothing
-- while another session does the same; gives up rather than make queries wait behind it.
create function shoal_roll_partitions(parent text, ahead integer, kept integer) returns void
language plpgsql security definer
set search_path = public, pg_temp
set lock_timeout = '2s'
set timezone = 'UTC'
as $$
declare
  this_month timestamptz := date_trunc('month', now());
  month timestamptz;
  part text;
begin
  if ahead not between 0 and 24 or kept < 1 then
    raise exception 'ahead is % and kept %: ahead is 0 to 24, kept at least 1', ahead, kept;
  end if;
  if not exists (
    select from pg_partitioned_table join pg_class on oid = partrelid
    where relname = parent and relnamespace = 'public'::regnamespace
  ) then
    raise exception 'there is no partitioned table %', parent;
  end if;
  if not pg_try_advisory_xact_lock(hashtext('shoal_roll_partitions'), hashtext(parent)) then
    return;
  end if;
  for step in -1..ahead loop
    month := this_month + step * interval '1 month';
    part := parent || to_char(month, '_YYYY_MM');
    if to_regclass(format('public.%I', part)) is null then
      execute format('create table %I partition of %I for values from (%L) to (%L)',
        part, parent, month, month + interval '1 month');
    end if;
  end loop;
  for part in
    select child.relname from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = format('public.%I', parent)::regclass
      and child.relname < parent || to_char(this_month - kept * interval '1 month', '_YYYY_MM')
  loop
    execute format('drop table %I', part);
  end loop;
end
$$;

-- Which commands are used, where, and how that ended; nothing about who. The time is the interaction's own, so that a repeated row is
-- the same row.
create table command_usage (
  used_at timestamptz not null,
  interaction_id bigint not null,
  guild_id bigint,
  command text not null,
  outcome text not null,
  shard_id integer not null,
  primary key (used_at, interaction_id)
) partition by range (used_at);

select shoal_roll_partitions('command_usage', 2, 13);

-- Facts of the write queue that PostgreSQL refused, until somebody has them tried again.
create table dead_facts (
  kind text not null,
  key text not null,
  body json not null,
  accepted_at timestamptz not null,
  reason text not null,
  refused_at timestamptz not null default now(),
  primary key (kind, key)
);
