-- Proposals on treatments (DOS-5) without a word of content: who is asked to answer, who made it, since when. Written with each proposal, in its transaction; a proposal
-- is read again under the reader's own rights before a line is shown.
create table record.treatment_proposal (
  tenant_id int not null,
  id text collate "C" not null,               -- MedicationRequest of intent proposal
  patient text collate "C" not null,
  asked text collate "C",                     -- Practitioner who is asked; null: whoever of the team decides
  author text collate "C",                    -- Practitioner who proposes
  at timestamptz not null,                    -- since when it waits
  answered timestamptz,                       -- kept some days for its author
  primary key (tenant_id, id)
);
create index treatment_proposal_waiting on record.treatment_proposal (tenant_id, at, id) where answered is null;
create index treatment_proposal_author on record.treatment_proposal (tenant_id, author, at);
select platform.close_to_other_tenants('record.treatment_proposal');
grant select, insert, update, delete on record.treatment_proposal to estran_app;

-- Those that wait already: nobody in particular is asked.
insert into record.treatment_proposal (tenant_id, id, patient, author, at)
select r.tenant_id, r.id, substr(c.body #>> '{subject,reference}', 9), case when c.body #>> '{requester,reference}' like 'Practitioner/%' then substr(c.body #>> '{requester,reference}', 14) end, coalesce(r.at, r.updated)
from fhir.resource r cross join lateral (select r.content::jsonb as body) c
where r.type = 'MedicationRequest' and not r.deleted and c.body ->> 'intent' = 'proposal' and c.body ->> 'status' = 'active' and c.body #>> '{subject,reference}' like 'Patient/%';
