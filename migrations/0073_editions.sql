-- Earlier editions are given back and taken in again (ECH-8, docs/adr/0055).
alter table exchange.origin add column edition int;  -- up to this one, versions here bear the numbers of the source; null: they do not

alter table fhir.history add column taken_by bigint; -- the take-over that brought this edition; null: it was made here
create index history_taken on fhir.history (tenant_id, taken_by) where taken_by is not null;

-- The past is only added to: what a take-over brought is all that may leave it, when that take-over is undone and what it stands behind has gone with it.
create function fhir.take_editions_back(of_run bigint) returns bigint language sql volatile security definer set search_path = pg_catalog as $$
  with gone as (delete from fhir.history h where h.tenant_id = platform.tenant() and h.taken_by = of_run
    and not exists (select 1 from exchange.origin o where o.tenant_id = h.tenant_id and o.run = of_run and o.type = h.type and o.id = h.id and o.content is not null) returning 1)
  select count(*) from gone
$$;
revoke all on function fhir.take_editions_back from public;
grant execute on function fhir.take_editions_back to estran_app;
