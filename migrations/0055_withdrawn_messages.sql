-- A message that was taken back is nothing to read (COO-8): whether a Communication of the index is withdrawn, so that what is unread is counted without it.
alter table coordination.message add column withdrawn boolean not null default false;
update coordination.message m set withdrawn = true from fhir.resource r
 where r.tenant_id = m.tenant_id and r.type = 'Communication' and r.id = m.id and r.content like '%"status":"entered-in-error"%';
