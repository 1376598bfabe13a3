-- The order that a practice gives to the day of a profession, over which each person keeps their own. No patient in it. See docs/adr/0026-cockpits.md.
create table record.practice_cockpit (
  tenant_id int not null,
  profession text collate "C" not null,
  version int not null,
  day text not null,                       -- JSON of contract/wire-cockpits.ts: order and hidden names
  practitioner text collate "C" not null,  -- who set it
  updated timestamptz not null default now(),
  primary key (tenant_id, profession)
);
select platform.close_to_other_tenants('record.practice_cockpit'::regclass);
grant select, insert, update, delete on record.practice_cockpit to estran_app;
