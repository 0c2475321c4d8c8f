-- Until now a guild's language was en-US unless another was chosen, and nobody could tell a choice of English from none. The column
-- that the release before reads and writes stays as it is; this one says that en-US is meant. Any other language is a choice by itself.
alter table guild_settings add column locale_chosen boolean not null default false;

-- The message is in the language of the guild, and what is said to whoever made it in theirs; null before this release, and once they had
-- their data deleted.
alter table polls add column creator_locale text;
alter table giveaways add column host_locale text;
