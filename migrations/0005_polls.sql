-- Polls and what members chose. The id is that of the interaction that asked for the poll, so that the same one makes no second poll.
create table polls (
  id bigint primary key,
  guild_id bigint not null,
  channel_id bigint not null,
  -- Known once Discord has it.
  message_id bigint,
  created_by bigint,
  question text not null,
  answers jsonb not null,
  anonymous boolean not null,
  multiple boolean not null,
  -- How its message looks, whoever changes it.
  locale text not null,
  color integer not null,
  -- Counts the votes, and so the states that its message may show.
  revision bigint not null default 0,
  closes_at timestamptz not null,
  closed_at timestamptz,
  -- Of a closed one: {"counts": [3, 1], "voters": 4}. It stays as it was when somebody takes their votes back for privacy.
  result jsonb
);

create index polls_open on polls (guild_id, closes_at) where closed_at is null;
create index polls_closed on polls (closed_at) where closed_at is not null;
create index polls_of_person on polls (created_by) where created_by is not null;

-- One row a member; without a choice once the vote is withdrawn.
create table poll_votes (
  poll_id bigint not null references polls on delete cascade,
  user_id bigint not null,
  -- Positions in polls.answers.
  choices jsonb not null,
  -- The interaction that decided it; an older one, or the same once more, changes nothing.
  decision bigint not null,
  primary key (poll_id, user_id)
);

create index poll_votes_of_person on poll_votes (user_id);
