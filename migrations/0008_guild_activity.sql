-- Messages of a guild on a day (UTC): a number, nothing about who wrote what.
create table guild_activity (
  guild_id bigint not null,
  day date not null,
  messages bigint not null,
  primary key (guild_id, day)
) partition by range (day);

select shoal_roll_partitions('guild_activity', 2, 13);

-- The messages in that number, by id alone, so that one which is handed over twice (a RESUME, a log that is read again) is counted
-- once. Hundreds a second come, so a day is dropped as a whole: by its ids, whose upper bits are the time.
create table counted_messages (
  message_id bigint primary key
) partition by range (message_id);

-- The days of counted_messages: makes those from `kept` days ago to `ahead` days from now, drops older ones. As shoal_roll_partitions.
create function shoal_roll_message_days(ahead integer, kept integer) returns void
language plpgsql security definer
set search_path = public, pg_temp
set lock_timeout = '2s'
set timezone = 'UTC'
as $$
declare
  today timestamptz := date_trunc('day', now());
  -- reference, "Snowflakes": milliseconds since 2015, shifted by 22 bits.
  first_id bigint := ((extract(epoch from today) * 1000)::bigint - 1420070400000) << 22;
  day_ids constant bigint := 86400000::bigint << 22;
  part text;
begin
  if ahead not between 0 and 100 or kept not between 1 and 100 then
    raise exception 'ahead is % and kept %: ahead is 0 to 100, kept 1 to 100', ahead, kept;
  end if;
  if not pg_try_advisory_xact_lock(hashtext('shoal_roll_partitions'), hashtext('counted_messages')) then
    return;
  end if;
  for step in -kept..ahead loop
    part := 'counted_messages' || to_char(today + step * interval '1 day', '_YYYY_MM_DD');
    if to_regclass(format('public.%I', part)) is null then
      execute format('create table %I partition of counted_messages for values from (%s) to (%s)',
        part, first_id + step * day_ids, first_id + (step + 1) * day_ids);
    end if;
  end loop;
  for part in
    select child.relname from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'public.counted_messages'::regclass
      and child.relname < 'counted_messages' || to_char(today - kept * interval '1 day', '_YYYY_MM_DD')
  loop
    execute format('drop table %I', part);
  end loop;
end
$$;

select shoal_roll_message_days(14, 2);

-- What a guild's own figures are read by.
create index command_usage_of_guild on command_usage (guild_id, used_at);
