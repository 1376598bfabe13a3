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
  names text collate "C" not null,         -- every family name, then every given name, each once: the order of a list
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
create index patient_name_birth on record.patient_name (tenant_id, birth_date);
create index patient_name_ins on record.patient_name (tenant_id, ins) where ins <> '';
create index patient_name_phones on record.patient_name using gin (phones);
create index patient_name_incomplete on record.patient_name (tenant_id, patient_key) where incomplete;

-- Each word of each name, so that what is typed is a range of an ordinary index: it stops after a page, whatever the size of the practice.
create table record.patient_word (
  tenant_id int not null,
  family boolean not null,
  word text collate "C" not null,
  patient_key bigint not null,
  primary key (tenant_id, family, word, patient_key)
);
create index patient_word_patient on record.patient_word (tenant_id, patient_key, word);

-- The words there are, each once: typos are looked for here, then followed through patient_word.
create table record.name_word (
  tenant_id int not null,
  word text collate "C" not null,
  primary key (tenant_id, word)
);
create index name_word_trigrams on record.name_word using gin (word gin_trgm_ops);

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

select platform.close_to_other_tenants(t) from unnest(array['record.patient_name','record.patient_word','record.name_word','record.last_visit','record.draft']::regclass[]) t;
grant select, insert, update, delete on record.patient_name, record.patient_word, record.name_word, record.last_visit, record.draft to estran_app;

-- Trigram operators are not leak-proof, so under row-level security they cannot be the way in. This function runs as the owner and closes
-- the practice itself. It gives candidates only: the caller's sight is applied to them by the statement around it.
-- `words`: normalised; a typo is looked for in the first one, the others only sharpen.
create function record.find_patients(words text[], birth_low text, birth_high text, typed_ins text, typed_phone text, fuzzy boolean, most int)
returns table (patient_key bigint, score real)
language plpgsql stable security definer set search_path = pg_catalog, public, record, pg_temp as $$
declare
  t constant int := platform.tenant();
  top constant text := chr(1114109);
  driver text;
begin
  if t is null then return; end if;
  if typed_ins <> '' then
    return query select p.patient_key, 100::real from record.patient_name p where p.tenant_id = t and p.ins >= typed_ins and p.ins < typed_ins || '~' order by p.ins limit most;
  elsif typed_phone <> '' then
    return query select p.patient_key, 90::real from record.patient_name p where p.tenant_id = t and p.phones @> array[typed_phone] limit most;
  elsif cardinality(words) = 0 then
    if birth_low = '' then return; end if;
    return query select p.patient_key, 80::real from record.patient_name p where p.tenant_id = t and p.birth_date >= birth_low and p.birth_date <= birth_high order by p.birth_date limit most;
  elsif fuzzy then
    return query
      select x.patient_key, (x.s * 40)::real from (
        select w.patient_key, (max(d.s) + coalesce((select sum((select max(public.similarity(o.word, other)) from record.patient_word o where o.tenant_id = t and o.patient_key = w.patient_key)) from unnest(words[2:]) other), 0)) / cardinality(words) as s
        from (select n.word, case when n.word >= words[1] and n.word < words[1] || top then 0.95 else public.similarity(n.word, words[1]) end as s
              from record.name_word n where n.tenant_id = t and (n.word operator(public.%) words[1] or (n.word >= words[1] and n.word < words[1] || top)) order by 2 desc limit 12) d
        cross join lateral (select p.patient_key from record.patient_word p where p.tenant_id = t and p.family in (true, false) and p.word = d.word limit 300) w
        group by w.patient_key) x
      where x.s >= 0.3 order by x.s desc limit most;
  elsif birth_low <> '' then
    return query
      select p.patient_key, 75::real from record.patient_name p where p.tenant_id = t and p.birth_date >= birth_low and p.birth_date <= birth_high
        and not exists (select 1 from unnest(words) x where not exists (select 1 from record.patient_word o where o.tenant_id = t and o.patient_key = p.patient_key and o.word >= x and o.word < x || top))
      order by p.names limit most;
  else
    -- The longest word is the narrowest way in; family names come before given names.
    driver := (select x from unnest(words) x order by length(x) desc limit 1);
    return query
      select f.patient_key, max(f.s)::real from (
        (select w.patient_key, 70 as s from record.patient_word w where w.tenant_id = t and w.family and w.word >= driver and w.word < driver || top
           and not exists (select 1 from unnest(words) x where x <> driver and not exists (select 1 from record.patient_word o where o.tenant_id = t and o.patient_key = w.patient_key and o.word >= x and o.word < x || top))
         order by w.word limit most)
        union all
        (select w.patient_key, 60 as s from record.patient_word w where w.tenant_id = t and not w.family and w.word >= driver and w.word < driver || top
           and not exists (select 1 from unnest(words) x where x <> driver and not exists (select 1 from record.patient_word o where o.tenant_id = t and o.patient_key = w.patient_key and o.word >= x and o.word < x || top))
         order by w.word limit most)) f
      group by f.patient_key order by 2 desc limit most;
  end if;
end $$;
revoke all on function record.find_patients from public;
grant execute on function record.find_patients to estran_app;
