-- What the migrations come to, written by `npm run derive` from a migrated database; for reading, not for running.

-- function access.derive_relation(access.delegation,access.care_relation) returns void
-- function access.follow_delegation() returns trigger
-- function access.follow_merged_opposition() returns trigger
-- function access.follow_merged_relation() returns trigger
-- function access.follow_relation() returns trigger
-- function access.join_practice_circle() returns trigger
-- function access.key_of(text) returns bigint
-- function audit."position"() returns bigint
-- function fhir.find_terms(text[],text,text,text,text,integer) returns record
-- function fhir.hand_over_history(bigint[],bigint) returns void
-- function fhir.near_starts(text[],text,integer) returns text
-- function fhir.near_words(text[],text,text,integer) returns text
-- function fhir.refuse_merged() returns trigger
-- function fhir.take_editions_back(bigint) returns bigint
-- function fhir.term_editions(text[]) returns record
-- function platform.close_to_other_tenants(regclass) returns void
-- function platform.tenant() returns integer
-- function record.find_by_phone(text,integer) returns record
-- function record.find_patients(text[],text,text,text,boolean,integer) returns record
-- function record.find_texts(text[],text[],bigint,bigint,date,date,text[],text,date,bigint,integer) returns record
-- function record.query_here(integer,tsquery) returns tsquery
-- function record.query_of(text[],text[]) returns tsquery
-- function record.stems(tsvector) returns text[]
-- function record.words_here(integer,tsvector) returns tsvector
-- function record.words_of(text) returns tsvector

create table access.account (
  tenant_id integer not null,
  id text not null,
  kind text not null,
  login text not null,
  practitioner text not null,
  practitioner_key bigint not null,
  family text not null,
  given text default ''::text not null,
  profession text not null,
  rpps text,
  roles text[] default '{}'::text[] not null,
  sites text[] default '{}'::text[] not null,
  status text not null,
  demo boolean default false not null,
  password_hash text,
  code_secret text,
  code_confirmed boolean default false not null,
  code_last_step bigint default 0 not null,
  recovery_hashes text[] default '{}'::text[] not null,
  psc jsonb,
  created_at timestamp with time zone default now() not null,
  version integer default 1 not null,
  changed_by text default ''::text not null,
  changed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id),
  CHECK (((kind = 'care'::text) OR (profession = 'administrator'::text))),
  CHECK ((kind = ANY (ARRAY['care'::text, 'privileged'::text]))),
  CHECK ((status = ANY (ARRAY['invited'::text, 'active'::text, 'disabled'::text]))),
  UNIQUE (tenant_id, login, kind),
  UNIQUE (tenant_id, practitioner)
);
CREATE INDEX account_login ON access.account USING btree (login);
CREATE INDEX account_rpps ON access.account USING btree (rpps) WHERE (rpps IS NOT NULL);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.attempt (
  tenant_id integer not null,
  subject text not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, subject)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.care_relation (
  tenant_id integer not null,
  practitioner_key bigint not null,
  patient_key bigint not null,
  source text not null,
  practitioner text not null,
  patient text not null,
  role text default ''::text not null,
  valid_from timestamp with time zone default '-infinity'::timestamp with time zone not null,
  valid_until timestamp with time zone default 'infinity'::timestamp with time zone not null,
  PRIMARY KEY (tenant_id, practitioner_key, patient_key, source)
);
CREATE INDEX care_relation_patient ON access.care_relation USING btree (tenant_id, patient_key);
CREATE INDEX care_relation_source ON access.care_relation USING btree (tenant_id, source);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.client (
  tenant_id integer not null,
  id text not null,
  name text not null,
  scope text not null,
  patient text,
  secret_hash text,
  jwks jsonb,
  created_at timestamp with time zone default now() not null,
  revoked_at timestamp with time zone,
  created_by text,
  PRIMARY KEY (tenant_id, id)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.client_token (
  tenant_id integer not null,
  hash text not null,
  client text not null,
  scope text not null,
  expires_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, hash)
);
CREATE INDEX client_token_client ON access.client_token USING btree (tenant_id, client);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.delegation (
  tenant_id integer not null,
  id text not null,
  kind text not null,
  delegate text not null,
  responsible text not null,
  responsible_key bigint not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone not null,
  created_by text not null,
  created_at timestamp with time zone default now() not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((delegate <> responsible)),
  CHECK ((valid_from <= valid_until)),
  CHECK ((kind = ANY (ARRAY['delegation'::text, 'locum'::text, 'trainee'::text])))
);
CREATE INDEX delegation_delegate ON access.delegation USING btree (tenant_id, delegate);
CREATE INDEX delegation_responsible ON access.delegation USING btree (tenant_id, responsible_key);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.emergency_access (
  tenant_id integer not null,
  id text not null,
  practitioner text not null,
  patient text not null,
  reason text not null,
  at timestamp with time zone default now() not null,
  until timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX emergency_access_patient ON access.emergency_access USING btree (tenant_id, patient);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table access.merged_patient (
  tenant_id integer not null,
  gone_key bigint not null,
  gone text not null,
  kept_key bigint not null,
  kept text not null,
  taken_by bigint,
  PRIMARY KEY (tenant_id, gone_key)
);
CREATE INDEX merged_patient_kept ON access.merged_patient USING btree (tenant_id, kept_key);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.notice (
  tenant_id integer not null,
  id text not null,
  practitioner text not null,
  kind text not null,
  patient text,
  words text not null,
  at timestamp with time zone default now() not null,
  read_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX notice_practitioner ON access.notice USING btree (tenant_id, practitioner, at);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.opposition (
  tenant_id integer not null,
  patient_key bigint not null,
  source text not null,
  line integer not null,
  practitioner_key bigint,
  profession text,
  kinds integer not null,
  valid_from timestamp with time zone default '-infinity'::timestamp with time zone not null,
  valid_until timestamp with time zone default 'infinity'::timestamp with time zone not null,
  PRIMARY KEY (tenant_id, patient_key, source, line)
);
CREATE INDEX opposition_source ON access.opposition USING btree (tenant_id, source);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.passkey (
  tenant_id integer not null,
  id text not null,
  account text not null,
  public_key text not null,
  counter bigint not null,
  transports text[] default '{}'::text[] not null,
  name text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX passkey_account ON access.passkey USING btree (tenant_id, account);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.profession_right (
  tenant_id integer not null,
  profession text not null,
  kind text not null,
  reach text not null,
  write boolean not null,
  PRIMARY KEY (tenant_id, profession, kind),
  CHECK ((reach = ANY (ARRAY['none'::text, 'team'::text, 'practice'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.session (
  tenant_id integer not null,
  hash text not null,
  account text not null,
  state text not null,
  method text not null,
  address text default ''::text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  psc_checked_at timestamp with time zone,
  code_proposed text,
  PRIMARY KEY (tenant_id, hash),
  CHECK ((state = ANY (ARRAY['pending'::text, 'open'::text, 'locked'::text])))
);
CREATE INDEX session_account ON access.session USING btree (tenant_id, account);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.site (
  tenant_id integer not null,
  id text not null,
  name text not null,
  address text default ''::text not null,
  version integer default 1 not null,
  changed_by text default ''::text not null,
  changed_at timestamp with time zone,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.ticket (
  tenant_id integer not null,
  hash text not null,
  purpose text not null,
  subject text default ''::text not null,
  data jsonb default '{}'::jsonb not null,
  expires_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, purpose, hash)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.unusual_access (
  tenant_id integer not null,
  rule text not null,
  actor text not null,
  subject text not null,
  actor_name text default ''::text not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  count integer not null,
  reviewed_by text,
  reviewed_at timestamp with time zone,
  review text,
  PRIMARY KEY (tenant_id, rule, actor, subject)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table access.unusual_access_progress (
  tenant_id integer not null,
  last_txid bigint not null,
  PRIMARY KEY (tenant_id)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table audit.entry (
  tenant_id integer not null,
  seq bigint generated always as identity not null,
  at timestamp with time zone default clock_timestamp() not null,
  txid bigint default audit."position"() not null,
  actor text not null,
  actor_name text default ''::text not null,
  role text default ''::text not null,
  action text not null,
  target text default ''::text not null,
  patient text,
  patients text[],
  version integer,
  reason text,
  address text,
  details jsonb,
  PRIMARY KEY (tenant_id, seq)
);
CREATE INDEX entry_by_actor ON audit.entry USING btree (tenant_id, actor, seq);
CREATE INDEX entry_by_patient ON audit.entry USING btree (tenant_id, patient, seq) WHERE (patient IS NOT NULL);
CREATE INDEX entry_by_txid ON audit.entry USING btree (tenant_id, txid, seq);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table audit.entry_patient (
  tenant_id integer not null,
  patient text not null,
  seq bigint not null,
  PRIMARY KEY (tenant_id, patient, seq)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table audit.seal (
  tenant_id integer not null,
  block bigint not null,
  last_txid bigint not null,
  entries bigint not null,
  hash bytea not null,
  sealed_at timestamp with time zone default clock_timestamp() not null,
  form smallint default 1 not null,
  PRIMARY KEY (tenant_id, block)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table coordination.absence (
  tenant_id integer not null,
  id text not null,
  practitioner text not null,
  delegate text,
  starts timestamp with time zone not null,
  ends timestamp with time zone not null,
  declared_by text not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX absence_ends ON coordination.absence USING btree (tenant_id, ends);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.attendance (
  tenant_id integer not null,
  id text not null,
  meeting text not null,
  practitioner text,
  there boolean not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX attendance_meeting ON coordination.attendance USING btree (tenant_id, meeting, id);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.box (
  tenant_id integer not null,
  id text not null,
  name text not null,
  professions text[] not null,
  people text[] not null,
  members text[] not null,
  PRIMARY KEY (tenant_id, id)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.box_step (
  tenant_id integer not null,
  thread text not null,
  n bigint generated always as identity not null,
  act text not null,
  practitioner text not null,
  whom text,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, thread, n)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.discussion (
  tenant_id integer not null,
  id text not null,
  patient text not null,
  patient_key bigint not null,
  meeting text default ''::text not null,
  state text not null,
  position integer default 0 not null,
  urgent boolean default false not null,
  proposed timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX discussion_meeting ON coordination.discussion USING btree (tenant_id, meeting, "position", id);
CREATE INDEX discussion_patient ON coordination.discussion USING btree (tenant_id, patient_key, id);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.meeting (
  tenant_id integer not null,
  id text not null,
  state text not null,
  starts timestamp with time zone default 'infinity'::timestamp with time zone not null,
  people text[] default '{}'::text[] not null,
  current text,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX meeting_starts ON coordination.meeting USING btree (tenant_id, starts, id);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.message (
  tenant_id integer not null,
  id text not null,
  thread text not null,
  n integer not null,
  at timestamp with time zone not null,
  author bigint,
  urgent boolean not null,
  withdrawn boolean default false not null,
  said text,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX message_thread ON coordination.message USING btree (tenant_id, thread, n);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.minutes_update (
  tenant_id integer not null,
  discussion text not null,
  seq bigint not null,
  author_key bigint not null,
  bytes bytea not null,
  at timestamp with time zone default clock_timestamp() not null,
  PRIMARY KEY (tenant_id, discussion, seq)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.plan (
  tenant_id integer not null,
  id text not null,
  protocol text not null,
  version integer not null,
  state text not null,
  patient_key bigint not null,
  look timestamp with time zone default '-infinity'::timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX plan_look ON coordination.plan USING btree (tenant_id, look) WHERE (state = 'active'::text);
CREATE INDEX plan_protocol ON coordination.plan USING btree (tenant_id, protocol, state);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.receipt (
  tenant_id integer not null,
  message text not null,
  person bigint not null,
  practitioner text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, message, person)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.seen (
  tenant_id integer not null,
  practitioner_key bigint not null,
  patient_key bigint not null,
  at timestamp with time zone not null,
  before timestamp with time zone,
  PRIMARY KEY (tenant_id, practitioner_key, patient_key)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.shipped_protocol (
  tenant_id integer not null,
  key text not null,
  PRIMARY KEY (tenant_id, key)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.task (
  tenant_id integer not null,
  id text not null,
  task_kind text not null,
  state text not null,
  open boolean not null,
  urgent boolean not null,
  due timestamp with time zone default 'infinity'::timestamp with time zone not null,
  owner text,
  profession text,
  team boolean default false not null,
  requester text,
  patient_id text,
  focus text,
  data_kind smallint not null,
  subject_key bigint,
  author_key bigint,
  asked timestamp with time zone not null,
  changed timestamp with time zone not null,
  since timestamp with time zone not null,
  readers text[] default '{}'::text[] not null,
  trouble text,
  escalated timestamp with time zone,
  reminded timestamp with time zone,
  due_told boolean default false not null,
  seen timestamp with time zone,
  outlived boolean default false not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX task_done ON coordination.task USING btree (tenant_id, owner, changed, id) WHERE (NOT open);
CREATE INDEX task_due ON coordination.task USING btree (tenant_id, due, id) WHERE open;
CREATE INDEX task_owner ON coordination.task USING btree (tenant_id, owner, due, id) WHERE open;
CREATE INDEX task_profession ON coordination.task USING btree (tenant_id, profession, due, id) WHERE (open AND (owner IS NULL));
CREATE INDEX task_requester ON coordination.task USING btree (tenant_id, requester, changed, id);
CREATE INDEX task_subject ON coordination.task USING btree (tenant_id, subject_key, due, id) WHERE open;
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.thread (
  tenant_id integer not null,
  id text not null,
  about text not null,
  type text default 'Communication'::text not null,
  kind smallint not null,
  patient bigint not null,
  patients bigint[],
  author bigint,
  last_n integer not null,
  last_id text not null,
  last_at timestamp with time zone not null,
  urgent_n integer default 0 not null,
  to_team boolean default false not null,
  box text,
  box_state text,
  box_since timestamp with time zone,
  handler text,
  told timestamp with time zone,
  PRIMARY KEY (tenant_id, id),
  CHECK ((box_state = ANY (ARRAY['open'::text, 'taken'::text, 'done'::text])))
);
CREATE INDEX thread_about ON coordination.thread USING btree (tenant_id, patient, last_at, id);
CREATE INDEX thread_box ON coordination.thread USING btree (tenant_id, box, last_at, id) WHERE (box IS NOT NULL);
CREATE INDEX thread_box_open ON coordination.thread USING btree (tenant_id, box_since) WHERE (box_state = 'open'::text);
CREATE INDEX thread_last ON coordination.thread USING btree (tenant_id, last_at DESC, id DESC);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.thread_person (
  tenant_id integer not null,
  person bigint not null,
  thread text not null,
  practitioner text not null,
  read_n integer default 0 not null,
  mentioned_n integer default 0 not null,
  muted boolean default false not null,
  archived boolean default false not null,
  stands_in_for text,
  PRIMARY KEY (tenant_id, person, thread)
);
CREATE INDEX thread_person_thread ON coordination.thread_person USING btree (tenant_id, thread);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table coordination.use_share (
  tenant_id integer not null,
  project text not null,
  n integer not null,
  shared boolean not null,
  by text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, n)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table exchange.change (
  tenant_id integer not null,
  run bigint not null,
  origin bigint not null,
  type text not null,
  id text not null,
  before_version integer not null,
  before_content bigint,
  before_known integer,
  PRIMARY KEY (tenant_id, run, origin)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table exchange.file (
  tenant_id integer not null,
  run bigint not null,
  ord integer not null,
  name text not null,
  path text not null,
  bytes bigint not null,
  stamp text not null,
  rank smallint default 1 not null,
  state text default 'waiting'::text not null,
  done bigint default 0 not null,
  at_byte bigint default 0 not null,
  reason text,
  PRIMARY KEY (tenant_id, run, ord),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'reading'::text, 'done'::text, 'refused'::text, 'ignored'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table exchange.origin (
  tenant_id integer not null,
  origin bigint not null,
  type text not null,
  id text not null,
  content bigint,
  version integer,
  run bigint not null,
  said_at timestamp with time zone,
  edition integer,
  PRIMARY KEY (tenant_id, origin)
);
CREATE INDEX origin_promised ON exchange.origin USING btree (tenant_id, type, id) WHERE (content IS NULL);
CREATE INDEX origin_run ON exchange.origin USING btree (tenant_id, run);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table exchange.pending (
  tenant_id integer not null,
  run bigint not null,
  type text not null,
  id text not null,
  target text not null,
  system text not null,
  value text not null,
  origin bigint not null,
  PRIMARY KEY (tenant_id, run, type, id, target, system, value)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table exchange.quarantine (
  tenant_id integer not null,
  id bigint generated always as identity not null,
  run bigint not null,
  file text not null,
  unit text not null,
  place bigint not null,
  type text default ''::text not null,
  origin bigint not null,
  origin_key text default ''::text not null,
  target_id text,
  content_hash bigint not null,
  cause text not null,
  issues jsonb not null,
  content text not null,
  status text default 'open'::text not null,
  created_at timestamp with time zone default now() not null,
  decided_at timestamp with time zone,
  decided_by text default ''::text not null,
  version integer default 1 not null,
  kind text default ''::text not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((status = ANY (ARRAY['open'::text, 'corrected'::text, 'discarded'::text]))),
  UNIQUE (tenant_id, origin, content_hash),
  CHECK ((unit = ANY (ARRAY['entry'::text, 'line'::text])))
);
CREATE INDEX quarantine_open ON exchange.quarantine USING btree (tenant_id, id) WHERE (status = 'open'::text);
CREATE INDEX quarantine_run ON exchange.quarantine USING btree (tenant_id, run, id);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table exchange.run (
  tenant_id integer not null,
  id bigint generated always as identity not null,
  source text default ''::text not null,
  state text not null,
  stored boolean default false not null,
  created_at timestamp with time zone default now() not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  beat_at timestamp with time zone,
  worker text,
  actor text not null,
  actor_name text default ''::text not null,
  progress jsonb default '{}'::jsonb not null,
  counts jsonb default '{}'::jsonb not null,
  checked jsonb,
  report jsonb,
  failure text,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['receiving'::text, 'ready'::text, 'checking'::text, 'running'::text, 'stopped'::text, 'done'::text, 'failed'::text, 'undoing'::text, 'undone'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.date (
  tenant_id integer not null,
  param bigint not null,
  low timestamp with time zone not null,
  high timestamp with time zone not null,
  rid bigint not null,
  PRIMARY KEY (tenant_id, rid, param, low, high)
);
CREATE INDEX date_search ON fhir.date USING btree (tenant_id, param, low, high, rid);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.history (
  tenant_id integer not null,
  rid bigint not null,
  version integer not null,
  type text not null,
  id text not null,
  updated timestamp with time zone not null,
  deleted boolean not null,
  kind smallint not null,
  patient bigint,
  patients bigint[],
  author bigint,
  content text not null,
  taken_by bigint,
  PRIMARY KEY (tenant_id, rid, version)
);
CREATE INDEX history_taken ON fhir.history USING btree (tenant_id, taken_by) WHERE (taken_by IS NOT NULL);
CREATE INDEX history_type ON fhir.history USING btree (tenant_id, type, updated);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table fhir.merge (
  tenant_id integer not null,
  id text not null,
  gone text not null,
  kept text not null,
  gone_before integer not null,
  at timestamp with time zone not null,
  by_whom text not null,
  by_name text not null,
  reason text default ''::text not null,
  separated_at timestamp with time zone,
  separated_name text,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX merge_at ON fhir.merge USING btree (tenant_id, at DESC);
CREATE UNIQUE INDEX merge_gone ON fhir.merge USING btree (tenant_id, gone) WHERE (separated_at IS NULL);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.merge_added (
  tenant_id integer not null,
  merge text not null,
  rid bigint not null,
  place text default 'unsorted'::text not null,
  PRIMARY KEY (tenant_id, merge, rid),
  CHECK ((place = ANY (ARRAY['unsorted'::text, 'kept'::text, 'gone'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.merge_moved (
  tenant_id integer not null,
  merge text not null,
  rid bigint not null,
  before integer not null,
  after integer not null,
  PRIMARY KEY (tenant_id, merge, rid)
);
CREATE INDEX merge_moved_rid ON fhir.merge_moved USING btree (tenant_id, rid);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.quantity (
  tenant_id integer not null,
  param bigint not null,
  unit bigint not null,
  low double precision not null,
  high double precision not null,
  rid bigint not null,
  PRIMARY KEY (tenant_id, rid, param, unit, low, high)
);
CREATE INDEX quantity_search ON fhir.quantity USING btree (tenant_id, param, unit, low, high, rid);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.resource (
  tenant_id integer not null,
  rid bigint not null,
  type text not null,
  id text not null,
  version integer not null,
  updated timestamp with time zone not null,
  deleted boolean default false not null,
  kind smallint not null,
  key bigint not null,
  patient bigint,
  patients bigint[],
  author bigint,
  at timestamp with time zone,
  tokens bigint[] default '{}'::bigint[] not null,
  refs bigint[] default '{}'::bigint[] not null,
  sort_text text,
  content text not null,
  PRIMARY KEY (tenant_id, rid)
);
CREATE INDEX resource_at ON fhir.resource USING btree (tenant_id, type, at DESC NULLS LAST, rid);
CREATE INDEX resource_key ON fhir.resource USING btree (tenant_id, key);
CREATE INDEX resource_patient ON fhir.resource USING btree (tenant_id, patient, type, at DESC NULLS LAST, rid) WHERE (patient IS NOT NULL);
CREATE INDEX resource_patients ON fhir.resource USING btree (tenant_id, rid) WHERE (patients IS NOT NULL);
CREATE INDEX resource_rid ON fhir.resource USING btree (tenant_id, type, rid);
CREATE INDEX resource_sort_text ON fhir.resource USING btree (tenant_id, type, sort_text, rid);
CREATE INDEX resource_updated ON fhir.resource USING btree (tenant_id, type, updated, rid);
CREATE UNIQUE INDEX resource_id ON fhir.resource USING btree (tenant_id, type, id);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.string (
  tenant_id integer not null,
  param bigint not null,
  value text not null,
  rid bigint not null,
  PRIMARY KEY (tenant_id, rid, param, value)
);
CREATE INDEX string_search ON fhir.string USING btree (tenant_id, param, value, rid);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.term (
  tenant_id integer not null,
  edition bigint not null,
  code text not null,
  label text not null,
  plain text not null,
  words tsvector not null,
  rank integer not null,
  detail jsonb,
  PRIMARY KEY (tenant_id, edition, code)
);
CREATE INDEX term_plain ON fhir.term USING btree (tenant_id, edition, plain);
CREATE INDEX term_words ON fhir.term USING gin (words) WITH (fastupdate=off);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.term_list (
  tenant_id integer not null,
  edition bigint not null,
  list text not null,
  state text not null,
  version text not null,
  terms integer default 0 not null,
  files jsonb default '[]'::jsonb not null,
  by_name text not null,
  at timestamp with time zone default now() not null,
  PRIMARY KEY (tenant_id, edition),
  CHECK ((state = ANY (ARRAY['loading'::text, 'current'::text])))
);
CREATE UNIQUE INDEX term_list_current ON fhir.term_list USING btree (tenant_id, list) WHERE (state = 'current'::text);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.term_word (
  tenant_id integer not null,
  edition bigint not null,
  word text not null,
  PRIMARY KEY (tenant_id, edition, word)
);
CREATE INDEX term_word_rest ON fhir.term_word USING btree (tenant_id, edition, substr(word, 2));
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table fhir.token (
  tenant_id integer not null,
  hash bigint not null,
  rid bigint not null,
  PRIMARY KEY (tenant_id, hash, rid)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table platform.outbox (
  tenant_id integer not null,
  seq bigint generated always as identity not null,
  topic text not null,
  payload jsonb not null,
  at timestamp with time zone default clock_timestamp() not null,
  attempts integer default 0 not null,
  not_before timestamp with time zone default '-infinity'::timestamp with time zone not null,
  failure text,
  PRIMARY KEY (tenant_id, seq)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table platform.tenant (
  tenant_id integer generated always as identity not null,
  id text not null,
  name text not null,
  created_at timestamp with time zone default now() not null,
  settings jsonb default '{}'::jsonb not null,
  PRIMARY KEY (tenant_id),
  UNIQUE (id)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: select, update

create table programme.agreement (
  tenant_id integer not null,
  project text not null,
  version integer not null,
  paper text not null,
  reference text not null,
  amount_cents bigint not null,
  ceiling_cents bigint not null,
  state text not null,
  signed_on date,
  signed_team text default ''::text not null,
  signed_region text default ''::text not null,
  reason text default ''::text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, version),
  CHECK ((amount_cents > 0)),
  CHECK ((state = ANY (ARRAY['issued'::text, 'signed'::text, 'cancelled'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.amendment (
  tenant_id integer not null,
  project text not null,
  seq integer not null,
  agreement integer not null,
  number integer,
  paper text,
  reference text default ''::text not null,
  reason text not null,
  amount_cents bigint,
  ceiling_cents bigint,
  state text not null,
  signed_on date,
  signed_team text default ''::text not null,
  signed_region text default ''::text not null,
  cancelled_reason text default ''::text not null,
  by_name text not null,
  at timestamp with time zone not null,
  issued_at timestamp with time zone,
  PRIMARY KEY (tenant_id, project, seq),
  CHECK ((amount_cents > 0)),
  CHECK ((state = ANY (ARRAY['open'::text, 'issued'::text, 'signed'::text, 'cancelled'::text])))
);
CREATE UNIQUE INDEX amendment_pending ON programme.amendment USING btree (tenant_id, project) WHERE (state = ANY (ARRAY['open'::text, 'issued'::text]));
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.answer (
  tenant_id integer not null,
  application text not null,
  field text not null,
  value jsonb not null,
  version integer not null,
  by text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, application, field)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.application (
  tenant_id integer not null,
  id text not null,
  edition text not null,
  practice text not null,
  practice_name text not null,
  state text not null,
  submission integer default 0 not null,
  created_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'withdrawn'::text]))),
  UNIQUE (tenant_id, edition, practice)
);
CREATE INDEX application_practice ON programme.application USING btree (tenant_id, practice);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.assessment (
  tenant_id integer not null,
  id text not null,
  practice text not null,
  practice_name text not null,
  practice_tenant integer,
  model text not null,
  state text not null,
  opened_on date not null,
  agreed_on date,
  levels jsonb default '{}'::jsonb not null,
  words text default ''::text not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['open'::text, 'agreed'::text])))
);
CREATE INDEX assessment_practice ON programme.assessment USING btree (tenant_id, practice, agreed_on);
CREATE UNIQUE INDEX assessment_open ON programme.assessment USING btree (tenant_id, practice) WHERE (state = 'open'::text);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.assessment_view (
  tenant_id integer not null,
  assessment text not null,
  practitioner text not null,
  name text not null,
  profession text not null,
  levels jsonb not null,
  version integer not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, assessment, practitioner)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.attachment (
  tenant_id integer not null,
  id text not null,
  application text not null,
  document text not null,
  name text not null,
  size integer not null,
  sha256 text not null,
  bytes bytea not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX attachment_application ON programme.attachment USING btree (tenant_id, application);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.budget (
  tenant_id integer not null,
  edition text not null,
  version integer not null,
  cents bigint not null,
  reason text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, edition, version),
  CHECK ((cents >= 0))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.checklist_item (
  tenant_id integer not null,
  project text not null,
  item text not null,
  state text not null,
  note text default ''::text not null,
  owner text default ''::text not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, item),
  CHECK ((state = ANY (ARRAY['to-do'::text, 'done'::text, 'not-applicable'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.choice (
  tenant_id integer not null,
  project text not null,
  number integer not null,
  solution text,
  product text not null,
  already boolean not null,
  reasons text not null,
  took_part jsonb not null,
  decided_on date not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, number)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.choice_text (
  tenant_id integer not null,
  project text not null,
  part text not null,
  words text not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, part)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.clause (
  tenant_id integer not null,
  project text not null,
  clause text not null,
  answer text,
  article text not null,
  note text not null,
  file text,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, clause),
  CHECK ((answer = ANY (ARRAY['present'::text, 'weak'::text, 'missing'::text, 'not-needed'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.coverage (
  tenant_id integer not null,
  solution text not null,
  requirement text not null,
  answer text not null,
  note text not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, solution, requirement),
  CHECK ((answer = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text, 'unknown'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.decided (
  tenant_id integer not null,
  edition text not null,
  number integer not null,
  application text not null,
  outcome text not null,
  rank integer,
  waiting integer,
  because jsonb not null,
  PRIMARY KEY (tenant_id, edition, number, application),
  CHECK ((outcome = ANY (ARRAY['chosen'::text, 'waiting'::text, 'refused'::text])))
);
CREATE INDEX decided_application ON programme.decided USING btree (tenant_id, application);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.decision (
  tenant_id integer not null,
  edition text not null,
  number integer not null,
  edition_version integer not null,
  places integer not null,
  reason text not null,
  by_name text not null,
  at timestamp with time zone not null,
  notified_at timestamp with time zone,
  PRIMARY KEY (tenant_id, edition, number)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.demand (
  tenant_id integer not null,
  id text not null,
  title text not null,
  words text not null,
  state text not null,
  vendor text,
  vendor_name text default ''::text not null,
  paper text,
  sent_at timestamp with time zone,
  outcome text,
  answer text default ''::text not null,
  answered_by text default ''::text not null,
  answered_at timestamp with time zone,
  promised_on date,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((outcome = ANY (ARRAY['planned'::text, 'studied'::text, 'done'::text, 'refused'::text]))),
  CHECK ((state = ANY (ARRAY['gathered'::text, 'sent'::text, 'answered'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.demand_support (
  tenant_id integer not null,
  demand text not null,
  practice text not null,
  practice_name text not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, demand, practice)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.demand_voice (
  tenant_id integer not null,
  id text not null,
  demand text,
  practice text not null,
  practice_name text not null,
  practice_tenant integer,
  software text default ''::text not null,
  title text not null,
  words text not null,
  removed boolean default false not null,
  version integer not null,
  practitioner text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX voice_demand ON programme.demand_voice USING btree (tenant_id, demand);
CREATE INDEX voice_practice ON programme.demand_voice USING btree (tenant_id, practice);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.demonstration (
  tenant_id integer not null,
  id text not null,
  project text not null,
  solution text not null,
  held_on date not null,
  held_at text not null,
  place text not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX demonstration_project ON programme.demonstration USING btree (tenant_id, project);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.demonstration_sheet (
  tenant_id integer not null,
  demonstration text not null,
  id text not null,
  name text not null,
  profession text not null,
  scores jsonb not null,
  comment text not null,
  typed_by text default ''::text not null,
  version integer not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, demonstration, id)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.edition (
  tenant_id integer not null,
  id text not null,
  draft jsonb,
  draft_version integer default 0 not null,
  draft_by text default ''::text not null,
  draft_at timestamp with time zone,
  copied_from text,
  published integer default 0 not null,
  receipts integer default 0 not null,
  letters integer default 0 not null,
  results_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  PRIMARY KEY (tenant_id, id)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.edition_version (
  tenant_id integer not null,
  edition text not null,
  version integer not null,
  body jsonb not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, edition, version)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.equipment (
  tenant_id integer not null,
  id text not null,
  project text not null,
  site text not null,
  kind text not null,
  name text default ''::text not null,
  profession text default ''::text not null,
  quantity integer,
  down_mbits numeric(7,1),
  up_mbits numeric(7,1),
  state text not null,
  note text default ''::text not null,
  removed boolean default false not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['good'::text, 'to-replace'::text, 'unknown'::text])))
);
CREATE INDEX equipment_project ON programme.equipment USING btree (tenant_id, project);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.file (
  tenant_id integer not null,
  id text not null,
  subject text not null,
  kind text not null,
  name text not null,
  size integer not null,
  sha256 text not null,
  bytes bytea not null,
  by text not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX file_subject ON programme.file USING btree (tenant_id, subject, kind);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.hardware_request (
  tenant_id integer not null,
  id text not null,
  project text not null,
  words text not null,
  cents integer,
  state text not null,
  answer text default ''::text not null,
  answered_by text,
  answered_at timestamp with time zone,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['asked'::text, 'examined'::text, 'withdrawn'::text])))
);
CREATE INDEX hardware_project ON programme.hardware_request USING btree (tenant_id, project);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.help_line (
  tenant_id integer not null,
  request text not null,
  number integer not null,
  kind text not null,
  side text not null,
  words text not null,
  file text,
  by text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, request, number),
  CHECK ((kind = ANY (ARRAY['words'::text, 'handed'::text, 'state'::text, 'file'::text]))),
  CHECK ((side = ANY (ARRAY['practice'::text, 'region'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.help_request (
  tenant_id integer not null,
  id text not null,
  reference text not null,
  practice text not null,
  practice_name text not null,
  practice_tenant integer,
  kind text not null,
  urgency text not null,
  title text not null,
  state text not null,
  asked text,
  asked_name text default ''::text not null,
  practitioner text not null,
  by_name text not null,
  at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  solved_at timestamp with time zone,
  mark integer,
  mark_words text default ''::text not null,
  version integer not null,
  changed_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((kind = ANY (ARRAY['fault'::text, 'question'::text]))),
  CHECK (((mark >= 1) AND (mark <= 5))),
  CHECK ((state = ANY (ARRAY['open'::text, 'solved'::text, 'closed'::text]))),
  UNIQUE (tenant_id, reference)
);
CREATE INDEX help_asked ON programme.help_request USING btree (tenant_id, asked);
CREATE INDEX help_practice ON programme.help_request USING btree (tenant_id, practice);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.hourly_rate (
  tenant_id integer not null,
  project text not null,
  profession text not null,
  cents integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, profession)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.improvement (
  tenant_id integer not null,
  id text not null,
  practice text not null,
  dimension text not null,
  title text not null,
  means text default ''::text not null,
  owner text default ''::text not null,
  due date,
  done_on date,
  removed boolean default false not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX improvement_practice ON programme.improvement USING btree (tenant_id, practice);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.interest (
  tenant_id integer not null,
  application text not null,
  reviewer text not null,
  reviewer_name text not null,
  reason text not null,
  at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  PRIMARY KEY (tenant_id, application, reviewer)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.job (
  tenant_id integer not null,
  id text not null,
  kind text not null,
  edition text not null,
  name text not null,
  plan jsonb not null,
  state text not null,
  done integer default 0 not null,
  total integer not null,
  attempts integer default 0 not null,
  failure text,
  claim text,
  by text not null,
  by_name text not null,
  at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'stopped'::text])))
);
CREATE INDEX job_state ON programme.job USING btree (tenant_id, state);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.job_part (
  tenant_id integer not null,
  job text not null,
  number integer not null,
  name text not null,
  bytes bytea not null,
  PRIMARY KEY (tenant_id, job, number)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select

create table programme.letter (
  tenant_id integer not null,
  id text not null,
  edition text not null,
  decision integer not null,
  application text not null,
  reference text not null,
  version integer not null,
  mail text not null,
  subject text not null,
  words text not null,
  data jsonb not null,
  state text not null,
  attempts integer default 0 not null,
  failure text,
  at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'unsure'::text, 'to-hand'::text]))),
  UNIQUE (tenant_id, edition, decision, application, version),
  UNIQUE (tenant_id, reference, version)
);
CREATE INDEX letter_state ON programme.letter USING btree (tenant_id, state);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.mail (
  tenant_id integer not null,
  id text not null,
  key text not null,
  subject_of text not null,
  batch text not null,
  recipient text not null,
  recipient_name text not null,
  subject text not null,
  words text not null,
  paper text,
  state text not null,
  attempts integer default 0 not null,
  failure text,
  at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'unsure'::text, 'to-hand'::text]))),
  UNIQUE (tenant_id, key)
);
CREATE INDEX mail_batch ON programme.mail USING btree (tenant_id, subject_of, batch);
CREATE INDEX mail_state ON programme.mail USING btree (tenant_id, state);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.meeting_action (
  tenant_id integer not null,
  id text not null,
  project text not null,
  sheet text not null,
  words text not null,
  owner text not null,
  due date,
  state text not null,
  ended_on date,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text])))
);
CREATE INDEX action_project ON programme.meeting_action USING btree (tenant_id, project, at);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.member (
  tenant_id integer not null,
  application text not null,
  practitioner text not null,
  name text not null,
  PRIMARY KEY (tenant_id, application, practitioner)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table programme.model (
  tenant_id integer not null,
  kind text not null,
  call text not null,
  published integer default 0 not null,
  draft jsonb,
  draft_version integer default 0 not null,
  draft_by text default ''::text not null,
  draft_at timestamp with time zone,
  PRIMARY KEY (tenant_id, kind, call),
  CHECK ((kind = ANY (ARRAY['sheet'::text, 'clauses'::text, 'outline-esp'::text, 'outline-msp'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.model_held (
  tenant_id integer not null,
  subject text not null,
  kind text not null,
  call text not null,
  model_version integer not null,
  lines jsonb,
  adjusted boolean default false not null,
  declined text default ''::text not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, subject, kind)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.model_version (
  tenant_id integer not null,
  kind text not null,
  call text not null,
  version integer not null,
  lines jsonb not null,
  words text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, kind, call, version)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.needs (
  tenant_id integer not null,
  project text not null,
  state text not null,
  title text not null,
  intro text not null,
  sections jsonb not null,
  closes_on date,
  opened_at timestamp with time zone,
  shared_hash text,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  remind_before integer[] default '{7,2}'::integer[] not null,
  PRIMARY KEY (tenant_id, project),
  CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text])))
);
CREATE INDEX needs_shared ON programme.needs USING btree (tenant_id, shared_hash);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.needs_person (
  tenant_id integer not null,
  id text not null,
  project text not null,
  practitioner text,
  name text not null,
  profession text not null,
  mail text not null,
  shared boolean not null,
  invited_at timestamp with time zone,
  reminded_on date,
  reminders integer default 0 not null,
  answers jsonb not null,
  nameless boolean default false not null,
  started_at timestamp with time zone,
  submitted_at timestamp with time zone,
  changed_at timestamp with time zone,
  removed_at timestamp with time zone,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX needs_person_project ON programme.needs_person USING btree (tenant_id, project);
CREATE UNIQUE INDEX needs_person_account ON programme.needs_person USING btree (tenant_id, project, practitioner) WHERE (practitioner IS NOT NULL);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.needs_token (
  tenant_id integer not null,
  hash text not null,
  person text not null,
  expires_at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, hash)
);
CREATE INDEX needs_token_person ON programme.needs_token USING btree (tenant_id, person);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.overrule (
  tenant_id integer not null,
  application text not null,
  rule text not null,
  number integer not null,
  answer text,
  reason text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, application, rule, number),
  CHECK ((answer = ANY (ARRAY['yes'::text, 'no'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.pace (
  tenant_id integer not null,
  subject text not null,
  since timestamp with time zone not null,
  count integer not null,
  PRIMARY KEY (tenant_id, subject)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table programme.paper (
  tenant_id integer not null,
  id text not null,
  subject text not null,
  kind text not null,
  reference text not null,
  version integer not null,
  title text not null,
  data jsonb not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, reference, version)
);
CREATE INDEX paper_subject ON programme.paper USING btree (tenant_id, subject, kind);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.payment (
  tenant_id integer not null,
  project text not null,
  agreement integer not null,
  number integer not null,
  percent integer not null,
  occasion text not null,
  cents bigint not null,
  state text not null,
  ordered_on date,
  paid_on date,
  reference text default ''::text not null,
  version integer not null,
  kind text default 'share'::text not null,
  PRIMARY KEY (tenant_id, project, agreement, number),
  CHECK ((cents >= 0)),
  CHECK ((kind = ANY (ARRAY['share'::text, 'supplement'::text, 'recovery'::text]))),
  CHECK ((state = ANY (ARRAY['due'::text, 'ordered'::text, 'paid'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.payment_act (
  tenant_id integer not null,
  project text not null,
  agreement integer not null,
  number integer not null,
  seq integer not null,
  act text not null,
  on_day date not null,
  reference text not null,
  reason text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, agreement, number, seq),
  CHECK ((act = ANY (ARRAY['order'::text, 'pay'::text, 'cancel'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.phase_progress (
  tenant_id integer not null,
  project text not null,
  phase text not null,
  profession text not null,
  begun_on date,
  done_on date,
  reason text default ''::text not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, phase, profession)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.place (
  tenant_id integer not null,
  practice text not null,
  commune text,
  department text not null,
  label text not null,
  x integer not null,
  y integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, practice)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table programme.plan_item (
  tenant_id integer not null,
  id text not null,
  project text not null,
  kind text not null,
  phase text not null,
  title text not null,
  aim text default ''::text not null,
  professions text[] default '{}'::text[] not null,
  owner text default ''::text not null,
  minutes integer,
  planned_from date not null,
  planned_to date not null,
  done_on date,
  removed boolean default false not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((kind = ANY (ARRAY['phase'::text, 'module'::text, 'set-up'::text, 'take-over'::text])))
);
CREATE INDEX plan_project ON programme.plan_item USING btree (tenant_id, project);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.poll (
  tenant_id integer not null,
  id text not null,
  project text not null,
  purpose text not null,
  title text not null,
  note text default ''::text not null,
  deadline date not null,
  state text not null,
  slot text,
  reason text default ''::text not null,
  paper text,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  remind_before integer[] default '{7,2}'::integer[] not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((purpose = ANY (ARRAY['launch'::text, 'follow-up'::text, 'other'::text]))),
  CHECK ((state = ANY (ARRAY['open'::text, 'chosen'::text, 'cancelled'::text])))
);
CREATE INDEX poll_project ON programme.poll USING btree (tenant_id, project, at);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.poll_answer (
  tenant_id integer not null,
  poll text not null,
  person text not null,
  slot text not null,
  answer text not null,
  PRIMARY KEY (tenant_id, poll, person, slot),
  CHECK ((answer = ANY (ARRAY['yes'::text, 'maybe'::text, 'no'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table programme.poll_link (
  tenant_id integer not null,
  hash text not null,
  poll text not null,
  person text not null,
  expires_at timestamp with time zone not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, hash)
);
CREATE INDEX poll_link_person ON programme.poll_link USING btree (tenant_id, poll, person);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select

create table programme.poll_person (
  tenant_id integer not null,
  poll text not null,
  id text not null,
  side text not null,
  practitioner text,
  name text not null,
  profession text not null,
  email text not null,
  answered_at timestamp with time zone,
  answered_by text default ''::text not null,
  version integer not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, poll, id),
  CHECK ((side = ANY (ARRAY['officer'::text, 'gcs'::text, 'consultant'::text, 'team'::text, 'other'::text])))
);
CREATE UNIQUE INDEX poll_person_once ON programme.poll_person USING btree (tenant_id, poll, practitioner) WHERE (practitioner IS NOT NULL);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.poll_slot (
  tenant_id integer not null,
  poll text not null,
  id text not null,
  starts timestamp with time zone not null,
  minutes integer not null,
  place text default ''::text not null,
  visio text default ''::text not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, poll, id),
  CHECK (((minutes >= 15) AND (minutes <= 600)))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.project (
  tenant_id integer not null,
  id text not null,
  reference text not null,
  edition text not null,
  edition_version integer not null,
  application text,
  practice text not null,
  practice_name text not null,
  practice_tenant integer,
  state text not null,
  reason text default ''::text not null,
  started_on date not null,
  ended_on date,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'stopped'::text]))),
  UNIQUE (tenant_id, application),
  UNIQUE (tenant_id, reference)
);
CREATE INDEX project_practice ON programme.project USING btree (tenant_id, practice);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.project_member (
  tenant_id integer not null,
  id text not null,
  project text not null,
  practitioner text,
  name text not null,
  profession text not null,
  leader boolean not null,
  role text default ''::text not null,
  minutes_month integer not null,
  since date not null,
  removed boolean default false not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX member_project ON programme.project_member USING btree (tenant_id, project);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.project_party (
  tenant_id integer not null,
  project text not null,
  practitioner text not null,
  name text not null,
  role text not null,
  sees text[] default '{}'::text[] not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, project, practitioner),
  CHECK ((role = ANY (ARRAY['consultant'::text, 'vendor'::text, 'partner'::text])))
);
CREATE INDEX party_practitioner ON programme.project_party USING btree (tenant_id, practitioner);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.project_step (
  tenant_id integer not null,
  project text not null,
  step text not null,
  planned_from date,
  planned_to date,
  state text not null,
  reason text default ''::text not null,
  ended_on date,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, step),
  CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'skipped'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.project_team (
  tenant_id integer not null,
  project text not null,
  version integer not null,
  members jsonb not null,
  subscription_cents integer,
  facts jsonb not null,
  reason text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, version)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.quote (
  tenant_id integer not null,
  id text not null,
  project text not null,
  vendor_person text,
  version integer not null,
  state text not null,
  reason text default ''::text not null,
  file text,
  revision integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'withdrawn'::text])))
);
CREATE INDEX quote_project ON programme.quote USING btree (tenant_id, project);
CREATE INDEX quote_vendor ON programme.quote USING btree (tenant_id, vendor_person);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.quote_ask (
  tenant_id integer not null,
  project text not null,
  version integer not null,
  words text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, version)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.quote_line (
  tenant_id integer not null,
  quote text not null,
  version integer not null,
  id text not null,
  position integer not null,
  label text not null,
  kind text not null,
  quantity integer not null,
  unit_cents integer not null,
  vat integer not null,
  total_cents integer not null,
  recurring boolean not null,
  spent_on date,
  decision text default 'pending'::text not null,
  reason text default ''::text not null,
  decided_by text,
  decided_at timestamp with time zone,
  PRIMARY KEY (tenant_id, quote, version, id),
  CHECK ((decision = ANY (ARRAY['pending'::text, 'validated'::text, 'refused'::text]))),
  CHECK ((quantity > 0)),
  CHECK (((vat >= 0) AND (vat <= 10000)))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.quote_version (
  tenant_id integer not null,
  quote text not null,
  version integer not null,
  vendor text not null,
  number text not null,
  dated date not null,
  note text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, quote, version)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.readiness_overrule (
  tenant_id integer not null,
  project text not null,
  reason text not null,
  by_name text not null,
  at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  PRIMARY KEY (tenant_id, project)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.reminder_plan (
  tenant_id integer not null,
  call text not null,
  questionnaire integer[] not null,
  poll integer[] not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, call)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.renunciation (
  tenant_id integer not null,
  application text not null,
  edition text not null,
  decision integer not null,
  outcome text not null,
  reason text not null,
  by text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, application),
  CHECK ((outcome = ANY (ARRAY['chosen'::text, 'waiting'::text])))
);
CREATE INDEX renunciation_edition ON programme.renunciation USING btree (tenant_id, edition);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.requirement (
  tenant_id integer not null,
  id text not null,
  project text not null,
  source text,
  area text not null,
  sentence text not null,
  computed text,
  importance text not null,
  reason text default ''::text not null,
  professions text[] default '{}'::text[] not null,
  because text default ''::text not null,
  place integer not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id),
  CHECK ((computed = ANY (ARRAY['must'::text, 'should'::text, 'could'::text]))),
  CHECK ((importance = ANY (ARRAY['must'::text, 'should'::text, 'could'::text])))
);
CREATE INDEX requirement_project ON programme.requirement USING btree (tenant_id, project);
CREATE UNIQUE INDEX requirement_source ON programme.requirement USING btree (tenant_id, project, source) WHERE (source IS NOT NULL);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.score (
  tenant_id integer not null,
  application text not null,
  reviewer text not null,
  criterion text not null,
  points integer not null,
  reason text not null,
  reviewer_name text not null,
  version integer not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, application, reviewer, criterion)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.sheet (
  tenant_id integer not null,
  id text not null,
  project text not null,
  kind text not null,
  poll text,
  fields jsonb not null,
  paper text,
  changed boolean not null,
  by_name text not null,
  at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id),
  CHECK ((kind = ANY (ARRAY['launch-minutes'::text, 'follow-up-minutes'::text, 'completion-report'::text])))
);
CREATE INDEX sheet_project ON programme.sheet USING btree (tenant_id, project, kind, at);
CREATE UNIQUE INDEX sheet_completion ON programme.sheet USING btree (tenant_id, project) WHERE (kind = 'completion-report'::text);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.site_visit (
  tenant_id integer not null,
  id text not null,
  project text not null,
  solution text not null,
  body jsonb not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX site_visit_project ON programme.site_visit USING btree (tenant_id, project);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.solution (
  tenant_id integer not null,
  id text not null,
  project text not null,
  vendor text,
  body jsonb not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX solution_project ON programme.solution USING btree (tenant_id, project);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.submission (
  tenant_id integer not null,
  application text not null,
  number integer not null,
  receipt text not null,
  edition_version integer not null,
  answers jsonb not null,
  documents jsonb not null,
  by text not null,
  by_name text not null,
  mail text not null,
  practice_tenant integer,
  at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  PRIMARY KEY (tenant_id, application, number),
  UNIQUE (tenant_id, receipt)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.text_remark (
  tenant_id integer not null,
  id text not null,
  text text not null,
  part text not null,
  words text not null,
  by text not null,
  by_name text not null,
  at timestamp with time zone not null,
  resolved_by text,
  resolved_at timestamp with time zone,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX text_remark_text ON programme.text_remark USING btree (tenant_id, text, at);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.text_update (
  tenant_id integer not null,
  text text not null,
  seq bigint not null,
  author text not null,
  bytes bytea not null,
  at timestamp with time zone default clock_timestamp() not null,
  PRIMARY KEY (tenant_id, text, seq)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select

create table programme.text_version (
  tenant_id integer not null,
  text text not null,
  number integer not null,
  name text not null,
  parts jsonb not null,
  submitted boolean not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, text, number)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.time_entry (
  tenant_id integer not null,
  id text not null,
  project text not null,
  member text not null,
  day date not null,
  minutes integer not null,
  what text not null,
  removed boolean default false not null,
  by text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX time_project ON programme.time_entry USING btree (tenant_id, project, day);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.track (
  tenant_id integer not null,
  id text not null,
  reference text not null,
  kind text not null,
  practice text not null,
  practice_name text not null,
  practice_tenant integer,
  state text not null,
  before_stop text,
  reason text default ''::text not null,
  about jsonb not null,
  submitted integer default 0 not null,
  validated_on date,
  version integer default 1 not null,
  by_name text not null,
  opened_on date not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((kind = ANY (ARRAY['esp'::text, 'msp'::text]))),
  CHECK ((state = ANY (ARRAY['meeting'::text, 'requested'::text, 'writing'::text, 'submitted'::text, 'returned'::text, 'validated'::text, 'stopped'::text]))),
  UNIQUE (tenant_id, reference)
);
CREATE INDEX track_practice ON programme.track USING btree (tenant_id, practice);
CREATE UNIQUE INDEX track_open ON programme.track USING btree (tenant_id, practice) WHERE (state <> ALL (ARRAY['validated'::text, 'stopped'::text]));
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.track_action (
  tenant_id integer not null,
  id text not null,
  track text not null,
  requirement text not null,
  section text,
  title text not null,
  who text not null,
  due date not null,
  state text not null,
  done_on date,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['todo'::text, 'doing'::text, 'done'::text])))
);
CREATE INDEX track_action_track ON programme.track_action USING btree (tenant_id, track, due);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.track_agreement (
  tenant_id integer not null,
  track text not null,
  starts_on date not null,
  ends_on date not null,
  amount_cents integer not null,
  signatory text not null,
  signatory_role text not null,
  paper text,
  closed_on date,
  closing text default ''::text not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, track)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.track_check (
  tenant_id integer not null,
  track text not null,
  subject text not null,
  answer boolean not null,
  note text not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, track, subject),
  CHECK ((subject = ANY (ARRAY['professions'::text, 'territory'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.track_decision (
  tenant_id integer not null,
  track text not null,
  number integer not null,
  outcome text not null,
  reason text not null,
  submission integer not null,
  day date not null,
  paper text not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, track, number),
  CHECK ((outcome = ANY (ARRAY['validated'::text, 'returned'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

create table programme.track_meeting (
  tenant_id integer not null,
  id text not null,
  track text not null,
  phase integer not null,
  day date not null,
  place text not null,
  present jsonb not null,
  minutes text not null,
  half_days integer default 0 not null,
  paper text,
  version integer not null,
  by text not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, id),
  CHECK ((phase = ANY (ARRAY[1, 2])))
);
CREATE INDEX track_meeting_track ON programme.track_meeting USING btree (tenant_id, track, day);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.track_opinion (
  tenant_id integer not null,
  track text not null,
  submission integer not null,
  reviewer text not null,
  reviewer_name text not null,
  opinion text not null,
  reason text not null,
  version integer not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, track, submission, reviewer),
  CHECK ((opinion = ANY (ARRAY['favourable'::text, 'reserved'::text, 'unfavourable'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.track_person (
  tenant_id integer not null,
  track text not null,
  practitioner text not null,
  name text not null,
  role text not null,
  by_name text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (tenant_id, track, practitioner),
  CHECK ((role = ANY (ARRAY['writer'::text, 'consultant'::text, 'partner'::text])))
);
CREATE INDEX track_person_practitioner ON programme.track_person USING btree (tenant_id, practitioner);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.track_support (
  tenant_id integer not null,
  track text not null,
  mode text not null,
  amount integer,
  provider text default ''::text not null,
  consultant text,
  coordinator text default ''::text not null,
  coordinator_since date,
  pacte boolean default false not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, track),
  CHECK ((mode = ANY (ARRAY['meetings'::text, 'consultant'::text, 'pool'::text, 'self'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.training_session (
  tenant_id integer not null,
  id text not null,
  project text not null,
  module text not null,
  day date not null,
  minutes integer not null,
  place text default ''::text not null,
  trainer text default ''::text not null,
  state text not null,
  people jsonb default '[]'::jsonb not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = ANY (ARRAY['planned'::text, 'held'::text, 'cancelled'::text])))
);
CREATE INDEX session_project ON programme.training_session USING btree (tenant_id, project, day);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table programme.use_month (
  tenant_id integer not null,
  project text not null,
  month text not null,
  source text not null,
  figures jsonb not null,
  version integer not null,
  by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (tenant_id, project, month),
  CHECK ((source = ANY (ARRAY['practice'::text, 'typed'::text])))
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table public.estran_migration (
  name text not null,
  at timestamp with time zone default now() not null,
  PRIMARY KEY (name)
);
-- no row-level security
-- estran_app may: nothing

create table record.cockpit (
  tenant_id integer not null,
  practitioner text not null,
  version integer not null,
  choices text not null,
  updated timestamp with time zone default now() not null,
  PRIMARY KEY (tenant_id, practitioner)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.draft (
  tenant_id integer not null,
  practitioner text not null,
  key text not null,
  patient text,
  form text not null,
  label text default ''::text not null,
  data text not null,
  updated timestamp with time zone default now() not null,
  merged_from text,
  PRIMARY KEY (tenant_id, practitioner, key)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.last_visit (
  tenant_id integer not null,
  practitioner_key bigint not null,
  patient_key bigint not null,
  patient text not null,
  at timestamp with time zone not null,
  before timestamp with time zone,
  PRIMARY KEY (tenant_id, practitioner_key, patient_key)
);
CREATE INDEX last_visit_recent ON record.last_visit USING btree (tenant_id, practitioner_key, at DESC);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.name_word (
  tenant_id integer not null,
  word text not null,
  PRIMARY KEY (tenant_id, word)
);
CREATE INDEX name_word_trigrams ON record.name_word USING gin (word gin_trgm_ops);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.patient_name (
  tenant_id integer not null,
  patient_key bigint not null,
  id text not null,
  names text not null,
  families text[] not null,
  givens text[] not null,
  birth_date text default ''::text not null,
  sex text default ''::text not null,
  ins text default ''::text not null,
  phones text[] default '{}'::text[] not null,
  incomplete boolean default false not null,
  brief text not null,
  PRIMARY KEY (tenant_id, patient_key)
);
CREATE INDEX patient_name_birth ON record.patient_name USING btree (tenant_id, birth_date);
CREATE INDEX patient_name_incomplete ON record.patient_name USING btree (tenant_id, patient_key) WHERE incomplete;
CREATE INDEX patient_name_ins ON record.patient_name USING btree (tenant_id, ins) WHERE (ins <> ''::text);
CREATE INDEX patient_name_phone_1 ON record.patient_name USING btree (tenant_id, (phones[1]) COLLATE "C") WHERE (phones[1] IS NOT NULL);
CREATE INDEX patient_name_phone_2 ON record.patient_name USING btree (tenant_id, (phones[2]) COLLATE "C") WHERE (phones[2] IS NOT NULL);
CREATE INDEX patient_name_phone_3 ON record.patient_name USING btree (tenant_id, (phones[3]) COLLATE "C") WHERE (phones[3] IS NOT NULL);
CREATE INDEX patient_name_phones ON record.patient_name USING gin (phones);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.patient_word (
  tenant_id integer not null,
  family boolean not null,
  word text not null,
  patient_key bigint not null,
  PRIMARY KEY (tenant_id, family, word, patient_key)
);
CREATE INDEX patient_word_patient ON record.patient_word USING btree (tenant_id, patient_key, word);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.practice_cockpit (
  tenant_id integer not null,
  profession text not null,
  version integer not null,
  day text not null,
  practitioner text not null,
  updated timestamp with time zone default now() not null,
  PRIMARY KEY (tenant_id, profession)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.reading (
  tenant_id integer not null,
  rid bigint not null,
  id text not null,
  reader text not null,
  sign boolean not null,
  since timestamp with time zone not null,
  PRIMARY KEY (tenant_id, rid, reader)
);
CREATE INDEX reading_reader ON record.reading USING btree (tenant_id, reader, since);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.received (
  tenant_id integer not null,
  document text not null,
  name text not null,
  content_type text not null,
  size integer not null,
  by text not null,
  by_name text not null,
  at timestamp with time zone not null,
  state text default 'waiting'::text not null,
  version integer default 1 not null,
  facts text,
  patient text,
  document_version integer,
  reason text default ''::text not null,
  sorted_by text,
  sorted_name text,
  sorted_at timestamp with time zone,
  lab text,
  PRIMARY KEY (tenant_id, document),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'sorted'::text, 'refused'::text])))
);
CREATE INDEX received_sorted ON record.received USING btree (tenant_id, sorted_at DESC) WHERE (state <> 'waiting'::text);
CREATE INDEX received_waiting ON record.received USING btree (tenant_id, at) WHERE (state = 'waiting'::text);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select, update

create table record.result_waiting (
  tenant_id integer not null,
  id text not null,
  patient text not null,
  reader text,
  at timestamp with time zone not null,
  critical boolean,
  told timestamp with time zone,
  task text,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX result_waiting_critical ON record.result_waiting USING btree (tenant_id, at) WHERE (critical IS DISTINCT FROM false);
CREATE INDEX result_waiting_reader ON record.result_waiting USING btree (tenant_id, reader, at DESC, id);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.set_apart (
  tenant_id integer not null,
  one text not null,
  other text not null,
  by_name text not null,
  at timestamp with time zone default now() not null,
  PRIMARY KEY (tenant_id, one, other)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.text (
  tenant_id integer not null,
  rid bigint not null,
  type text not null,
  id text not null,
  patient bigint,
  day date not null,
  code text default ''::text not null,
  author text default ''::text not null,
  source text default ''::text not null,
  heading text default ''::text not null,
  body text default ''::text not null,
  words tsvector default ''::tsvector not null,
  state text not null,
  tries integer default 0 not null,
  pages integer,
  bytes_hash text default ''::text not null,
  text_hash text default ''::text not null,
  recognised integer default 0 not null,
  confidence real,
  unclaimed boolean default false not null,
  PRIMARY KEY (tenant_id, rid),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'read'::text, 'empty'::text, 'unreadable'::text, 'scanned'::text])))
);
CREATE INDEX text_bytes_hash ON record.text USING btree (tenant_id, bytes_hash) WHERE (bytes_hash <> ''::text);
CREATE INDEX text_day ON record.text USING btree (tenant_id, day DESC, rid DESC) INCLUDE (patient);
CREATE INDEX text_patient ON record.text USING btree (tenant_id, patient, day DESC, rid DESC);
CREATE INDEX text_scanned ON record.text USING btree (((patient IS NOT NULL)), recognised, tries, rid) WHERE (state = 'scanned'::text);
CREATE INDEX text_text_hash ON record.text USING btree (tenant_id, text_hash) WHERE (text_hash <> ''::text);
CREATE INDEX text_waiting ON record.text USING btree (tries, ((patient IS NOT NULL)), rid DESC) WHERE (state = 'waiting'::text);
CREATE INDEX text_words ON record.text USING gin (record.words_here(tenant_id, words)) WITH (fastupdate=off);
CREATE UNIQUE INDEX text_id ON record.text USING btree (tenant_id, type, id);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

create table record.treatment_proposal (
  tenant_id integer not null,
  id text not null,
  patient text not null,
  asked text,
  author text,
  at timestamp with time zone not null,
  answered timestamp with time zone,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX treatment_proposal_author ON record.treatment_proposal USING btree (tenant_id, author, at);
CREATE INDEX treatment_proposal_waiting ON record.treatment_proposal USING btree (tenant_id, at, id) WHERE (answered IS NULL);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update
