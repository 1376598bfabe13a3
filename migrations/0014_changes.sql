-- What each person has marked as seen without opening the record (COO-10); patient_key 0: all their patients.
create table coordination.seen (
  tenant_id int not null,
  practitioner_key bigint not null,
  patient_key bigint not null,
  at timestamptz not null,
  -- What stood before, for an undo.
  before timestamptz,
  primary key (tenant_id, practitioner_key, patient_key)
);
select platform.close_to_other_tenants('coordination.seen');
grant select, insert, update, delete on coordination.seen to estran_app;
