-- The record room: the index by which patients are found, last visits, drafts. See src/record/README.md.

create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;

create schema record;
grant usage on schema record to estran_app;

-- One row a patient, derived from Patient in the same transaction (identity/patient-index.store.ts). Texts are normalised: lower case, no accents,
-- words separated by one space.
create table record.patient_name (
  tenant_id int not null,
  patient_key bigint not null,             -- hash64('Patient/id')
  id text collate "C" not null,
  names text not null,                     -- every family name, then every given name, each once: what a typo is looked for in
  families text[] not null,                -- birth name, name in use, former names
  givens text[] not null,
  birth_date text collate "C" not null default '', -- FHIR date, partial ones too
  sex text collate "C" not null default '',
  ins text collate "C" not null default '',
  phones text[] not null default '{}',     -- digits, national form
  incomplete boolean not null default false, -- identity not validated, or a strict trait is missing
  brief text not null,                     -- JSON of contract/common.ts patientBrief, age aside
  primary key (tenant_id, patient_key)
);
create index patient_name_words on record.patient_name using gin (names gin_trgm_ops);
create index patient_name_birth on record.patient_name (tenant_id, birth_date);
create index patient_name_ins on record.patient_name (tenant_id, ins) where ins <> '';
create index patient_name_phones on record.patient_name using gin (phones);
create index patient_name_incomplete on record.patient_name (tenant_id, patient_key) where incomplete;

-- When each person last opened each record, and the time before.
create table record.last_visit (
  tenant_id int not null,
  practitioner_key bigint not null,
  patient_key bigint not null,
  patient text collate "C" not null,
  at timestamptz not null,
  before timestamptz,                      -- the visit before `at`: what «since my last visit» counts from while the record stays open
  primary key (tenant_id, practitioner_key, patient_key)
);
create index last_visit_recent on record.last_visit (tenant_id, practitioner_key, at desc);

-- What a person types and has not sent (SEC-12).
create table record.draft (
  tenant_id int not null,
  practitioner text collate "C" not null,
  key text collate "C" not null,
  patient text collate "C",
  form text not null,
  label text not null default '',
  data text not null,
  updated timestamptz not null default now(),
  primary key (tenant_id, practitioner, key)
);

select platform.close_to_other_tenants(t) from unnest(array['record.patient_name','record.last_visit','record.draft']::regclass[]) t;
grant select, insert, update, delete on record.patient_name, record.last_visit, record.draft to estran_app;

-- Trigram operators are not leak-proof, so under row-level security they cannot be the way in. This function runs as the owner and closes
-- the practice itself. It gives candidates only: the caller's sight is applied to them by the statement around it.
create function record.find_patients(words text[], typed text, birth_low text, birth_high text, typed_ins text, typed_phone text, fuzzy boolean, most int)
returns table (patient_key bigint, score real)
language plpgsql stable security definer set search_path = pg_catalog, public, record, pg_temp as $$
declare
  word text;
  clauses text := '';
begin
  if platform.tenant() is null then return; end if;
  if typed_ins <> '' then
    return query select p.patient_key, 100::real from record.patient_name p where p.tenant_id = platform.tenant() and p.ins >= typed_ins and p.ins < typed_ins || '~' order by p.ins limit most;
    return;
  end if;
  if typed_phone <> '' then
    return query select p.patient_key, 90::real from record.patient_name p where p.tenant_id = platform.tenant() and p.phones @> array[typed_phone] limit most;
    return;
  end if;
  if cardinality(words) = 0 then
    if birth_low = '' then return; end if;
    return query select p.patient_key, 80::real from record.patient_name p where p.tenant_id = platform.tenant() and p.birth_date >= birth_low and p.birth_date <= birth_high order by p.names limit most;
    return;
  end if;
  if fuzzy then
    perform set_config('pg_trgm.word_similarity_threshold', '0.45', true);
    return query
      select p.patient_key, (public.word_similarity(typed, p.names) * 40 + case when birth_low <> '' and p.birth_date between birth_low and birth_high then 30 else 0 end)::real as s
      from record.patient_name p
      where p.tenant_id = platform.tenant() and typed operator(public.<%) p.names and (birth_low = '' or p.birth_date = '' or p.birth_date between birth_low and birth_high)
      order by s desc limit most;
    return;
  end if;
  -- A word of three letters or more has trigrams; shorter ones only narrow.
  foreach word in array words loop
    clauses := clauses || format(' and (%s like %L or %s like %L)', 'p.names', word || '%', 'p.names', '% ' || word || '%');
  end loop;
  return query execute format(
    'select p.patient_key, (case when exists (select 1 from unnest(p.families) f where f like %L) then 70 else 60 end)::real as s
     from record.patient_name p where p.tenant_id = platform.tenant() %s %s order by s desc, p.names limit %s',
    words[1] || '%', clauses, case when birth_low = '' then '' else format('and p.birth_date between %L and %L', birth_low, birth_high) end, most);
end $$;
revoke all on function record.find_patients from public;
grant execute on function record.find_patients to estran_app;
