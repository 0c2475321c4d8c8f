-- What members want to be reminded of (src/features/remind). One row a reminder; its next message is a row of `jobs`:
--   open    waits for due_at
--   firing  its message is being sent: too late to cancel
--   fired   sent, and kept for a while to be snoozed; one that repeats is open again instead
--   failed  could not be sent, and why; kept for a while to be seen
create table reminders (
  id bigint generated always as identity primary key,
  user_id bigint not null,
  -- Where it was made, and the channel that it goes to; without one it is a direct message.
  guild_id bigint,
  channel_id bigint,
  about text not null check (char_length(about) between 1 and 500),
  locale text not null,
  -- Times that repeat are those of a clock in this zone, counted from the first one.
  time_zone text not null,
  repeat text check (repeat in ('daily', 'weekdays', 'weekly', 'fortnightly', 'monthly', 'yearly')),
  first_at timestamptz not null,
  due_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'firing', 'fired', 'failed')),
  reason text,
  job_id bigint,
  ended_at timestamptz
);

create index reminders_of_member on reminders (user_id, due_at);
create index reminders_ended on reminders (ended_at) where ended_at is not null;

-- Where a member lives, for whoever said so; the others live where their server does.
create table member_time_zones (
  user_id bigint primary key,
  time_zone text not null
);
