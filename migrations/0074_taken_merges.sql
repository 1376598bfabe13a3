-- A merge made in another practice comes in with its records (IDV-2, ECH-7). See docs/adr/0057-taken-merges.md.
alter table access.merged_patient add column taken_by bigint; -- the take-over that brought it; null: it was made here

-- As in 0027; only a take-over still writes what a take-over has brought together: its source may have taken the merge back.
create or replace function fhir.refuse_merged() returns trigger language plpgsql as $$
declare t constant int := platform.tenant();
declare hit text;
begin
  if t is null then return null; end if;
  perform pg_advisory_xact_lock_shared(1296388685, t);
  if current_setting('estran.merging', true) = 'on' or not exists (select 1 from access.merged_patient) then return null; end if;
  select m.gone || ' ' || m.kept into hit from written w join access.merged_patient m
    on m.tenant_id = w.tenant_id and (m.gone_key = w.patient or m.gone_key = any(w.patients))
    where m.taken_by is null or current_setting('estran.taking', true) is distinct from 'on' limit 1;
  if hit is not null then raise exception 'merged patient: %', hit using errcode = 'ESM01'; end if;
  return null;
end $$;
