-- Meetings of a project and its end (PRJ-2, PRJ-3, PRJ-7, PRJ-8, PRJ-11): date polls, minutes, what was decided and who does it, figures of use, the completion
-- report. Rows live under the region's tenant; who reaches which project is decided in programme/projects/reach.ts. Nothing here is about a patient.
create table programme.poll (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  purpose text collate "C" not null check (purpose in ('launch', 'follow-up', 'other')),
  title text not null,
  note text not null default '',
  deadline date not null,                      -- last day on which one answers, in France
  state text collate "C" not null check (state in ('open', 'chosen', 'cancelled')),
  slot text collate "C",                       -- the one that was chosen
  reason text not null default '',             -- of a choice without each profession, of a cancellation
  paper text collate "C",                      -- the invitation in force
  version int not null,
  by_name text not null,
  at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id)
);
create index poll_project on programme.poll (tenant_id, project, at);
create table programme.poll_slot (
  tenant_id int not null,
  poll text collate "C" not null,
  id text collate "C" not null,
  starts timestamptz not null,
  minutes int not null check (minutes between 15 and 600),
  place text not null default '',
  visio text not null default '',
  removed_at timestamptz,
  primary key (tenant_id, poll, id)
);
-- Who is asked: people with an account (`practitioner`), and guests, who have a link.
create table programme.poll_person (
  tenant_id int not null,
  poll text collate "C" not null,
  id text collate "C" not null,
  side text collate "C" not null check (side in ('officer', 'gcs', 'consultant', 'team', 'other')),
  practitioner text collate "C",
  name text not null,
  profession text collate "C" not null,        -- '' until a guest has said it
  email text not null,
  answered_at timestamptz,
  answered_by text not null default '',        -- who wrote the answers down, when it is someone else
  version int not null,                        -- of the answers
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, poll, id)
);
create unique index poll_person_once on programme.poll_person (tenant_id, poll, practitioner) where practitioner is not null;
create table programme.poll_answer (
  tenant_id int not null,
  poll text collate "C" not null,
  person text collate "C" not null,
  slot text collate "C" not null,
  answer text collate "C" not null check (answer in ('yes', 'maybe', 'no')),
  primary key (tenant_id, poll, person, slot)
);
-- Personal links: only the hash is kept.
create table programme.poll_link (
  tenant_id int not null,
  hash text collate "C" not null,
  poll text collate "C" not null,
  person text collate "C" not null,
  expires_at timestamptz not null,
  at timestamptz not null,
  primary key (tenant_id, hash)
);
create index poll_link_person on programme.poll_link (tenant_id, poll, person);

-- Minutes and the completion report while they are written: each field has a version of its own, so that two people write at once and nothing is lost.
create table programme.sheet (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  kind text collate "C" not null check (kind in ('launch-minutes', 'follow-up-minutes', 'completion-report')),
  poll text collate "C",
  fields jsonb not null,                       -- { field: { value, version, by, at } }
  paper text collate "C",                      -- the version in force, once issued
  changed boolean not null,                    -- since it was issued
  by_name text not null,
  at timestamptz not null,
  changed_at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
create index sheet_project on programme.sheet (tenant_id, project, kind, at);
create unique index sheet_completion on programme.sheet (tenant_id, project) where kind = 'completion-report';
-- What was decided to do: followed from one meeting to the next.
create table programme.meeting_action (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  sheet text collate "C" not null,             -- the minutes in which it was decided
  words text not null,
  owner text not null,
  due date,
  state text collate "C" not null check (state in ('open', 'done', 'dropped')),
  ended_on date,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index action_project on programme.meeting_action (tenant_id, project, at);

-- Whether a practice shows its figures of use to its project: the last line says it. It stands under the practice's own tenant, where the figures are: without it nothing
-- is read, whoever asks (docs/adr/0016-use-figures.md).
create table coordination.use_share (
  tenant_id int not null,
  project text collate "C" not null,
  n int not null,
  shared boolean not null,
  by text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, n)
);
-- Figures of a month that is over, as they were given: counts, with what concerns fewer than eleven patients already hidden. They are read once and kept, so that
-- nothing can be worked out from two readings.
create table programme.use_month (
  tenant_id int not null,
  project text collate "C" not null,
  month text collate "C" not null,             -- 2025-03
  source text collate "C" not null check (source in ('practice', 'typed')),
  figures jsonb not null,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, month)
);
select platform.close_to_other_tenants(t) from unnest(array['programme.poll','programme.poll_slot','programme.poll_person','programme.poll_answer','programme.poll_link','programme.sheet','programme.meeting_action','programme.use_month','coordination.use_share']::regclass[]) t;
grant select, insert, update on programme.poll, programme.poll_slot, programme.poll_person, programme.sheet, programme.meeting_action to estran_app;
grant select, insert, delete on programme.poll_link to estran_app;
-- An answer is changed and taken back; figures go when the practice takes them back.
grant select, insert, update, delete on programme.poll_answer, programme.use_month to estran_app;
grant select, insert on coordination.use_share to estran_app;
