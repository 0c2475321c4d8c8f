-- Giveaways, who entered, and every draw. The id is that of the interaction that asked for it, so that the same one makes no second one.
create table giveaways (
  id bigint primary key,
  guild_id bigint not null,
  channel_id bigint not null,
  -- Known once Discord has it.
  message_id bigint,
  host_id bigint,
  prize text not null,
  winners smallint not null check (winners > 0),
  -- Who enters must have it.
  role_id bigint,
  locale text not null,
  color integer not null,
  state text not null default 'open' check (state in ('open', 'drawn', 'cancelled')),
  -- Counts the changes, and so the states that its message may show.
  revision bigint not null default 0,
  -- Of the next draw: a secret until then; its SHA-256 is public.
  seed text not null,
  ends_at timestamptz not null,
  ended_at timestamptz
);

create index giveaways_of_guild on giveaways (guild_id, state, ends_at);
create index giveaways_ended on giveaways (ended_at) where ended_at is not null;
create index giveaways_of_person on giveaways (host_id) where host_id is not null;

-- One row a member, also of one who left again.
create table giveaway_entries (
  giveaway_id bigint not null references giveaways on delete cascade,
  user_id bigint not null,
  entered boolean not null,
  -- The interaction that decided it; an older one, or the same once more, changes nothing.
  decision bigint not null,
  primary key (giveaway_id, user_id)
);

create index giveaway_entries_of_person on giveaway_entries (user_id);

create table giveaway_draws (
  giveaway_id bigint not null references giveaways on delete cascade,
  -- From 1; those after the first were asked for.
  number smallint not null,
  -- The interaction that asked for it: it has one draw.
  cause bigint not null,
  seed text not null,
  wanted smallint not null,
  -- How many it was drawn from.
  candidates integer not null,
  drawn_at timestamptz not null default now(),
  announced boolean not null default false,
  primary key (giveaway_id, number),
  unique (giveaway_id, cause)
);

create table giveaway_winners (
  giveaway_id bigint not null,
  number smallint not null,
  place smallint not null,
  user_id bigint not null,
  primary key (giveaway_id, number, place),
  foreign key (giveaway_id, number) references giveaway_draws on delete cascade
);

create index giveaway_winners_of_person on giveaway_winners (user_id);
