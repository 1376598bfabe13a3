-- The FHIR R4 store. A resource is one row with its JSON text, its rights (kind, patient, author) and what hot searches filter on;
-- every other search goes through four narrow index tables. See docs/adr/0003-search-index.md.

create schema fhir;
grant usage on schema fhir to estran_app;

-- Internal numbers, handed out to servers in blocks of 512: the server knows the rid before it writes.
create sequence fhir.rid_block as bigint increment by 512 start 1;
grant usage on sequence fhir.rid_block to estran_app;

create table fhir.resource (
  tenant_id int not null,
  rid bigint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version int not null,
  updated timestamptz not null,
  deleted boolean not null default false,
  kind smallint not null,              -- bit number of access/kinds-of-data.ts
  key bigint not null,                 -- hash64('Type/id'): what references to this resource are joined on
  patient bigint,                      -- key of the Patient whose compartment it is in
  patients bigint[],                   -- all of them when more than one
  author bigint,                       -- key of the Practitioner who wrote it
  at timestamptz,                      -- the date professionals mean (effective, onset, birth date …)
  tokens bigint[] not null default '{}', -- every token and reference hash of the resource
  refs bigint[] not null default '{}',   -- keys of the resources it points to
  sort_text text collate "C",          -- normalised name or label
  content text not null,               -- the JSON as served, meta included; '' when deleted
  primary key (tenant_id, rid)
);
create unique index resource_id on fhir.resource (tenant_id, type, id);
create index resource_patient on fhir.resource (tenant_id, patient, type, at desc nulls last, rid) where patient is not null;
create index resource_rid on fhir.resource (tenant_id, type, rid);
create index resource_updated on fhir.resource (tenant_id, type, updated, rid);
create index resource_at on fhir.resource (tenant_id, type, at desc nulls last, rid);
create index resource_key on fhir.resource (tenant_id, key);
create index resource_sort_text on fhir.resource (tenant_id, type, sort_text, rid);

-- Versions before the current one.
create table fhir.history (
  tenant_id int not null,
  rid bigint not null,
  version int not null,
  type text collate "C" not null,
  id text collate "C" not null,
  updated timestamptz not null,
  deleted boolean not null,
  kind smallint not null,
  patient bigint,
  patients bigint[],
  author bigint,
  content text not null,
  primary key (tenant_id, rid, version)
);
create index history_type on fhir.history (tenant_id, type, updated);

-- hash64('Type|param|value') for tokens; hash64('Type|param') # key of the target for references.
create table fhir.token (
  tenant_id int not null,
  hash bigint not null,
  rid bigint not null,
  primary key (tenant_id, hash, rid)
);
create table fhir.date (
  tenant_id int not null,
  param bigint not null,               -- hash64('Type|param')
  low timestamptz not null,
  high timestamptz not null,
  rid bigint not null,
  primary key (tenant_id, rid, param, low, high)
);
create index date_search on fhir.date (tenant_id, param, low, high, rid);
create table fhir.quantity (
  tenant_id int not null,
  param bigint not null,               -- hash64('Type|param'), composites: # hash of the first component
  unit bigint not null,                -- 0: value alone; hash64('system|code') and hash64('|code')
  low double precision not null,
  high double precision not null,
  rid bigint not null,
  primary key (tenant_id, rid, param, unit, low, high)
);
create index quantity_search on fhir.quantity (tenant_id, param, unit, low, high, rid);
create table fhir.string (
  tenant_id int not null,
  param bigint not null,
  value text collate "C" not null,     -- lower case, no accents, at most 200 characters
  rid bigint not null,
  primary key (tenant_id, rid, param, value)
);
create index string_search on fhir.string (tenant_id, param, value, rid);

select platform.close_to_other_tenants(t) from unnest(array['fhir.resource','fhir.history','fhir.token','fhir.date','fhir.quantity','fhir.string']::regclass[]) t;
grant select, insert, update, delete on fhir.resource, fhir.token, fhir.date, fhir.quantity, fhir.string to estran_app;
grant select, insert on fhir.history to estran_app;
