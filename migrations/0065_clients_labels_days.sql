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

-- A date without a time is a day in France (fhir/search/periods.ts), and was one in universal time: the spans of days, and what is sorted by them.
update fhir.date d set
  low = case when not isfinite(d.low) or d.low <> date_trunc('day', d.low, 'UTC') then d.low when d.low < '1980-01-01T00:00:00Z' then d.low - interval '1 hour' else (d.low at time zone 'UTC') at time zone 'Europe/Paris' end,
  high = case when not isfinite(d.high) or d.high <> date_trunc('day', d.high, 'UTC') then d.high when d.high < '1980-01-01T00:00:00Z' then d.high - interval '1 hour' else (d.high at time zone 'UTC') at time zone 'Europe/Paris' end
where (isfinite(d.low) and d.low = date_trunc('day', d.low, 'UTC') or isfinite(d.high) and d.high = date_trunc('day', d.high, 'UTC'))
  and (not isfinite(d.low) or not isfinite(d.high) or d.high - d.low >= interval '1 day');
update fhir.resource r set at = s.at
from (
  select r.tenant_id, r.rid, case when r.at < '1980-01-01T00:00:00Z' then r.at - interval '1 hour' else (r.at at time zone 'UTC') at time zone 'Europe/Paris' end as at
  from fhir.resource r where r.at is not null and r.at = date_trunc('day', r.at, 'UTC')
) s
where r.tenant_id = s.tenant_id and r.rid = s.rid and exists (select 1 from fhir.date d where d.tenant_id = r.tenant_id and d.rid = r.rid and d.low = s.at);
