-- The way from people to a recognised team (policy for coordinated practice): tracks, site meetings, support, the health project and its versions, the commission, the agreement of one year.
-- Rows live under the tenant of the region, like the calls (0015); who reaches which is decided in programme/policy/reach.ts. Nothing here is about a patient.
create table programme.track (
  tenant_id int not null,
  id text collate "C" not null,
  reference text collate "C" not null,
  kind text collate "C" not null check (kind in ('esp', 'msp')),
  practice text collate "C" not null,          -- public id of the practice
  practice_name text not null,
  practice_tenant int,                         -- null: a team that does not work with this product
  state text collate "C" not null check (state in ('meeting', 'requested', 'writing', 'submitted', 'returned', 'validated', 'stopped')),
  before_stop text collate "C",                -- the state it goes back to
  reason text not null default '',             -- of the last return, refusal or stop
  about jsonb not null,                        -- who asks, territory, professionals, association, contact
  submitted int not null default 0,            -- version of the health project before the commission; 0: none yet
  validated_on date,
  version int not null default 1,
  by_name text not null,
  opened_on date not null,
  at timestamptz not null,                     -- of the last change
  primary key (tenant_id, id),
  unique (tenant_id, reference)
);
-- A team has one way under way at a time.
create unique index track_open on programme.track (tenant_id, practice) where state not in ('validated', 'stopped');
create index track_practice on programme.track (tenant_id, practice);
-- Who has a part in it: people of the practice who write with its coordinator, its consultant, partners with whom it is shared.
create table programme.track_person (
  tenant_id int not null,
  track text collate "C" not null,
  practitioner text collate "C" not null,
  name text not null,
  role text collate "C" not null check (role in ('writer', 'consultant', 'partner')),
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, track, practitioner)
);
create index track_person_practitioner on programme.track_person (tenant_id, practitioner);
create table programme.track_meeting (
  tenant_id int not null,
  id text collate "C" not null,
  track text collate "C" not null,
  phase int not null check (phase in (1, 2)),
  day date not null,
  place text not null,
  present jsonb not null,                      -- [{ name, side, profession }]
  minutes text not null,
  half_days int not null default 0,            -- of support, in phase 2
  paper text collate "C",                      -- newest minutes drawn from it
  version int not null,
  by text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
create index track_meeting_track on programme.track_meeting (tenant_id, track, day);
-- What ARS says of the two checks of phase 1.
create table programme.track_check (
  tenant_id int not null,
  track text collate "C" not null,
  subject text collate "C" not null check (subject in ('professions', 'territory')),
  answer boolean not null,
  note text not null,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, track, subject)
);
create table programme.track_support (
  tenant_id int not null,
  track text collate "C" not null,
  mode text collate "C" not null check (mode in ('meetings', 'consultant', 'pool', 'self')),
  amount int,                                  -- meetings or days; null: an outside provider alone
  provider text not null default '',           -- outside provider
  consultant text collate "C",
  coordinator text not null default '',
  coordinator_since date,
  pacte boolean not null default false,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, track)
);

-- The health project while it is written: updates in the order in which they were acknowledged, merged into one row now and then.
create table programme.text_update (
  tenant_id int not null,
  text text collate "C" not null,              -- Track/<id>
  seq bigint not null,
  author text collate "C" not null,
  bytes bytea not null,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, text, seq)
);
create table programme.text_version (
  tenant_id int not null,
  text text collate "C" not null,
  number int not null,
  name text not null,
  parts jsonb not null,                        -- [{ id, title, text }]
  submitted boolean not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, text, number)
);
create table programme.text_remark (
  tenant_id int not null,
  id text collate "C" not null,
  text text collate "C" not null,
  part text collate "C" not null,
  words text not null,
  by text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  resolved_by text,
  resolved_at timestamptz,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
create index text_remark_text on programme.text_remark (tenant_id, text, at);

create table programme.track_opinion (
  tenant_id int not null,
  track text collate "C" not null,
  submission int not null,                     -- version of the health project that was read
  reviewer text collate "C" not null,
  reviewer_name text not null,
  opinion text collate "C" not null check (opinion in ('favourable', 'reserved', 'unfavourable')),
  reason text not null,
  version int not null,
  at timestamptz not null,
  primary key (tenant_id, track, submission, reviewer)
);
create table programme.track_decision (
  tenant_id int not null,
  track text collate "C" not null,
  number int not null,
  outcome text collate "C" not null check (outcome in ('validated', 'returned')),
  reason text not null,
  submission int not null,
  day date not null,
  paper text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, track, number)
);
create table programme.track_agreement (
  tenant_id int not null,
  track text collate "C" not null,
  starts_on date not null,
  ends_on date not null,
  amount_cents int not null,
  signatory text not null,
  signatory_role text not null,
  paper text collate "C",
  closed_on date,
  closing text not null default '',
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, track)
);
create table programme.track_action (
  tenant_id int not null,
  id text collate "C" not null,
  track text collate "C" not null,
  requirement text collate "C" not null,       -- of the ACI (programme/policy/outlines/aci-core.json)
  section text collate "C",                    -- of the health project it is drawn from
  title text not null,
  who text not null,
  due date not null,
  state text collate "C" not null check (state in ('todo', 'doing', 'done')),
  done_on date,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (tenant_id, id)
);
create index track_action_track on programme.track_action (tenant_id, track, due);

select platform.close_to_other_tenants(t) from unnest(array['programme.track','programme.track_person','programme.track_meeting','programme.track_check','programme.track_support','programme.text_update',
  'programme.text_version','programme.text_remark','programme.track_opinion','programme.track_decision','programme.track_agreement','programme.track_action']::regclass[]) t;
grant select, insert, update on programme.track, programme.track_person, programme.track_meeting, programme.track_check, programme.track_support, programme.text_remark, programme.track_opinion, programme.track_agreement, programme.track_action to estran_app;
-- Updates are merged: rows of before go.
grant select, insert, delete on programme.text_update to estran_app;
-- What was frozen or decided is added to, never changed.
grant select, insert on programme.text_version, programme.track_decision to estran_app;
