-- The circles of professionals (COO-8, COO-9): a relation whose «patient» is a Group. A delegate takes over patients, not conversations.
create or replace function access.derive_relation(d access.delegation, r access.care_relation) returns void language sql as $$
  insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient, role, valid_from, valid_until)
  select d.tenant_id, access.key_of('Practitioner/' || d.delegate), r.patient_key, 'delegation/' || d.id || '/' || r.source, d.delegate,
         r.patient, d.kind, greatest(d.valid_from, r.valid_from), least(d.valid_until, r.valid_until)
  where split_part(r.source, '/', 1) not in ('delegation', 'emergency', 'Group')
    and greatest(d.valid_from, r.valid_from) < least(d.valid_until, r.valid_until);
$$;

-- Everyone of a practice is in its own circle, Group/practice, as long as the account is open: no list to keep, nobody forgotten.
create function access.join_practice_circle() returns trigger language plpgsql as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    delete from access.care_relation c where c.tenant_id = old.tenant_id and c.practitioner_key = old.practitioner_key
      and c.patient_key = access.key_of('Group/practice') and c.source = 'Group/practice';
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    if new.status <> 'disabled' then
      insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient, role)
      values (new.tenant_id, new.practitioner_key, access.key_of('Group/practice'), 'Group/practice', new.practitioner, 'Group/practice', 'practice');
    end if;
  end if;
  return null;
end $$;
create trigger join_practice_circle after insert or delete or update of status, practitioner, practitioner_key on access.account
  for each row execute function access.join_practice_circle();
insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient, role)
  select tenant_id, practitioner_key, access.key_of('Group/practice'), 'Group/practice', practitioner, 'Group/practice', 'practice'
  from access.account where status <> 'disabled';
