-- Who linked a program: shown to those who answer for the practice, and looked at again when that account is closed.
alter table access.client add column created_by text collate "C"; -- Practitioner id; null: by command

-- Labels of HL7 that closed nothing until now (fhir/store/kind-of-type.ts): what bears one takes its kind, with its versions.
with labelled as (
  select r.tenant_id, r.rid, bool_or(l.system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality' and l.code in ('R', 'V') or l.code in ('MST', 'VIO', 'PREGNANT', 'GDIS', 'SCA', 'SICKLE', 'SPI', 'TBOO', 'PRS', 'MASQUE_PS', 'SEX', 'HIV', 'STD', 'SDV')) as most
  from fhir.resource r cross join lateral (
    select m ->> 'system' as system, m ->> 'code' as code from jsonb_array_elements(r.content::jsonb #> '{meta,security}') m
    union all select c ->> 'system', c ->> 'code' from jsonb_array_elements(r.content::jsonb -> 'securityLabel') s cross join lateral jsonb_array_elements(s -> 'coding') c
  ) l
  where not r.deleted and r.kind not in (0, 1, 14) and (r.content like '%"security"%' or r.content like '%"securityLabel"%')
    and (l.code in ('BH', 'EMOTDIS', 'COGN', 'DVD', 'MST', 'VIO', 'PREGNANT', 'GDIS', 'SCA', 'SICKLE', 'SPI', 'TBOO', 'PRS', 'MASQUE_PS', 'PSY', 'MH', 'PSYTHPN', 'ETH', 'ETHUD', 'SUD', 'OPIOIDUD', 'SEX', 'HIV', 'STD', 'SDV')
      or l.system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality' and l.code in ('R', 'V'))
  group by 1, 2
), closed as (
  update fhir.resource r set kind = case when l.most then 12 else 11 end from labelled l where r.tenant_id = l.tenant_id and r.rid = l.rid returning r.tenant_id, r.rid, r.kind
)
update fhir.history h set kind = c.kind from closed c where h.tenant_id = c.tenant_id and h.rid = c.rid;
