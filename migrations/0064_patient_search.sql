-- A telephone is found by record.find_by_phone (0058): the branch that looked for a whole one here goes.
drop function record.find_patients(text[], text, text, text, text, boolean, int);
create function record.find_patients(words text[], birth_low text, birth_high text, typed_ins text, fuzzy boolean, most int)
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

-- One key a number, however it is written: «0032 470…» as «+32 470…», «+262 692…» as «0692…».
update record.patient_name p
set phones = (select array_agg(regexp_replace(regexp_replace(x, '^(?:00)?(?:262|59[046])(?=\d{9}$)', '0'), '^00', '') order by n) from unnest(p.phones) with ordinality as u (x, n))
where exists (select 1 from unnest(p.phones) x where x ~ '^00' or x ~ '^(?:262|59[046])\d{9}$');
