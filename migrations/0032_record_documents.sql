-- Documents that arrive, who must read them, and the words of documents and notes (DOS-10). See docs/adr/0024-received-documents.md.

-- French words as they are looked for: without accents, plural and feminine forms brought to one stem.
create text search configuration record.french (copy = pg_catalog.french);
alter text search configuration record.french alter mapping for hword, hword_part, word with public.unaccent, pg_catalog.french_stem;

-- One row a document or narrative note that stands, derived in the transaction of the write (documents/index-words.ts); the text of a PDF follows when it
-- has been read. Rights are never decided here: every row that is shown is joined to fhir.resource under the caller's sight.
create table record.text (
  tenant_id int not null,
  rid bigint not null,                     -- of fhir.resource
  type text collate "C" not null,
  id text collate "C" not null,
  patient bigint,                          -- hash64('Patient/id'); null: not sorted yet
  day date not null,                       -- the date professionals mean
  code text collate "C" not null default '', -- LOINC of the document
  author text collate "C" not null default '', -- who wrote it, normalised
  source text collate "C" not null default '', -- which file the body was read from
  heading text not null default '',        -- title, kind, author
  body text not null default '',
  words tsvector not null default '',
  state text collate "C" not null check (state in ('waiting', 'read', 'empty', 'unreadable')),
  tries int not null default 0,
  pages int,
  bytes_hash text collate "C" not null default '',  -- sha256 of the file
  text_hash text collate "C" not null default '',   -- sha256 of its words
  primary key (tenant_id, rid)
);
create unique index text_id on record.text (tenant_id, type, id);
create index text_patient on record.text (tenant_id, patient, day desc, rid desc);
create index text_day on record.text (tenant_id, day desc, rid desc);
create index text_words on record.text using gin (words) with (fastupdate = off);
create index text_bytes_hash on record.text (tenant_id, bytes_hash) where bytes_hash <> '';
create index text_text_hash on record.text (tenant_id, text_hash) where text_hash <> '';
create index text_waiting on record.text (tenant_id, rid) where state = 'waiting';

-- Files that arrived and are sorted by someone. The file itself is a DocumentReference and its Binary, about nobody until it is sorted.
create table record.received (
  tenant_id int not null,
  document text collate "C" not null,      -- DocumentReference id
  name text not null,
  content_type text collate "C" not null,
  size int not null,
  by text collate "C" not null,            -- practitioner who received it
  by_name text not null,
  at timestamptz not null,
  state text collate "C" not null default 'waiting' check (state in ('waiting', 'sorted', 'refused')),
  version int not null default 1,          -- of this row: two who sort at once are told
  facts text,                              -- JSON of documents/facts.rules.ts; null: not read yet
  patient text collate "C",                -- where it went
  document_version int,                    -- of the DocumentReference that sorting wrote: what came after is not taken back
  reason text not null default '',
  sorted_by text collate "C",
  sorted_name text,
  sorted_at timestamptz,
  primary key (tenant_id, document)
);
create index received_waiting on record.received (tenant_id, at) where state = 'waiting';
create index received_sorted on record.received (tenant_id, sorted_at desc) where state <> 'waiting';

-- Who still has to read or sign what, derived from the document in the transaction of its write. «*»: whoever takes care of the patient.
create table record.reading (
  tenant_id int not null,
  rid bigint not null,
  id text collate "C" not null,            -- DocumentReference id
  reader text collate "C" not null,        -- Practitioner id
  sign boolean not null,
  since timestamptz not null,
  primary key (tenant_id, rid, reader)
);
create index reading_reader on record.reading (tenant_id, reader, since);


select platform.close_to_other_tenants(t) from unnest(array['record.text','record.received','record.reading']::regclass[]) t;
grant select, insert, update, delete on record.text, record.reading to estran_app;
grant select, insert, update on record.received to estran_app;

-- Stems of words, without accents. French endings are told by their accents («hospitalisée»), and people type without: a word is kept under
-- the stem of what is written and under the stem of what is written without accents.
create function record.stems(words tsvector) returns text[] language sql stable as $$
  -- All at once: a call of unaccent for each word costs more than the words.
  select array(select distinct s from unnest(string_to_array(public.unaccent(array_to_string(tsvector_to_array(words), chr(31))), chr(31))) s where s <> '')
$$;
create function record.words_of(content text) returns tsvector language sql stable as $$
  select to_tsvector('record.french', left(content, 250000)) || array_to_tsvector(record.stems(to_tsvector('pg_catalog.french', left(content, 250000))))
$$;
-- All of these words; each under either of its stems. A phrase: words that follow each other.
create function record.query_of(typed text[], phrases text[]) returns tsquery language plpgsql stable as $$
declare found tsquery := ''::tsquery;
declare one tsquery;
declare other tsquery;
declare word text;
declare stem text;
begin
  foreach word in array typed loop
    one := plainto_tsquery('record.french', word);
    other := ''::tsquery;
    -- «hospitalisee»: typed without its accent, the feminine ending is told by its two vowels.
    foreach stem in array record.stems(to_tsvector('pg_catalog.french', regexp_replace(word, 'ees?$', 'é', 'i'))) loop
      if stem <> '' then other := other && quote_literal(stem)::tsquery; end if;
    end loop;
    if numnode(one) > 0 and numnode(other) > 0 then one := one || other;
    elsif numnode(one) = 0 then one := other; end if;
    if numnode(one) > 0 then found := found && one; end if;
  end loop;
  foreach word in array phrases loop
    one := phraseto_tsquery('record.french', word);
    if numnode(one) > 0 then found := found && one; end if;
  end loop;
  return found;
end $$;

-- Text matching is not leak-proof, so under row-level security it cannot be the way in. This function runs as the owner and closes the practice itself.
-- It gives candidates only, newest first after `(before_day, before_rid)`; the caller's sight is applied to them by the statement around it.
-- `one_patient`: of one record. `reader`: patients whom this practitioner takes care of; null: any.
create function record.find_texts(typed text[], phrases text[], one_patient bigint, reader bigint, low date, high date, kinds text[], by_author text, before_day date, before_rid bigint, most int)
returns table (rid bigint, day date) language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare t constant int := platform.tenant();
declare q constant tsquery := record.query_of(typed, phrases);
declare statement constant text := 'select x.rid, x.day from record.text x where x.tenant_id = $1 and x.words @@ $2 and x.day between $5 and $6 and (x.day, x.rid) < ($9, $10)';
begin
  if numnode(q) = 0 then return; end if;
  return query execute statement
    || case when one_patient is not null then ' and x.patient = $3' else ' and x.patient is not null' end
    || case when reader is not null and one_patient is null then ' and x.patient in (select c.patient_key from access.care_relation c where c.tenant_id = $1 and c.practitioner_key = $4 and c.valid_from <= now() and c.valid_until > now())' else '' end
    || case when by_author <> '' then ' and strpos(x.author, $8) > 0' else '' end
    || case when kinds is not null then ' and (x.code = any($7) or x.type = any($7))' else '' end
    || ' order by x.day desc, x.rid desc limit $11'
  using t, q, one_patient, reader, low, high, kinds, by_author, before_day, before_rid, most;
end $$;
revoke all on function record.find_texts from public;
grant execute on function record.find_texts to estran_app;

-- A document that goes from one record into another takes its past along: its versions are then read by those only who take care of both patients, and of
-- none when it goes back to nobody. The words of a version are never touched.
create function fhir.hand_over_history(rids bigint[], to_patient bigint) returns void language sql volatile security definer set search_path = pg_catalog as $$
  update fhir.history h set patient = to_patient,
    patients = case when to_patient is null then null
      else nullif(array(select distinct p from unnest(coalesce(h.patients, array[h.patient]) || to_patient) p where p is not null), array[to_patient]) end
  where h.tenant_id = platform.tenant() and h.rid = any(rids)
$$;
revoke all on function fhir.hand_over_history from public;
grant execute on function fhir.hand_over_history to estran_app;
