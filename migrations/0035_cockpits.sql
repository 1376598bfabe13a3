-- What a person changed in their own cockpit: order and hidden names of blocks, entries, cards. No patient in it. See docs/adr/0026-cockpits.md.
create table record.cockpit (
  tenant_id int not null,
  practitioner text collate "C" not null,
  version int not null,
  choices text not null,                   -- JSON of contract/wire-cockpits.ts
  updated timestamptz not null default now(),
  primary key (tenant_id, practitioner)
);
select platform.close_to_other_tenants('record.cockpit'::regclass);
grant select, insert, update, delete on record.cockpit to estran_app;
