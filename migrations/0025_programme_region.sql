-- The region's view: where practices stand on the map, teams that give up their place, long work that goes on behind the screens. Rows live under the tenant of the
-- region (0015). Nothing here is about a patient.
-- Where an officer placed a practice that its territory does not place by itself; map units of programme/region/communes.ts.
create table programme.place (
  tenant_id int not null,
  practice text collate "C" not null,          -- public id
  commune text collate "C",                    -- INSEE code; null: shown on the map by hand
  department text collate "C" not null,
  label text not null,
  x int not null,
  y int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, practice)
);
-- A team gives up the place, or the rank on the waiting list, that a notified decision gave it.
create table programme.renunciation (
  tenant_id int not null,
  application text collate "C" not null,
  edition text collate "C" not null,
  decision int not null,                       -- the one that gave the place
  outcome text collate "C" not null check (outcome in ('chosen', 'waiting')),
  reason text not null,
  by text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, application)
);
create index renunciation_edition on programme.renunciation (tenant_id, edition);

-- Long work, in parts: each part is written once, in a transaction of its own, so that work that was cut goes on where it was.
create table programme.job (
  tenant_id int not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  edition text collate "C" not null,
  name text not null,                          -- of the file it makes
  plan jsonb not null,                         -- what each part is made of, set at the beginning
  state text collate "C" not null check (state in ('waiting', 'running', 'done', 'failed', 'stopped')),
  done int not null default 0,
  total int not null,
  attempts int not null default 0,
  failure text,
  claim text collate "C",                      -- which run holds it
  by text collate "C" not null,
  by_name text not null,
  at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id)
);
create index job_state on programme.job (tenant_id, state);
create table programme.job_part (
  tenant_id int not null,
  job text collate "C" not null,
  number int not null,
  name text not null,
  bytes bytea not null,
  primary key (tenant_id, job, number)
);

select platform.close_to_other_tenants(t) from unnest(array['programme.place','programme.renunciation','programme.job','programme.job_part']::regclass[]) t;
grant select, insert, update, delete on programme.place to estran_app;
grant select, insert on programme.renunciation to estran_app;
grant select, insert, update on programme.job to estran_app;
-- What was made is kept for some days.
grant select, insert, delete on programme.job_part to estran_app;
