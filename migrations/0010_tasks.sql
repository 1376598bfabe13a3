-- Index of tasks (COO-7): what lists, counts and escalations walk, without a word of content. Written with each Task, in its transaction;
-- data_kind, subject_key and author_key are what rights are decided on, as fhir.resource has them, and the Task itself is read again under its
-- own rights before a line is shown.
create schema coordination;
grant usage on schema coordination to estran_app;

create table coordination.task (
  tenant_id int not null,
  id text collate "C" not null,
  task_kind text collate "C" not null,      -- code of urn:estran:task-kind
  state text collate "C" not null,          -- as src/coordination/contract/tasks.ts
  open boolean not null,                    -- something is still to be done or decided: a refused task is
  urgent boolean not null,
  due timestamptz not null default 'infinity',   -- the instant from which it is late
  owner text collate "C",                   -- Practitioner id; null: nobody's yet, or refused
  profession text collate "C",              -- whose it may be until someone takes it
  team boolean not null default false,      -- the patient's care team
  requester text collate "C",
  patient_id text collate "C",
  focus text collate "C",                   -- `Type/id` of what holds its words, so that both are read at once
  data_kind smallint not null,
  subject_key bigint,
  author_key bigint,
  asked timestamptz not null,
  changed timestamptz not null,
  since timestamptz not null,               -- since when it waits for the same people in the same state
  readers text[] collate "C" not null default '{}',   -- of a handover: who has read it
  -- What the coordinator is told: nobody owns it, it is late, it was refused…; null when there is nothing to tell.
  trouble text collate "C",
  escalated timestamptz,
  reminded timestamptz,
  due_told boolean not null default false,
  seen timestamptz,                         -- by who asked for it, since it last changed
  primary key (tenant_id, id)
);
create index task_owner on coordination.task (tenant_id, owner, due, id) where open;
create index task_profession on coordination.task (tenant_id, profession, due, id) where open and owner is null;
create index task_requester on coordination.task (tenant_id, requester, changed, id);
create index task_subject on coordination.task (tenant_id, subject_key, due, id) where open;
create index task_due on coordination.task (tenant_id, due, id) where open;
create index task_done on coordination.task (tenant_id, owner, changed, id) where not open;
select platform.close_to_other_tenants('coordination.task');
grant select, insert, update, delete on coordination.task to estran_app;
