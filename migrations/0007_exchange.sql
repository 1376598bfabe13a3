-- Taking data in (reprise de données). Nothing here is the record: what is valid lives in the FHIR store.

create schema exchange;
grant usage on schema exchange to estran_app;

-- One take-over, from the choice of files to its end or its undoing.
create table exchange.run (
  tenant_id int not null,
  id bigint generated always as identity,
  source text collate "C" not null default '', -- name of the software the ids come from; '' when ids are this practice's own
  state text collate "C" not null check (state in ('receiving', 'ready', 'checking', 'running', 'stopped', 'done', 'failed', 'undoing', 'undone')),
  stored boolean not null default false,    -- files are under the data folder, ours to remove
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  beat_at timestamptz,                      -- last sign of life of the process that works on it
  worker text collate "C",                  -- host:pid:instance of that process
  actor text collate "C" not null,          -- 'Practitioner/…' or 'System'
  actor_name text not null default '',
  progress jsonb not null default '{}',
  counts jsonb not null default '{}',       -- type → {created, updated, unchanged, existing, rejected}
  checked jsonb,                            -- report of the dry run
  report jsonb,                             -- report of the import or of its undoing
  failure text,
  primary key (tenant_id, id)
);

create table exchange.file (
  tenant_id int not null,
  run bigint not null,
  ord int not null,
  name text not null,                       -- as the person knows it; never used as a path
  path text not null,                       -- where it is read
  bytes bigint not null,
  stamp text collate "C" not null,          -- size and time of change: another file under the name starts anew
  rank smallint not null default 1,         -- 0 directories (no patient), 1 the rest
  state text collate "C" not null default 'waiting' check (state in ('waiting', 'reading', 'done', 'refused', 'ignored')),
  done bigint not null default 0,           -- entries or lines dealt with and committed
  at_byte bigint not null default 0,        -- of the decompressed text, for a file read by lines
  reason text,
  primary key (tenant_id, run, ord)
);

-- What came from where. `origin` is hash64 of the identity at the source; a row without content is an id kept for what others point to.
create table exchange.origin (
  tenant_id int not null,
  origin bigint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  content bigint,                           -- hash64 of the content as it came
  version int,                              -- the version that the take-over wrote; another one standing means that people changed it
  run bigint not null,                      -- the run that created it, or that first spoke of it
  primary key (tenant_id, origin)
);
create index origin_run on exchange.origin (tenant_id, run);
-- Ids promised to resources that have not come: nobody else may take them.
create index origin_promised on exchange.origin (tenant_id, type, id) where content is null;

-- Resources that a run changed, for the way back.
create table exchange.change (
  tenant_id int not null,
  run bigint not null,
  origin bigint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  before_version int not null,
  before_content bigint,
  before_known int,                         -- origin.version before; null when the resource had not come by a take-over
  primary key (tenant_id, run, origin)
);

-- References by condition that met nothing yet: tried again at the end of the run.
create table exchange.pending (
  tenant_id int not null,
  run bigint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  target text collate "C" not null,         -- type looked for
  system text collate "C" not null,
  value text collate "C" not null,
  origin bigint not null,
  primary key (tenant_id, run, type, id, target, system, value)
);

create table exchange.quarantine (
  tenant_id int not null,
  id bigint generated always as identity,
  run bigint not null,
  file text not null,
  unit text collate "C" not null check (unit in ('entry', 'line')),
  place bigint not null,
  type text collate "C" not null default '',
  origin bigint not null,
  origin_key text not null default '',
  target_id text collate "C",               -- id kept for it in the store
  content_hash bigint not null,
  cause text collate "C" not null,          -- unreadable, invalid, identity, changed, exists, blocked, unsupported, refused
  issues jsonb not null,
  content text not null,
  status text collate "C" not null default 'open' check (status in ('open', 'corrected', 'discarded')),
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by text not null default '',
  version int not null default 1,           -- of the edited text: two people who correct at once are told
  primary key (tenant_id, id),
  unique (tenant_id, origin, content_hash)
);
create index quarantine_run on exchange.quarantine (tenant_id, run, id);
create index quarantine_open on exchange.quarantine (tenant_id, id) where status = 'open';

select platform.close_to_other_tenants(t) from unnest(array['exchange.run','exchange.file','exchange.origin','exchange.change','exchange.pending','exchange.quarantine']::regclass[]) t;
grant select, insert, update, delete on exchange.run, exchange.file, exchange.origin, exchange.change, exchange.pending, exchange.quarantine to estran_app;
