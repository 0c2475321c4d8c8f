-- What guild staff decided about commands and families; its shape is that of src/settings/rules.ts. Releases that do not know it leave it alone.
alter table guild_settings
  add column rules jsonb not null default '{"commands": {}, "families": {}}'
    check (jsonb_typeof(rules) = 'object' and octet_length(rules::text) <= 65536);
