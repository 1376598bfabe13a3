-- Words of documents (DOS-10): the index has each word under its practice. A word that is in many documents of the others costs a practice nothing.
create function record.words_here(practice int, words tsvector) returns tsvector language sql immutable strict parallel safe as $$
  -- A word may have 2,046 bytes, its practice before it included.
  select array_to_tsvector(array(select practice::text || ' ' || x from unnest(tsvector_to_array(words)) x where octet_length(x) <= 2000))
$$;
-- The same query, of the words of one practice.
create function record.query_here(practice int, q tsquery) returns tsquery language sql immutable strict parallel safe as $$
  select regexp_replace(q::text, $r$'((?:[^']|'')+)'$r$, $r$'$r$ || practice::text || $r$ \1'$r$, 'g')::tsquery
$$;
drop index record.text_words;
create index text_words on record.text using gin (record.words_here(tenant_id, words)) with (fastupdate = off);

-- As before (0036), but that the second way asks the index of the words of the practice.
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
  return query execute 'with x as materialized (select x.rid, x.day, x.patient from record.text x where x.tenant_id + 0 = $1 and record.words_here(x.tenant_id, x.words) @@ $12' || of_kind || '), s as not materialized (select x.rid, x.day from x where' || kept || ')
      select s.rid, s.day from '
    || case when cardinality(phrases) = 0 then 's' else '(select * from s order by day desc, rid desc) s join lateral (select from record.text w where w.tenant_id = $1 and w.rid = s.rid and w.words @@ $2 offset 0) m on true' end
    || ' order by s.day desc, s.rid desc limit $11'
  using t, q, patients, low, high, kinds, by_author, before_day, before_rid, every_word, most - given, record.query_here(t, every_word);
end $$;
