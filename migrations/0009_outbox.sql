-- Events between rooms (architecture.md): written in the transaction of the change, delivered after it, at least once and in order of
-- arrival; what a consumer writes and the end of the event are one transaction, so that its effect on the database comes exactly once.
create table platform.outbox (
  tenant_id int not null,
  seq bigint generated always as identity,
  topic text collate "C" not null,
  payload jsonb not null,
  at timestamptz not null default clock_timestamp(),
  attempts int not null default 0,
  not_before timestamptz not null default '-infinity',
  failure text,
  primary key (tenant_id, seq)
);
select platform.close_to_other_tenants('platform.outbox');
grant select, insert, update, delete on platform.outbox to estran_app;
