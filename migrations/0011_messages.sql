-- Index of messages (COO-8) and of the boxes of the practice (COO-9), without a word of content: what lists, counts and hints walk. Written with each
-- Communication or Group, in its transaction, whoever writes. A thread carries the columns that rights are decided on (access/sight.ts), so
-- that the very predicate of the store cuts lists, counts and hints.
create table coordination.thread (
  tenant_id int not null,
  id text collate "C" not null,          -- of its first Communication
  about text collate "C" not null,       -- 'Patient/id' or 'Group/id'
  type text collate "C" not null default 'Communication',
  kind smallint not null,
  patient bigint not null,
  patients bigint[],
  author bigint,
  last_n int not null,                   -- number of the last message; messages of a thread are numbered under its lock, so that what is read is a number
  last_id text collate "C" not null,
  last_at timestamptz not null,
  urgent_n int not null default 0,       -- number of the last urgent one
  to_team boolean not null default false,
  box text collate "C",
  box_state text collate "C" check (box_state in ('open', 'taken', 'done')),
  box_since timestamptz,                 -- in this state since
  handler text collate "C",
  told timestamptz,                      -- when the coordinators were told that nobody took it
  primary key (tenant_id, id)
);
create index thread_about on coordination.thread (tenant_id, patient, last_at, id);
create index thread_last on coordination.thread (tenant_id, last_at desc, id desc);
create index thread_box on coordination.thread (tenant_id, box, last_at, id) where box is not null;
create index thread_box_open on coordination.thread (tenant_id, box_since) where box_state = 'open';

create table coordination.message (
  tenant_id int not null,
  id text collate "C" not null,
  thread text collate "C" not null,
  n int not null,
  at timestamptz not null,
  author bigint,
  urgent boolean not null,
  primary key (tenant_id, id)
);
create unique index message_thread on coordination.message (tenant_id, thread, n);

-- Who takes part: everything up to read_n has been seen.
create table coordination.thread_person (
  tenant_id int not null,
  person bigint not null,
  thread text collate "C" not null,
  practitioner text collate "C" not null,
  read_n int not null default 0,
  mentioned_n int not null default 0,
  muted boolean not null default false,
  archived boolean not null default false,
  stands_in_for text collate "C",
  primary key (tenant_id, person, thread)
);
create index thread_person_thread on coordination.thread_person (tenant_id, thread);

-- Who read which message when; a receipt is not a new version of the message.
create table coordination.receipt (
  tenant_id int not null,
  message text collate "C" not null,
  person bigint not null,
  practitioner text collate "C" not null,
  at timestamptz not null,
  primary key (tenant_id, message, person)
);

create table coordination.absence (
  tenant_id int not null,
  id text collate "C" not null,
  practitioner text collate "C" not null,
  delegate text collate "C",
  starts timestamptz not null,
  ends timestamptz not null,
  declared_by text collate "C" not null,
  primary key (tenant_id, id)
);
create index absence_ends on coordination.absence (tenant_id, ends);

-- The boxes of the practice, drawn from their Groups.
create table coordination.box (
  tenant_id int not null,
  id text collate "C" not null,
  name text not null,
  professions text[] not null,
  people text[] not null,
  members text[] not null,               -- who is in it now: people, those of the professions, stand-ins
  primary key (tenant_id, id)
);

-- Who took, handed over, handled, reopened a message of a box.
create table coordination.box_step (
  tenant_id int not null,
  thread text collate "C" not null,
  n bigint generated always as identity,
  act text collate "C" not null,
  practitioner text collate "C" not null,
  whom text collate "C",
  at timestamptz not null,
  primary key (tenant_id, thread, n)
);
select platform.close_to_other_tenants(t) from unnest(array['coordination.thread','coordination.message','coordination.thread_person','coordination.receipt','coordination.absence','coordination.box','coordination.box_step']::regclass[]) t;
grant select, insert, update, delete on coordination.thread, coordination.message, coordination.thread_person, coordination.receipt, coordination.absence, coordination.box, coordination.box_step to estran_app;
