-- Index of tasks (COO-7): what lists, counts and escalations walk, without a word of content. Written with each Task, in its transaction;
-- rights are those of the Task itself, asked again on the resource at each read.
create schema coordination;
grant usage on schema coordination to estran_app;

create table coordination.task (
  tenant_id int not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  state text collate "C" not null,
  open boolean not null,
  urgent boolean not null,
  due timestamptz not null default 'infinity',
  owner_key bigint,
  profession text collate "C",
  team boolean not null default false,
  requester_key bigint,
  patient_key bigint,
  asked timestamptz not null,
  changed timestamptz not null,
  -- When the coordinator was told that nobody owns it, that it is late or that it was refused; null when there is nothing to tell.
  escalated timestamptz,
  reminded timestamptz,
  primary key (tenant_id, id)
);
create index task_owner on coordination.task (tenant_id, owner_key, due, id) where open;
create index task_profession on coordination.task (tenant_id, profession, due, id) where open and owner_key is null;
create index task_requester on coordination.task (tenant_id, requester_key, due, id) where open;
create index task_patient on coordination.task (tenant_id, patient_key, due, id) where open;
create index task_due on coordination.task (tenant_id, due, id) where open;
create index task_done on coordination.task (tenant_id, owner_key, changed desc) where not open;
select platform.close_to_other_tenants('coordination.task');
grant select, insert, update, delete on coordination.task to estran_app;
