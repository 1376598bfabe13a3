-- Two records of one person become one, and two again (IDV-2). See docs/adr/0017-merge.md.

-- Which patient's record has gone into which: what rights, writes and old addresses follow.
create table access.merged_patient (
  tenant_id int not null,
  gone_key bigint not null,                -- hash64('Patient/id')
  gone text collate "C" not null,
  kept_key bigint not null,
  kept text collate "C" not null,
  primary key (tenant_id, gone_key)
);
create index merged_patient_kept on access.merged_patient (tenant_id, kept_key);

create table fhir.merge (
  tenant_id int not null,
  id text collate "C" not null,
  gone text collate "C" not null,
  kept text collate "C" not null,
  gone_before int not null,                -- version of the Patient that the merge replaced
  at timestamptz not null,
  by_whom text collate "C" not null,       -- actor, as in the ledger
  by_name text not null,
  reason text not null default '',
  separated_at timestamptz,
  separated_name text,
  primary key (tenant_id, id)
);
create index merge_at on fhir.merge (tenant_id, at desc);
create unique index merge_gone on fhir.merge (tenant_id, gone) where separated_at is null;

-- What a merge rewrote: the version before, which the separation gives back, and the one it wrote.
create table fhir.merge_moved (
  tenant_id int not null,
  merge text collate "C" not null,
  rid bigint not null,
  before int not null,
  after int not null,
  primary key (tenant_id, merge, rid)
);
create index merge_moved_rid on fhir.merge_moved (tenant_id, rid);

-- What was added while the two were one, to be sorted after a separation.
create table fhir.merge_added (
  tenant_id int not null,
  merge text collate "C" not null,
  rid bigint not null,
  place text collate "C" not null default 'unsorted' check (place in ('unsorted', 'kept', 'gone')),
  primary key (tenant_id, merge, rid)
);

-- Resources that name several patients are few: found by the second as well.
create index resource_patients on fhir.resource (tenant_id, rid) where patients is not null;

-- Pairs that look alike and are two people.
create table record.set_apart (
  tenant_id int not null,
  one text collate "C" not null,           -- patient ids, the smaller first
  other text collate "C" not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, one, other)
);

-- A draft follows its patient and comes back.
alter table record.draft add column merged_from text collate "C";

select platform.close_to_other_tenants(t) from unnest(array['access.merged_patient','fhir.merge','fhir.merge_moved','fhir.merge_added','record.set_apart']::regclass[]) t;
grant select, insert, update, delete on access.merged_patient, fhir.merge, fhir.merge_moved, fhir.merge_added, record.set_apart to estran_app;

-- While two records are one, whoever takes care of the one kept reads the versions written under the other; what is opposed is opposed there too.
-- Derived relations come from their own source, in follow_relation.
create function access.follow_merged_relation() returns trigger language plpgsql as $$
begin
  if new.source like 'delegation/%' then return null; end if;
  insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient, role, valid_from, valid_until)
  select new.tenant_id, new.practitioner_key, m.gone_key, new.source, new.practitioner, new.patient, new.role, new.valid_from, new.valid_until
  from access.merged_patient m where m.tenant_id = new.tenant_id and m.kept_key = new.patient_key
  on conflict do nothing;
  return null;
end $$;
-- Its name comes before follow_relation: the copy is derived from before the relation itself.
create trigger follow_merged_relation after insert on access.care_relation for each row execute function access.follow_merged_relation();

create function access.follow_merged_opposition() returns trigger language plpgsql as $$
begin
  insert into access.opposition (tenant_id, patient_key, source, line, practitioner_key, profession, kinds, valid_from, valid_until)
  select new.tenant_id, m.gone_key, new.source, new.line, new.practitioner_key, new.profession, new.kinds, new.valid_from, new.valid_until
  from access.merged_patient m where m.tenant_id = new.tenant_id and m.kept_key = new.patient_key
  on conflict do nothing;
  return null;
end $$;
create trigger follow_merged_opposition after insert on access.opposition for each row execute function access.follow_merged_opposition();

-- A write is before a merge or after it. Every writer holds the practice's lock shared until its commit, a merge holds it alone; whoever comes after
-- and still names the patient that has gone is refused (ESM01) and told where to write.
create function fhir.refuse_merged() returns trigger language plpgsql as $$
declare t constant int := platform.tenant();
declare hit text;
begin
  if t is null then return null; end if;
  perform pg_advisory_xact_lock_shared(1296388685, t);
  if current_setting('estran.merging', true) = 'on' or not exists (select 1 from access.merged_patient) then return null; end if;
  select m.gone || ' ' || m.kept into hit from written w join access.merged_patient m
    on m.tenant_id = w.tenant_id and (m.gone_key = w.patient or m.gone_key = any(w.patients)) limit 1;
  if hit is not null then raise exception 'merged patient: %', hit using errcode = 'ESM01'; end if;
  return null;
end $$;
create trigger refuse_merged_insert after insert on fhir.resource referencing new table as written for each statement execute function fhir.refuse_merged();
create trigger refuse_merged_update after update on fhir.resource referencing new table as written for each statement execute function fhir.refuse_merged();
