-- Provenance and Binary are as closed as what they point to (fhir/store/create.ts, findIndirect): rows of before take the kind of their targets, of several the most closed.
-- Clinical kinds: all but directory, identity, administrative, agenda, billing, messages, tasks.
update fhir.resource p set kind = x.kind
from (
  select k.tenant_id, k.rid, case when 14 = any(k.kinds) then 14 when 12 = any(k.kinds) then 12 when 11 = any(k.kinds) then 11 when cardinality(k.kinds) = 1 then k.kinds[1] end as kind
  from (
    select p.tenant_id, p.rid, array_agg(distinct r.kind) as kinds
    from fhir.resource p cross join lateral jsonb_array_elements(p.content::jsonb -> 'target') as t (target)
    join fhir.resource r on r.tenant_id = p.tenant_id and r.type = split_part(t.target ->> 'reference', '/', 1) and r.id = split_part(t.target ->> 'reference', '/', 2)
    where p.type = 'Provenance' and p.kind = 3 and not p.deleted and r.kind not in (0, 1, 2, 16, 17, 18, 19) group by 1, 2
  ) k
) x where p.tenant_id = x.tenant_id and p.rid = x.rid and x.kind is not null and p.kind <> x.kind;
update fhir.resource b set kind = r.kind
from fhir.resource r
where b.type = 'Binary' and b.kind = 8 and not b.deleted and r.tenant_id = b.tenant_id and r.kind not in (0, 1, 2, 8, 16, 17, 18, 19)
  and r.type || '/' || r.id = substring(b.content from '"securityContext" *: *\{ *"reference" *: *"([A-Za-z]+/[A-Za-z0-9.-]{1,64})') and r.type not in ('Patient', 'Group');
