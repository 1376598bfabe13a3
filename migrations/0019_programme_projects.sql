-- The projects of the teams that were chosen: who takes part, steps, papers, files, mails. Rows live under the tenant of the region, like the calls (0015); who
-- reaches which is decided in programme/projects/reach.ts. Nothing here is about a patient.
create table programme.project (
  tenant_id int not null,
  id text collate "C" not null,
  reference text collate "C" not null,
  edition text collate "C" not null,
  edition_version int not null,
  application text collate "C",                -- null: opened by hand, outside the ranking
  practice text collate "C" not null,          -- public id of the practice
  practice_name text not null,
  practice_tenant int,                         -- null: a team that does not work with this product
  state text collate "C" not null check (state in ('open', 'closed', 'stopped')),
  reason text not null default '',             -- of a stop
  started_on date not null,
  ended_on date,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, reference),
  unique (tenant_id, application)
);
create index project_practice on programme.project (tenant_id, practice);
-- People of the region who have a part in one project: its consultant, vendors asked for a quote, partners with whom it is shared.
create table programme.project_party (
  tenant_id int not null,
  project text collate "C" not null,
  practitioner text collate "C" not null,
  name text not null,
  role text collate "C" not null check (role in ('consultant', 'vendor', 'partner')),
  sees text[] not null default '{}',           -- parts that are shared with a partner
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, project, practitioner)
);
create index party_practitioner on programme.project_party (tenant_id, practitioner);
create table programme.project_step (
  tenant_id int not null,
  project text collate "C" not null,
  step text collate "C" not null,
  planned_from date,
  planned_to date,
  state text collate "C" not null check (state in ('open', 'done', 'skipped')),
  reason text not null default '',             -- of a skip, of a change of dates
  ended_on date,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, step)
);

-- An official document: its data, frozen; it is drawn from them each time. A correction is the next version of the same reference.
create table programme.paper (
  tenant_id int not null,
  id text collate "C" not null,
  subject text collate "C" not null,           -- Project/<id>, Track/<id>
  kind text collate "C" not null,
  reference text collate "C" not null,
  version int not null,
  title text not null,
  data jsonb not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, reference, version)
);
create index paper_subject on programme.paper (tenant_id, subject, kind);
create table programme.file (
  tenant_id int not null,
  id text collate "C" not null,
  subject text collate "C" not null,
  kind text collate "C" not null,
  name text not null,
  size int not null,
  sha256 text collate "C" not null,
  bytes bytea not null,
  by text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
create index file_subject on programme.file (tenant_id, subject, kind);

-- Mails to be sent, each once: `key` says what it is, so that the same is never queued twice.
create table programme.mail (
  tenant_id int not null,
  id text collate "C" not null,
  key text collate "C" not null,
  subject_of text collate "C" not null,        -- Project/<id>, Track/<id>
  batch text collate "C" not null,             -- what was sent together
  recipient text not null,                     -- '': nobody to write to
  recipient_name text not null,
  subject text not null,
  words text not null,
  paper text collate "C",                      -- joined as PDF
  state text collate "C" not null check (state in ('waiting', 'sending', 'sent', 'failed', 'unsure', 'to-hand')),
  attempts int not null default 0,
  failure text,
  at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);
create index mail_state on programme.mail (tenant_id, state);
create index mail_batch on programme.mail (tenant_id, subject_of, batch);

select platform.close_to_other_tenants(t) from unnest(array['programme.project','programme.project_party','programme.project_step','programme.paper','programme.file','programme.mail']::regclass[]) t;
grant select, insert, update on programme.project, programme.project_party, programme.project_step, programme.file, programme.mail to estran_app;
-- What was issued never changes: a correction is a version.
grant select, insert on programme.paper to estran_app;
