-- The floor of the house: the role the server works under, the practices (tenants), the ledger.
-- Every table starts with tenant_id and is closed by row-level security to any tenant but the session's (SEC-7).

do $$ begin
  if not exists (select from pg_roles where rolname = 'estran_app') then
    create role estran_app nologin nosuperuser nobypassrls;
  end if;
  execute format('grant estran_app to %I', current_user);
end $$;

create schema platform;
create schema audit;
grant usage on schema platform, audit to estran_app;

-- The tenant of this session; null when none was chosen, and then no row is seen.
create function platform.tenant() returns int language sql stable parallel safe
  return nullif(current_setting('estran.tenant', true), '')::int;

create function platform.close_to_other_tenants(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy own_tenant on %s to estran_app using (tenant_id = platform.tenant()) with check (tenant_id = platform.tenant())', target);
end $$;

create table platform.tenant (
  tenant_id int generated always as identity primary key,
  id text collate "C" not null unique,
  name text not null,
  created_at timestamptz not null default now(),
  settings jsonb not null default '{}'
);
select platform.close_to_other_tenants('platform.tenant');
grant select on platform.tenant to estran_app;
grant update (name, settings) on platform.tenant to estran_app;

-- Where the ledger's order starts: transaction numbers begin anew in another cluster, and a restored ledger must go on after its past.
create sequence audit.txid_base as bigint minvalue 0 start 0;
grant select on audit.txid_base to estran_app;
create function audit.position() returns bigint language sql volatile
  return pg_current_xact_id()::text::bigint + (select last_value from audit.txid_base);

-- One ledger for the whole house: append-only (no right to update or delete), sealed block by block into a hash chain.
create table audit.entry (
  tenant_id int not null,
  seq bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  txid bigint not null default audit.position(),
  actor text collate "C" not null,          -- 'Practitioner/…', 'Client/…', 'System/…', 'Person/…'
  actor_name text not null default '',
  role text collate "C" not null default '',
  action text collate "C" not null,         -- read, search, create, update, delete, sign-in, emergency-access, …
  target text collate "C" not null default '', -- 'Observation/…' or the type searched
  patient text collate "C",                 -- Patient id concerned; null when none
  patients text[] collate "C",              -- all of them when more than one (then also in audit.entry_patient)
  version int,
  reason text,
  address text collate "C",
  details jsonb,
  primary key (tenant_id, seq)
);
create index entry_by_patient on audit.entry (tenant_id, patient, seq) where patient is not null;
create index entry_by_actor on audit.entry (tenant_id, actor, seq);
create index entry_by_txid on audit.entry (tenant_id, txid, seq);
select platform.close_to_other_tenants('audit.entry');
grant select, insert on audit.entry to estran_app;

-- The other patients of an entry that concerns several (a page of search results).
create table audit.entry_patient (
  tenant_id int not null,
  patient text collate "C" not null,
  seq bigint not null,
  primary key (tenant_id, patient, seq)
);
select platform.close_to_other_tenants('audit.entry_patient');
grant select, insert on audit.entry_patient to estran_app;

create table audit.seal (
  tenant_id int not null,
  block bigint not null,
  last_txid bigint not null,    -- every entry of a transaction up to this one, and after the block before, is under the hash
  entries bigint not null,
  hash bytea not null,         -- sha256(previous hash || sha256 of the entries in (txid, seq) order)
  sealed_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, block)
);
select platform.close_to_other_tenants('audit.seal');
grant select, insert on audit.seal to estran_app;
