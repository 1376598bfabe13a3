-- Needs and choice of a project: the questionnaire and its answers, the specification, the solutions that are compared, demonstrations, visits, the choice, the clauses of the contract. Rows live under
-- the tenant of the region; who reaches which is decided in programme/projects/reach.ts, and by the token for who answers without an account. Nothing here is about a patient.
create table programme.needs (
  tenant_id int not null,
  project text collate "C" not null,
  state text collate "C" not null check (state in ('draft', 'open', 'closed')),
  title text not null,
  intro text not null,
  sections jsonb not null,                     -- choice/contract.ts, `section`
  closes_on date,                              -- last day, in France
  opened_at timestamptz,
  shared_hash text collate "C",                -- of the link that the whole team shares; null: there is none
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project)
);
create index needs_shared on programme.needs (tenant_id, shared_hash);
-- Who is asked, and what they answered. Their name is shown with their answers unless they asked otherwise (`nameless`).
create table programme.needs_person (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  practitioner text collate "C",               -- someone with an account in the practice
  name text not null,
  profession text collate "C" not null,
  mail text not null,                          -- '': nobody to write to
  shared boolean not null,                     -- came by the shared link
  invited_at timestamptz,
  reminded_on date,
  reminders int not null default 0,
  answers jsonb not null,
  nameless boolean not null default false,
  started_at timestamptz,
  submitted_at timestamptz,
  changed_at timestamptz,
  removed_at timestamptz,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index needs_person_project on programme.needs_person (tenant_id, project);
create unique index needs_person_account on programme.needs_person (tenant_id, project, practitioner) where practitioner is not null;
-- Links handed out, as hashes: a person may hold several, one for each mail.
create table programme.needs_token (
  tenant_id int not null,
  hash text collate "C" not null,
  person text collate "C" not null,
  expires_at timestamptz not null,
  primary key (tenant_id, hash)
);
create index needs_token_person on programme.needs_token (tenant_id, person);
-- How often an address or a link asked, in the window that runs; under tenant 0.
create table programme.pace (
  tenant_id int not null,
  subject text collate "C" not null,
  since timestamptz not null,
  count int not null,
  primary key (tenant_id, subject)
);
-- Words that someone writes around what is computed: synthesis, specification.
create table programme.choice_text (
  tenant_id int not null,
  project text collate "C" not null,
  part text collate "C" not null,
  words text not null,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, part)
);
create table programme.requirement (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  source text collate "C",                     -- question/row of the questionnaire; null: added by hand
  area text not null,
  sentence text not null,
  computed text collate "C" check (computed in ('must', 'should', 'could')),
  importance text collate "C" not null check (importance in ('must', 'should', 'could')),
  reason text not null default '',             -- why it is not the computed one
  professions text[] not null default '{}',
  because text not null default '',            -- the figures behind the computed importance
  place int not null,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
create index requirement_project on programme.requirement (tenant_id, project);
create unique index requirement_source on programme.requirement (tenant_id, project, source) where source is not null;
create table programme.solution (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  vendor text collate "C",                     -- practitioner of the vendor of the region
  body jsonb not null,                         -- choice/contract.ts, `solutionBody`
  version int not null,
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
create index solution_project on programme.solution (tenant_id, project);
create table programme.coverage (
  tenant_id int not null,
  solution text collate "C" not null,
  requirement text collate "C" not null,
  answer text collate "C" not null check (answer in ('yes', 'partly', 'no', 'unknown')),
  note text not null,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, solution, requirement)
);
create table programme.demonstration (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  solution text collate "C" not null,
  held_on date not null,
  held_at text collate "C" not null,           -- wall clock, HH:MM
  place text not null,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
create index demonstration_project on programme.demonstration (tenant_id, project);
create table programme.demonstration_sheet (
  tenant_id int not null,
  demonstration text collate "C" not null,
  id text collate "C" not null,                -- the practitioner; another id when it was filled on paper and typed
  name text not null,
  profession text collate "C" not null,
  scores jsonb not null,
  comment text not null,
  typed_by text not null default '',
  version int not null,
  at timestamptz not null,
  primary key (tenant_id, demonstration, id)
);
create table programme.site_visit (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  solution text collate "C" not null,
  body jsonb not null,                         -- choice/contract.ts, `visitBody`
  version int not null,
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
create index site_visit_project on programme.site_visit (tenant_id, project);
-- The newest number counts; those before stay.
create table programme.choice (
  tenant_id int not null,
  project text collate "C" not null,
  number int not null,
  solution text collate "C",                   -- null: chosen before the project
  product text not null,
  already boolean not null,
  reasons text not null,
  took_part jsonb not null,
  decided_on date not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, number)
);
create table programme.clause (
  tenant_id int not null,
  project text collate "C" not null,
  clause text collate "C" not null,
  answer text collate "C" check (answer in ('present', 'weak', 'missing', 'not-needed')),
  article text not null,
  note text not null,
  file text collate "C",
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, clause)
);

select platform.close_to_other_tenants(t) from unnest(array['programme.needs','programme.needs_person','programme.needs_token','programme.pace','programme.choice_text','programme.requirement','programme.solution','programme.coverage',
  'programme.demonstration','programme.demonstration_sheet','programme.site_visit','programme.choice','programme.clause']::regclass[]) t;
grant select, insert, update on programme.needs, programme.needs_person, programme.choice_text, programme.requirement, programme.solution, programme.coverage, programme.demonstration, programme.demonstration_sheet, programme.site_visit, programme.clause to estran_app;
grant select, insert on programme.needs_token, programme.choice to estran_app;
grant select, insert, update, delete on programme.pace to estran_app;
