-- A telephone answers as it is typed, as a name does: a range of an index for each of the first three a patient has. The whole number finds any of them.
create index patient_name_phone_1 on record.patient_name (tenant_id, ((phones[1]) collate "C")) where phones[1] is not null;
create index patient_name_phone_2 on record.patient_name (tenant_id, ((phones[2]) collate "C")) where phones[2] is not null;
create index patient_name_phone_3 on record.patient_name (tenant_id, ((phones[3]) collate "C")) where phones[3] is not null;

-- As record.find_patients: candidates of the session's practice, to which the statement around applies the caller's sight.
create function record.find_by_phone(typed text, most int) returns table (patient_key bigint, score real)
language sql stable security definer set search_path = pg_catalog, public, record, pg_temp as $$
  select f.patient_key, 90::real from (
    (select p.patient_key from record.patient_name p where p.tenant_id = platform.tenant() and (p.phones[1]) collate "C" >= typed and (p.phones[1]) collate "C" < typed || ':' order by (p.phones[1]) collate "C" limit most)
    union (select p.patient_key from record.patient_name p where p.tenant_id = platform.tenant() and (p.phones[2]) collate "C" >= typed and (p.phones[2]) collate "C" < typed || ':' order by (p.phones[2]) collate "C" limit most)
    union (select p.patient_key from record.patient_name p where p.tenant_id = platform.tenant() and (p.phones[3]) collate "C" >= typed and (p.phones[3]) collate "C" < typed || ':' order by (p.phones[3]) collate "C" limit most)
    union (select p.patient_key from record.patient_name p where p.tenant_id = platform.tenant() and p.phones @> array[typed] limit most)) f
  limit most
$$;
revoke all on function record.find_by_phone from public;
grant execute on function record.find_by_phone to estran_app;
