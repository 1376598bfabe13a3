-- A project well led: the team's organisation first, what is to be done before, during and after, time given, deployment in phases, daily help and demands. Rows live
-- under the tenant of the region (0015, 0019). Nothing here is about a patient: free texts that hold what looks like an identity number are refused before they come here.

-- Self-assessments of a practice, one open at a time. `levels`: what the team agreed on, by dimension of the matrix `model`.
create table programme.assessment (
  tenant_id int not null,
  id text collate "C" not null,
  practice text collate "C" not null,
  practice_name text not null,
  practice_tenant int,
  model text collate "C" not null,
  state text collate "C" not null check (state in ('open', 'agreed')),
  opened_on date not null,
  agreed_on date,
  levels jsonb not null default '{}',
  words text not null default '',
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index assessment_open on programme.assessment (tenant_id, practice) where state = 'open';
create index assessment_practice on programme.assessment (tenant_id, practice, agreed_on);
-- What each member of the team answers before they agree.
create table programme.assessment_view (
  tenant_id int not null,
  assessment text collate "C" not null,
  practitioner text collate "C" not null,
  name text not null,
  profession text collate "C" not null,
  levels jsonb not null,
  version int not null,
  at timestamptz not null,
  primary key (tenant_id, assessment, practitioner)
);
-- What the team decided to do about its organisation.
create table programme.improvement (
  tenant_id int not null,
  id text collate "C" not null,
  practice text collate "C" not null,
  dimension text collate "C" not null,
  title text not null,
  means text not null default '',
  owner text not null default '',
  due date,
  done_on date,
  removed boolean not null default false,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index improvement_practice on programme.improvement (tenant_id, practice);
create table programme.readiness_overrule (
  tenant_id int not null,
  project text collate "C" not null,
  reason text not null,
  by_name text not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (tenant_id, project)
);

create table programme.checklist_item (
  tenant_id int not null,
  project text collate "C" not null,
  item text collate "C" not null,
  state text collate "C" not null check (state in ('to-do', 'done', 'not-applicable')),
  note text not null default '',
  owner text not null default '',
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, item)
);
-- What the team works with before the project, site by site.
create table programme.equipment (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  site text not null,
  kind text collate "C" not null,
  name text not null default '',
  profession text collate "C" not null default '',
  quantity int,
  down_mbits numeric(7, 1),
  up_mbits numeric(7, 1),
  state text collate "C" not null check (state in ('good', 'to-replace', 'unknown')),
  note text not null default '',
  removed boolean not null default false,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index equipment_project on programme.equipment (tenant_id, project);

create table programme.project_member (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  practitioner text collate "C",               -- null: someone without an account here
  name text not null,
  profession text collate "C" not null,
  leader boolean not null,
  role text not null default '',
  minutes_month int not null,
  since date not null,
  removed boolean not null default false,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index member_project on programme.project_member (tenant_id, project);
create table programme.time_entry (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  member text collate "C" not null,
  day date not null,
  minutes int not null,
  what text not null,
  removed boolean not null default false,
  by text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index time_project on programme.time_entry (tenant_id, project, day);
create table programme.hourly_rate (
  tenant_id int not null,
  project text collate "C" not null,
  profession text collate "C" not null,
  cents int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, profession)
);

-- The deployment plan: phases, training modules, set-up and take-over tasks. `professions`: empty for all.
create table programme.plan_item (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  kind text collate "C" not null check (kind in ('phase', 'module', 'set-up', 'take-over')),
  phase text collate "C" not null,
  title text not null,
  aim text not null default '',
  professions text[] not null default '{}',
  owner text not null default '',
  minutes int,
  planned_from date not null,
  planned_to date not null,
  done_on date,
  removed boolean not null default false,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index plan_project on programme.plan_item (tenant_id, project);
create table programme.training_session (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  module text collate "C" not null,
  day date not null,
  minutes int not null,
  place text not null default '',
  trainer text not null default '',
  state text collate "C" not null check (state in ('planned', 'held', 'cancelled')),
  people jsonb not null default '[]',          -- [{ name, profession, present }]
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index session_project on programme.training_session (tenant_id, project, day);
create table programme.phase_progress (
  tenant_id int not null,
  project text collate "C" not null,
  phase text collate "C" not null,
  profession text collate "C" not null,
  begun_on date,
  done_on date,
  reason text not null default '',             -- begun before the former phase was done
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, phase, profession)
);

-- Requests for help: faults and questions of a practice, with their history.
create table programme.help_request (
  tenant_id int not null,
  id text collate "C" not null,
  reference text collate "C" not null,
  practice text collate "C" not null,
  practice_name text not null,
  practice_tenant int,
  kind text collate "C" not null check (kind in ('fault', 'question')),
  urgency text collate "C" not null,
  title text not null,
  state text collate "C" not null check (state in ('open', 'solved', 'closed')),
  asked text collate "C",                      -- person of the region to whom it was handed
  asked_name text not null default '',
  practitioner text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  due_at timestamptz not null,                 -- a first answer is due
  answered_at timestamptz,
  solved_at timestamptz,
  mark int check (mark between 1 and 5),
  mark_words text not null default '',
  version int not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, reference)
);
create index help_practice on programme.help_request (tenant_id, practice);
create index help_asked on programme.help_request (tenant_id, asked);
create table programme.help_line (
  tenant_id int not null,
  request text collate "C" not null,
  number int not null,
  kind text collate "C" not null check (kind in ('words', 'handed', 'state', 'file')),
  side text collate "C" not null check (side in ('practice', 'region')),
  words text not null,
  file text collate "C",
  by text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, request, number)
);

-- Demands for evolution. `demand_voice`: what one team says, in its words; `demand`: voices that say the same, put into one text, sent to the vendor with others.
create table programme.demand (
  tenant_id int not null,
  id text collate "C" not null,
  title text not null,
  words text not null,
  state text collate "C" not null check (state in ('gathered', 'sent', 'answered')),
  vendor text collate "C",
  vendor_name text not null default '',
  paper text collate "C",
  sent_at timestamptz,
  outcome text collate "C" check (outcome in ('planned', 'studied', 'done', 'refused')),
  answer text not null default '',
  answered_by text not null default '',
  answered_at timestamptz,
  promised_on date,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create table programme.demand_voice (
  tenant_id int not null,
  id text collate "C" not null,
  demand text collate "C",
  practice text collate "C" not null,
  practice_name text not null,
  practice_tenant int,
  software text not null default '',
  title text not null,
  words text not null,
  removed boolean not null default false,
  version int not null,
  practitioner text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index voice_demand on programme.demand_voice (tenant_id, demand);
create index voice_practice on programme.demand_voice (tenant_id, practice);
create table programme.demand_support (
  tenant_id int not null,
  demand text collate "C" not null,
  practice text collate "C" not null,
  practice_name text not null,
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, demand, practice)
);

select platform.close_to_other_tenants(t) from unnest(array['programme.assessment','programme.assessment_view','programme.improvement','programme.readiness_overrule','programme.checklist_item','programme.equipment',
  'programme.project_member','programme.time_entry','programme.hourly_rate','programme.plan_item','programme.training_session','programme.phase_progress','programme.help_request','programme.help_line','programme.demand',
  'programme.demand_voice','programme.demand_support']::regclass[]) t;
grant select, insert, update on programme.assessment, programme.assessment_view, programme.improvement, programme.readiness_overrule, programme.checklist_item, programme.equipment, programme.project_member, programme.time_entry,
  programme.hourly_rate, programme.plan_item, programme.training_session, programme.phase_progress, programme.help_request, programme.demand, programme.demand_voice, programme.demand_support to estran_app;
-- What was said stays said.
grant select, insert on programme.help_line to estran_app;
