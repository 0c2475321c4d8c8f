-- What a guild has set. A guild without a row has the defaults of src/settings; the version counts the changes.
create table guild_settings (
  guild_id bigint primary key,
  locale text not null,
  time_zone text not null,
  log_channel_id bigint,
  accent_color integer check (accent_color between 0 and 16777215),
  version bigint not null check (version > 0),
  updated_at timestamptz not null default now(),
  updated_by bigint
);
