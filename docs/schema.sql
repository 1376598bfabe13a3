-- What the migrations come to, written by `npm run derive` from a migrated database; for reading, not for running.

-- function access.derive_relation(access.delegation,access.care_relation) returns void
-- function access.follow_delegation() returns trigger
-- function access.follow_relation() returns trigger
-- function access.join_practice_circle() returns trigger
-- function access.key_of(text) returns bigint
-- function audit."position"() returns bigint
-- function platform.close_to_other_tenants(regclass) returns void
-- function platform.tenant() returns integer
-- function record.find_patients(text[],text,text,text,text,boolean,integer) returns record

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
  PRIMARY KEY (tenant_id, rid, version)
);
CREATE INDEX history_type ON fhir.history USING btree (tenant_id, type, updated);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: insert, select

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

create table programme.member (
  tenant_id integer not null,
  application text not null,
  practitioner text not null,
  name text not null,
  PRIMARY KEY (tenant_id, application, practitioner)
);
-- row-level security; policy own_tenant for all: using ((tenant_id = platform.tenant())) with check ((tenant_id = platform.tenant()))
-- estran_app may: delete, insert, select, update

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

create table public.estran_migration (
  name text not null,
  at timestamp with time zone default now() not null,
  PRIMARY KEY (name)
);
-- no row-level security
-- estran_app may: nothing

create table record.draft (
  tenant_id integer not null,
  practitioner text not null,
  key text not null,
  patient text,
  form text not null,
  label text default ''::text not null,
  data text not null,
  updated timestamp with time zone default now() not null,
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
