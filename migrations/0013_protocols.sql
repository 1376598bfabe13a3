-- Protocols (COO-2, COO-3): which shipped protocols a practice has been given, and which plans follow which protocol, without a word. Rights are
-- those of the CarePlan itself, asked again on the resource at each read; figures are cut by the same predicate.
create table coordination.shipped_protocol (
  tenant_id int not null,
  key text collate "C" not null,
  primary key (tenant_id, key)
);
select platform.close_to_other_tenants('coordination.shipped_protocol');
grant select, insert, update, delete on coordination.shipped_protocol to estran_app;

create table coordination.plan (
  tenant_id int not null,
  id text collate "C" not null,
  protocol text collate "C" not null,
  -- Version of the PlanDefinition that it follows.
  version int not null,
  state text collate "C" not null,
  patient_key bigint not null,
  -- When someone must look whether a step has come near; infinity when nothing is to come.
  look timestamptz not null default '-infinity',
  primary key (tenant_id, id)
);
create index plan_protocol on coordination.plan (tenant_id, protocol, state);
create index plan_look on coordination.plan (tenant_id, look) where state = 'active';
select platform.close_to_other_tenants('coordination.plan');
grant select, insert, update, delete on coordination.plan to estran_app;
