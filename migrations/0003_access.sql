-- People, sessions, rights. `*_key` columns are hash64('Practitioner/…') or hash64('Patient/…'), as in the FHIR store.

create schema access;
grant usage on schema access to estran_app;

-- Who takes care of whom, whatever the source; derived in the same transaction from CareTeam, Consent, delegation, emergency access.
create table access.care_relation (
  tenant_id int not null,
  practitioner_key bigint not null,
  patient_key bigint not null,
  source text collate "C" not null,        -- 'CareTeam/id', 'Consent/id', 'emergency/id', 'delegation/id'
  practitioner text collate "C" not null,  -- FHIR id
  patient text collate "C" not null,       -- FHIR id
  role text not null default '',
  valid_from timestamptz not null default '-infinity',
  valid_until timestamptz not null default 'infinity',
  primary key (tenant_id, practitioner_key, patient_key, source)
);
create index care_relation_source on access.care_relation (tenant_id, source);
create index care_relation_patient on access.care_relation (tenant_id, patient_key);

-- What a patient does not want shared: with a person, a profession, or nobody at all, for the kinds in the mask.
create table access.opposition (
  tenant_id int not null,
  patient_key bigint not null,
  source text collate "C" not null,        -- 'Consent/id'
  line int not null,
  practitioner_key bigint,
  profession text collate "C",
  kinds int not null,
  valid_from timestamptz not null default '-infinity',
  valid_until timestamptz not null default 'infinity',
  primary key (tenant_id, patient_key, source, line)
);
create index opposition_source on access.opposition (tenant_id, source);

-- The practice's own changes to the ready-made table of professions × kinds of data (SEC-3).
create table access.profession_right (
  tenant_id int not null,
  profession text collate "C" not null,
  kind text collate "C" not null,
  reach text collate "C" not null check (reach in ('none', 'team', 'practice')),
  write boolean not null,
  primary key (tenant_id, profession, kind)
);
select platform.close_to_other_tenants(t) from unnest(array['access.care_relation','access.opposition','access.profession_right']::regclass[]) t;
grant select, insert, update, delete on access.care_relation, access.opposition, access.profession_right to estran_app;
