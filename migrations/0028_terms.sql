-- Public lists of terms (CIM-10, BDPM, CCAM, NUVA), loaded from their publishers' files. See docs/adr/0020-terms.md.
-- Tenant 0 holds what whoever runs the installation loaded for every practice; a practice's own edition of a list goes before it.

create sequence fhir.term_edition as bigint;
grant usage on sequence fhir.term_edition to estran_app;

create table fhir.term_list (
  tenant_id int not null,
  edition bigint not null,
  list text collate "C" not null,
  state text collate "C" not null check (state in ('loading', 'current')),
  version text not null,                   -- as the publisher dates it
  terms int not null default 0,
  files jsonb not null default '[]',       -- [{ name, bytes, sha256 }]
  by_name text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, edition)
);
create unique index term_list_current on fhir.term_list (tenant_id, list) where state = 'current';

create table fhir.term (
  tenant_id int not null,
  edition bigint not null,
  code text collate "C" not null,
  label text not null,
  plain text collate "C" not null,         -- lower case, no accents, words separated by one space
  words tsvector not null,                 -- each word of the label and of what else finds it, and its singular
  rank int not null,                       -- smaller comes first: short and usual before long and rare
  detail jsonb,                            -- what a list says besides: form, routes, substances; since when ended
  primary key (tenant_id, edition, code)
);
-- What begins as it is typed comes first: a range, and most of the time the whole answer.
create index term_plain on fhir.term (tenant_id, edition, plain);
create index term_words on fhir.term using gin (words) with (fastupdate = off);

-- The words there are, each once: where a typing mistake is looked for.
create table fhir.term_word (
  tenant_id int not null,
  edition bigint not null,
  word text collate "C" not null,
  primary key (tenant_id, edition, word)
);

-- For a mistake in the first letter.
create index term_word_rest on fhir.term_word (tenant_id, edition, substr(word, 2));

select platform.close_to_other_tenants(t) from unnest(array['fhir.term_list','fhir.term','fhir.term_word']::regclass[]) t;
grant select, insert, update, delete on fhir.term_list, fhir.term, fhir.term_word to estran_app;

-- Text search is not leak-proof, so that under row-level security no index would lead in; and lists of the installation are read by every practice.
-- These functions run as the owner and close the practice themselves: its own editions and those of tenant 0, which hold no practice's data.
create function fhir.term_editions(lists text[]) returns table (tenant_id int, edition bigint, list text, version text, terms int, files jsonb, by_name text, at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select distinct on (l.list) l.tenant_id, l.edition, l.list, l.version, l.terms, l.files, case when l.tenant_id = 0 then '' else l.by_name end, l.at
  from fhir.term_list l where l.tenant_id in (0, platform.tenant()) and l.list = any(lists) and l.state = 'current' order by l.list, l.tenant_id desc;
$$;

-- `asked`: a tsquery of prefixes; `exact`: the same words whole; `code_low`: start of a code, or ''. Best first.
create function fhir.find_terms(lists text[], typed text, asked text, exact text, code_low text, most int)
returns table (list text, code text, label text, detail jsonb, place int, rank int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  found record;
  got int;
  starts int := 0;
begin
  if platform.tenant() is null then return; end if;
  if code_low <> '' then
    for found in select e.tenant_id, e.edition, e.list from fhir.term_editions(lists) e loop
      return query
        select found.list, x.code, x.label, x.detail, case when x.code = code_low then 0 else 1 end, x.rank from fhir.term x
        where x.tenant_id = found.tenant_id and x.edition = found.edition and x.code >= code_low and x.code < code_low || '~' order by length(x.code), x.code limit most;
    end loop;
  end if;
  if asked = '' then return; end if;
  for found in select e.tenant_id, e.edition, e.list from fhir.term_editions(lists) e loop
    return query
      select found.list, x.code, x.label, x.detail, case when x.plain = typed then 1 else 2 end as place, x.rank from fhir.term x
      where x.tenant_id = found.tenant_id and x.edition = found.edition and x.plain >= typed and x.plain < typed || '~' order by place, x.rank, x.plain limit most;
    get diagnostics got = row_count;
    starts := starts + got;
  end loop;
  -- Other places come after these; two letters alone would be a tenth of every list.
  if starts >= most or length(typed) < 3 then return; end if;
  return query
    select e.list, x.code, x.label, x.detail, case when x.words @@ exact::tsquery then 3 else 4 end as place, x.rank
    from fhir.term x join fhir.term_editions(lists) e on e.edition = x.edition and e.tenant_id = x.tenant_id
    where x.words @@ asked::tsquery and not starts_with(x.plain, typed) order by place, x.rank, x.plain limit most;
end $$;

-- Words of the lists that match the pattern and begin with its first letter: the nearest in length first.
create function fhir.near_words(lists text[], typed text, pattern text, most int) returns table (word text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select w.word from fhir.term_editions(lists) e join fhir.term_word w on w.tenant_id = e.tenant_id and w.edition = e.edition
  where w.word >= left(typed, 1) and w.word < left(typed, 1) || '~' and w.word ~ pattern group by w.word order by abs(length(w.word) - length(typed)), w.word limit most;
$$;

-- Words whose first letter was typed wrong, left out, doubled by another or swapped with the second.
create function fhir.near_starts(lists text[], typed text, most int) returns table (word text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  with e as materialized (select tenant_id, edition from fhir.term_editions(lists)),
    near as (
      select w.word from e join fhir.term_word w on w.tenant_id = e.tenant_id and w.edition = e.edition and substr(w.word, 2) >= substr(typed, 2) and substr(w.word, 2) < substr(typed, 2) || '~'
      union select w.word from e join fhir.term_word w on w.tenant_id = e.tenant_id and w.edition = e.edition and substr(w.word, 2) >= typed and substr(w.word, 2) < typed || '~'
      union select w.word from e join fhir.term_word w on w.tenant_id = e.tenant_id and w.edition = e.edition and w.word >= substr(typed, 2) and w.word < substr(typed, 2) || '~'
      union select w.word from e join fhir.term_word w on w.tenant_id = e.tenant_id and w.edition = e.edition
        and w.word >= substr(typed, 2, 1) || left(typed, 1) || substr(typed, 3) and w.word < substr(typed, 2, 1) || left(typed, 1) || substr(typed, 3) || '~')
  select near.word from near order by abs(length(near.word) - length(typed)), near.word limit most;
$$;

revoke all on function fhir.term_editions, fhir.find_terms, fhir.near_words, fhir.near_starts from public;
grant execute on function fhir.term_editions, fhir.find_terms, fhir.near_words, fhir.near_starts to estran_app;
