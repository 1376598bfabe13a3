-- Words of documents (DOS-10): found within a known time whatever the words are, without what the planner believes of them.

-- A row's words stand in the row, its text beside it (TOAST): to look into the words of a document costs a tenth of what it did.
drop index record.text_words;
alter table record.text alter words set storage main;
update record.text set words = words || '';
create index text_words on record.text using gin (words) with (fastupdate = off);
-- Whose a document is, said by the index of days: those of other patients are passed over without their rows.
drop index record.text_day;
create index text_day on record.text (tenant_id, day desc, rid desc) include (patient);

-- Candidates, newest first after `(before_day, before_rid)`; who may see them is decided by the statement around it, as before. Two ways, one after the other:
-- 1. the newest documents of these patients are looked into one by one. Common words fill the page at once; a short record is looked through whole.
-- 2. what is left is asked of the index of words. It does not know where words stand: of a phrase it gives the documents that hold its words, and the phrase is
--    looked for in those of the right patients. When these words are in many documents, the first way goes on instead: the index would bring a good part of the table.
-- Planned for the patients at hand: looked for among them by their hash, which a plan for any patients does not do.
create or replace function record.find_texts(typed text[], phrases text[], one_patient bigint, reader bigint, low date, high date, kinds text[], by_author text, before_day date, before_rid bigint, most int)
returns table (rid bigint, day date) language plpgsql stable security definer set search_path = pg_catalog, public set plan_cache_mode = force_custom_plan set enable_seqscan = off set jit = off as $$
declare t constant int := platform.tenant();
declare q constant tsquery := record.query_of(typed, phrases);
declare every_word tsquery := record.query_of(typed, '{}');
declare patients constant bigint[] := case when one_patient is not null then array[one_patient]
  when reader is not null then array(select c.patient_key from access.care_relation c where c.tenant_id = t and c.practitioner_key = reader and c.valid_from <= now() and c.valid_until > now()) end;
declare kept constant text := ' x.day between $4 and $5 and (x.day, x.rid) < ($8, $9)' || case when patients is null then ' and x.patient is not null' when one_patient is not null then ' and x.patient = $3[1]' else ' and x.patient = any($3)' end;
declare of_kind constant text := case when by_author <> '' then ' and strpos(x.author, $7) > 0' else '' end || case when kinds is not null then ' and (x.code = any($6) or x.type = any($6))' else '' end;
declare part int := 800;
declare seen int;
declare held int;
declare given int := 0;
declare phrase text;
declare one record;
begin
  if numnode(q) = 0 then return; end if;
  foreach phrase in array phrases loop every_word := every_word && plainto_tsquery('record.french', phrase); end loop;
  loop
    seen := 0;
    held := 0;
    -- Row by row: no document is looked into after the one that fills the page.
    for one in execute 'select s.rid, s.day, m.held, m.found from (select x.rid, x.day from record.text x where x.tenant_id = $1 and' || kept || of_kind || ' order by x.day desc, x.rid desc limit $11) s
        cross join lateral (select w.words @@ $10 as held, w.words @@ $2 as found from record.text w where w.tenant_id = $1 and w.rid = s.rid offset 0) m order by s.day desc, s.rid desc'
      using t, q, patients, low, high, kinds, by_author, before_day, before_rid, every_word, part
    loop
      seen := seen + 1;
      before_day := one.day;
      before_rid := one.rid;
      if one.held then held := held + 1; end if;
      if one.found then
        rid := one.rid;
        day := one.day;
        return next;
        given := given + 1;
        if given = most then return; end if;
      end if;
    end loop;
    if seen < part then return; end if;
    exit when held < seen / 20;
    part := least(part * 4, 12800);
  end loop;

  -- «+ 0»: the index of words is the only way in. What it gives is narrowed before anything is looked into.
  return query execute 'with x as materialized (select x.rid, x.day, x.patient from record.text x where x.tenant_id + 0 = $1 and x.words @@ $10' || of_kind || '), s as not materialized (select x.rid, x.day from x where' || kept || ')
      select s.rid, s.day from '
    || case when cardinality(phrases) = 0 then 's' else '(select * from s order by day desc, rid desc) s join lateral (select from record.text w where w.tenant_id = $1 and w.rid = s.rid and w.words @@ $2 offset 0) m on true' end
    || ' order by s.day desc, s.rid desc limit $11'
  using t, q, patients, low, high, kinds, by_author, before_day, before_rid, every_word, most - given;
end $$;
