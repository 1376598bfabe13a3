-- Words of messages (COO-8), as they are searched: normalised by the server (record/fhir-words.ts) with each write of a Communication, empty once it was
-- taken back. Whose message it is and who may read it is asked of the resource, of those that hold the words only. Null: not known, looked for in the resource.
alter table coordination.message add column said text collate "C";
-- Of what is written already, the same by SQL, where nothing stands but letters of French and ordinary signs.
update coordination.message m set said = case when m.withdrawn then '' else (
  select case when n.said ~ '^[\u0001-\u007f\u0300-\u0308\u030a\u030c\u0327œŒæÆ«»’‘“”…–—°€\u00a0\u2009\u202f]*$'
    then btrim(regexp_replace(lower(replace(replace(replace(replace(regexp_replace(n.said, '[\u0300-\u036f^`]', '', 'g'), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') collate "C"), '[^a-z0-9]+', ' ', 'g')) end
  from (select normalize(concat_ws(' ', c.o #>> '{topic,text}', c.o #>> '{subject,display}', c.o #>> '{sender,display}',
      (select string_agg(coalesce(p.o ->> 'contentString', p.o #>> '{contentAttachment,title}', 'fichier'), ' ') from json_array_elements(case json_typeof(c.o -> 'payload') when 'array' then c.o -> 'payload' else '[]' end) p (o))), NFD) as said
    from (select r.content::json as o) c offset 0) n) end
from fhir.resource r
where r.tenant_id = m.tenant_id and r.type = 'Communication' and r.id = m.id and r.content <> '' and strpos(r.content, '\u0000') = 0 and m.said is null;
