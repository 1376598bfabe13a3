-- The regional programme: calls, applications, review, decisions, letters. Rows live under the tenant of the region; a practice reaches its own file only through
-- the handlers (programme/viewer.ts). Nothing here is about a patient.
create schema programme;
grant usage on schema programme to estran_app;

-- A call. What is published never changes: a change makes a version (edition_version); the draft is the only thing that is written over.
create table programme.edition (
  tenant_id int not null,
  id text collate "C" not null,
  draft jsonb,
  draft_version int not null default 0,
  draft_by text not null default '',
  draft_at timestamptz,
  copied_from text collate "C",
  published int not null default 0,            -- newest version; 0: never published
  receipts int not null default 0,             -- receipt numbers given
  letters int not null default 0,              -- letter numbers given
  results_at timestamptz,                      -- the list of results is public since
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create table programme.edition_version (
  tenant_id int not null,
  edition text collate "C" not null,
  version int not null,
  body jsonb not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, edition, version)
);

-- One file for a practice in a call. `practice`: its public id; a team that does not work with this product may have one.
create table programme.application (
  tenant_id int not null,
  id text collate "C" not null,
  edition text collate "C" not null,
  practice text collate "C" not null,
  practice_name text not null,
  state text collate "C" not null check (state in ('draft', 'submitted', 'withdrawn')),
  submission int not null default 0,           -- the one in force; 0: none
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, edition, practice)
);
create index application_practice on programme.application (tenant_id, practice);
create table programme.member (
  tenant_id int not null,
  application text collate "C" not null,
  practitioner text collate "C" not null,
  name text not null,
  primary key (tenant_id, application, practitioner)
);
-- What was answered to each field of the form, by whom and when.
create table programme.answer (
  tenant_id int not null,
  application text collate "C" not null,
  field text collate "C" not null,
  value jsonb not null,
  version int not null,
  by text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, application, field)
);
create table programme.attachment (
  tenant_id int not null,
  id text collate "C" not null,
  application text collate "C" not null,
  document text collate "C" not null,          -- which document of the call
  name text not null,
  size int not null,
  sha256 text collate "C" not null,
  bytes bytea not null,
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
create index attachment_application on programme.attachment (tenant_id, application);
-- What was sent, whole and unchanging: the review looks at this, whatever the draft becomes.
create table programme.submission (
  tenant_id int not null,
  application text collate "C" not null,
  number int not null,
  receipt text collate "C" not null,
  edition_version int not null,
  answers jsonb not null,
  documents jsonb not null,
  by text collate "C" not null,
  by_name text not null,
  mail text not null,
  practice_tenant int,                         -- where the notice of the decision goes; null: a team without this product
  at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (tenant_id, application, number),
  unique (tenant_id, receipt)
);

-- An officer's answer in place of a rule's, with the reason; the newest counts, null gives the rule back.
create table programme.overrule (
  tenant_id int not null,
  application text collate "C" not null,
  rule text collate "C" not null,
  number int not null,
  answer text collate "C" check (answer in ('yes', 'no')),
  reason text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, application, rule, number)
);
create table programme.score (
  tenant_id int not null,
  application text collate "C" not null,
  reviewer text collate "C" not null,
  criterion text collate "C" not null,
  points int not null,
  reason text not null,
  reviewer_name text not null,
  version int not null,
  at timestamptz not null,
  primary key (tenant_id, application, reviewer, criterion)
);
create table programme.interest (
  tenant_id int not null,
  application text collate "C" not null,
  reviewer text collate "C" not null,
  reviewer_name text not null,
  reason text not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (tenant_id, application, reviewer)
);

-- A decision keeps the version of the call, the number of places and, for each application, the words and figures behind its outcome.
create table programme.decision (
  tenant_id int not null,
  edition text collate "C" not null,
  number int not null,
  edition_version int not null,
  places int not null,
  reason text not null,
  by_name text not null,
  at timestamptz not null,
  notified_at timestamptz,
  primary key (tenant_id, edition, number)
);
create table programme.decided (
  tenant_id int not null,
  edition text collate "C" not null,
  number int not null,
  application text collate "C" not null,
  outcome text collate "C" not null check (outcome in ('chosen', 'waiting', 'refused')),
  rank int,
  waiting int,                                 -- place on the waiting list
  because jsonb not null,
  primary key (tenant_id, edition, number, application)
);
create index decided_application on programme.decided (tenant_id, application);

create table programme.letter (
  tenant_id int not null,
  id text collate "C" not null,
  edition text collate "C" not null,
  decision int not null,
  application text collate "C" not null,
  reference text collate "C" not null,
  version int not null,
  mail text not null,                          -- '': nobody to write to
  subject text not null,
  words text not null,
  data jsonb not null,
  state text collate "C" not null check (state in ('waiting', 'sending', 'sent', 'failed', 'unsure', 'to-hand')),
  attempts int not null default 0,
  failure text,
  at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, edition, decision, application, version),
  unique (tenant_id, reference, version)
);
create index letter_state on programme.letter (tenant_id, state);

select platform.close_to_other_tenants(t) from unnest(array['programme.edition','programme.edition_version','programme.application','programme.member','programme.answer',
  'programme.attachment','programme.submission','programme.overrule','programme.score','programme.interest','programme.decision','programme.decided','programme.letter']::regclass[]) t;
grant select, insert, update on programme.edition, programme.application, programme.answer, programme.attachment, programme.submission, programme.score, programme.interest, programme.decision, programme.letter to estran_app;
grant select, insert, update, delete on programme.member to estran_app;
-- What is published, overruled or decided is added to, never changed.
grant select, insert on programme.edition_version, programme.overrule, programme.decided to estran_app;
