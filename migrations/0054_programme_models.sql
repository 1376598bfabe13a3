-- What each project of a region begins with, as models that its officer edits (REC-4, REC-5, POL-6): the sheet of demonstrations, the clauses of a contract, the outlines of a health project. `call`: '' is the
-- whole region's; a call may have its own. What no region has written yet comes with the product (programme/models/shipped.ts): version 0.
create table programme.model (
  tenant_id int not null,
  kind text collate "C" not null check (kind in ('sheet', 'clauses', 'outline-esp', 'outline-msp')),
  call text collate "C" not null,
  published int not null default 0,
  draft jsonb,
  draft_version int not null default 0,
  draft_by text not null default '',
  draft_at timestamptz,
  primary key (tenant_id, kind, call)
);
create table programme.model_version (
  tenant_id int not null,
  kind text collate "C" not null,
  call text collate "C" not null,
  version int not null,
  lines jsonb not null,                        -- programme/contract/models.ts, `modelLine`
  words text not null,                         -- what changes, as the projects are told
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, kind, call, version)
);
-- What a project or a track holds since it began: an edition, as it was, with what was changed for it alone. A later edition is offered; `declined`: the last that was left aside.
create table programme.model_held (
  tenant_id int not null,
  subject text collate "C" not null,           -- Project/<id>, Track/<id>
  kind text collate "C" not null,
  call text collate "C" not null,
  model_version int not null,
  lines jsonb,                                 -- null: as shipped, of those that had begun before there were editions
  adjusted boolean not null default false,
  declined text collate "C" not null default '',
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, subject, kind)
);
insert into programme.model_held (tenant_id, subject, kind, call, model_version, version, by_name, at)
  select distinct d.tenant_id, 'Project/' || d.project, 'sheet', '', 0, 1, '', now() from programme.demonstration d join programme.demonstration_sheet s on s.tenant_id = d.tenant_id and s.demonstration = d.id
  union all select distinct tenant_id, 'Project/' || project, 'clauses', '', 0, 1, '', now() from programme.clause
  union all select tenant_id, 'Track/' || id, 'outline-' || kind, '', 0, 1, '', now() from programme.track where coalesce(before_stop, state) not in ('meeting', 'requested');
-- On which days before the last one reminders leave by themselves, where nobody said otherwise for one questionnaire or one poll (PRJ-2, PRJ-4).
create table programme.reminder_plan (
  tenant_id int not null,
  call text collate "C" not null,
  questionnaire int[] not null,
  poll int[] not null,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, call)
);

select platform.close_to_other_tenants(t) from unnest(array['programme.model','programme.model_version','programme.model_held','programme.reminder_plan']::regclass[]) t;
grant select, insert, update on programme.model, programme.model_held, programme.reminder_plan to estran_app;
-- A published edition never changes.
grant select, insert on programme.model_version to estran_app;
