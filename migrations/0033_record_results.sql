-- Results that wait for someone's acknowledgement (DOS-11), without a word of content: what «à valider» walks, and what is escalated when nobody looks. Written with each
-- DiagnosticReport, in its transaction; the report itself is read again under the reader's own rights before a line is shown.
create table record.result_waiting (
  tenant_id int not null,
  id text collate "C" not null,               -- DiagnosticReport
  patient text collate "C" not null,
  reader text collate "C",                    -- Practitioner who must; null: whoever of the team may
  at timestamptz not null,                    -- since when it waits
  critical boolean,                           -- null: not looked at yet
  told timestamptz,                           -- the reader was told that it is critical
  task text collate "C",                      -- Task through which it was escalated
  primary key (tenant_id, id)
);
create index result_waiting_reader on record.result_waiting (tenant_id, reader, at desc, id);
create index result_waiting_critical on record.result_waiting (tenant_id, at) where critical is distinct from false;
select platform.close_to_other_tenants('record.result_waiting');
grant select, insert, update, delete on record.result_waiting to estran_app;

-- What came lately and nobody has read yet. A patient's treating physician is looked for afterwards, by the same job that looks whether it is critical.
insert into record.result_waiting (tenant_id, id, patient, reader, at)
select r.tenant_id, r.id, substr(c.body #>> '{subject,reference}', 9),
  (select substr(i ->> 'reference', 14) from jsonb_array_elements(coalesce(c.body -> 'resultsInterpreter', '[]')) i where i ->> 'reference' like 'Practitioner/%' limit 1), coalesce(r.at, r.updated)
from fhir.resource r cross join lateral (select r.content::jsonb as body) c
where r.type = 'DiagnosticReport' and not r.deleted and coalesce(r.at, r.updated) > now() - interval '60 days'
  and c.body #>> '{subject,reference}' like 'Patient/%' and c.body ->> 'status' in ('preliminary', 'partial', 'final', 'amended', 'corrected', 'appended')
  and not exists (select 1 from jsonb_array_elements(coalesce(c.body -> 'extension', '[]')) e where e ->> 'url' = 'urn:estran:read');
