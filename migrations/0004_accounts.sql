-- Accounts, sessions, sign-in, clients, emergency access, delegation. Rows that belong to no practice yet (attempts, tickets of a sign-in,
-- the set-up code) live under tenant 0, the house itself.

create table access.account (
  tenant_id int not null,
  id text collate "C" not null,
  kind text collate "C" not null check (kind in ('care', 'privileged')), -- a privileged account reaches no clinical content (SEC-1)
  login text collate "C" not null,          -- e-mail, lower case; the same person may hold one account of each kind
  practitioner text collate "C" not null,   -- FHIR id
  practitioner_key bigint not null,
  family text not null,
  given text not null default '',
  profession text collate "C" not null,
  rpps text collate "C",
  roles text[] collate "C" not null default '{}',
  sites text[] collate "C" not null default '{}',
  status text collate "C" not null check (status in ('invited', 'active', 'disabled')),
  demo boolean not null default false,
  password_hash text,
  code_secret text,                         -- sealed with the server's key; see sign-in/secrets.ts
  code_confirmed boolean not null default false,
  code_last_step bigint not null default 0, -- a one-time code serves once
  recovery_hashes text[] collate "C" not null default '{}',
  psc jsonb,                                -- what Pro Santé Connect said of the person: subject, name, profession; never a token
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, login, kind),
  unique (tenant_id, practitioner),
  check (kind = 'care' or profession = 'administrator')
);
-- Sign-in looks across practices, as owner.
create index account_login on access.account (login);
create index account_rpps on access.account (rpps) where rpps is not null;

create table access.session (
  tenant_id int not null,
  hash text collate "C" not null,           -- sha256 of the cookie's random part
  account text collate "C" not null,
  state text collate "C" not null check (state in ('pending', 'open', 'locked')),
  method text collate "C" not null,         -- password, passkey, psc, demo, invitation
  address text collate "C" not null default '',
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  psc_checked_at timestamptz,
  code_proposed text,                       -- sealed secret of a one-time code being enrolled
  primary key (tenant_id, hash)
);
create index session_account on access.session (tenant_id, account);

-- Failed sign-ins, by account and by address: the next try is possible at next_at, never refused for good.
create table access.attempt (
  tenant_id int not null,
  subject text collate "C" not null,
  failures int not null,
  last_at timestamptz not null,
  next_at timestamptz not null,
  primary key (tenant_id, subject)
);

-- What serves once and expires: invitations, choices, challenges, OpenID states, the set-up code, identifiers of JWT seen.
create table access.ticket (
  tenant_id int not null,
  hash text collate "C" not null,
  purpose text collate "C" not null,
  subject text collate "C" not null default '',
  data jsonb not null default '{}',
  expires_at timestamptz not null,
  primary key (tenant_id, purpose, hash)
);

create table access.passkey (
  tenant_id int not null,
  id text collate "C" not null,             -- credential id, base64url
  account text collate "C" not null,
  public_key text not null,                 -- base64url
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (tenant_id, id)
);
create index passkey_account on access.passkey (tenant_id, account);

create table access.site (
  tenant_id int not null,
  id text collate "C" not null,             -- also the id of its FHIR Location
  name text not null,
  address text not null default '',
  primary key (tenant_id, id)
);

create table access.client (
  tenant_id int not null,
  id text collate "C" not null,             -- client_id: '<tenant>-<random>'
  name text not null,
  scope text not null,
  patient text collate "C",                 -- FHIR id of the only patient it may see
  secret_hash text,
  jwks jsonb,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create table access.client_token (
  tenant_id int not null,
  hash text collate "C" not null,
  client text collate "C" not null,
  scope text not null,
  expires_at timestamptz not null,
  primary key (tenant_id, hash)
);
create index client_token_client on access.client_token (tenant_id, client);

create table access.emergency_access (
  tenant_id int not null,
  id text collate "C" not null,
  practitioner text collate "C" not null,
  patient text collate "C" not null,
  reason text not null,
  at timestamptz not null default now(),
  until timestamptz not null,
  primary key (tenant_id, id)
);
create index emergency_access_patient on access.emergency_access (tenant_id, patient);

-- What a person must be told.
create table access.notice (
  tenant_id int not null,
  id text collate "C" not null,
  practitioner text collate "C" not null,   -- who is told
  kind text collate "C" not null,
  patient text collate "C",
  words text not null,
  at timestamptz not null default now(),
  read_at timestamptz,
  primary key (tenant_id, id)
);
create index notice_practitioner on access.notice (tenant_id, practitioner, at);

-- For a period, `delegate` acts under `responsible` (SEC-6). The care relations that follow are rows of access.care_relation kept by the
-- triggers below, so that the sight stays one probe.
create table access.delegation (
  tenant_id int not null,
  id text collate "C" not null,
  kind text collate "C" not null check (kind in ('delegation', 'locum', 'trainee')),
  delegate text collate "C" not null,       -- Practitioner ids
  responsible text collate "C" not null,
  responsible_key bigint not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  created_by text collate "C" not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check (delegate <> responsible),
  check (valid_from <= valid_until)
);
create index delegation_responsible on access.delegation (tenant_id, responsible_key);
create index delegation_delegate on access.delegation (tenant_id, delegate);

create function access.key_of(reference text) returns bigint language sql immutable parallel safe
  return ('x' || left(md5(reference), 16))::bit(64)::bigint;

-- The rows read are locked (for share): a delegation that ends while a relation is added, or the reverse, would else leave a relation behind.
-- What a delegate draws from one relation of the responsible person. Emergency access is personal and is not handed on; neither is what
-- was itself drawn from a delegation.
create function access.derive_relation(d access.delegation, r access.care_relation) returns void language sql as $$
  insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient, role, valid_from, valid_until)
  select d.tenant_id, access.key_of('Practitioner/' || d.delegate), r.patient_key, 'delegation/' || d.id || '/' || r.source, d.delegate,
         r.patient, d.kind, greatest(d.valid_from, r.valid_from), least(d.valid_until, r.valid_until)
  where split_part(r.source, '/', 1) not in ('delegation', 'emergency')
    and greatest(d.valid_from, r.valid_from) < least(d.valid_until, r.valid_until);
$$;

create function access.follow_relation() returns trigger language plpgsql as $$
declare d access.delegation;
begin
  if tg_op in ('UPDATE', 'DELETE') and split_part(old.source, '/', 1) not in ('delegation', 'emergency') then
    delete from access.care_relation c using access.delegation g
    where g.tenant_id = old.tenant_id and g.responsible_key = old.practitioner_key and c.tenant_id = old.tenant_id
      and c.practitioner_key = access.key_of('Practitioner/' || g.delegate) and c.patient_key = old.patient_key
      and c.source = 'delegation/' || g.id || '/' || old.source;
  end if;
  if tg_op in ('INSERT', 'UPDATE') and split_part(new.source, '/', 1) not in ('delegation', 'emergency') then
    for d in select * from access.delegation g where g.tenant_id = new.tenant_id and g.responsible_key = new.practitioner_key for share loop
      perform access.derive_relation(d, new);
    end loop;
  end if;
  return null;
end $$;
create trigger follow_relation after insert or update or delete on access.care_relation
  for each row execute function access.follow_relation();

create function access.follow_delegation() returns trigger language plpgsql as $$
declare r access.care_relation;
begin
  if tg_op in ('UPDATE', 'DELETE') then
    delete from access.care_relation c where c.tenant_id = old.tenant_id
      and c.source >= 'delegation/' || old.id || '/' and c.source < 'delegation/' || old.id || '0';
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    for r in select * from access.care_relation c where c.tenant_id = new.tenant_id and c.practitioner_key = new.responsible_key for share loop
      perform access.derive_relation(new, r);
    end loop;
  end if;
  return null;
end $$;
create trigger follow_delegation after insert or update or delete on access.delegation
  for each row execute function access.follow_delegation();

-- Accesses that deserve a second look (SEC-8), found in the ledger from where the last search ended.
create table access.unusual_access (
  tenant_id int not null,
  rule text collate "C" not null,           -- family, colleague, own-record, mass-reading
  actor text collate "C" not null,
  subject text collate "C" not null,        -- patient id, or the hour of a mass reading
  actor_name text not null default '',
  first_at timestamptz not null,
  last_at timestamptz not null,
  count int not null,
  reviewed_by text,
  reviewed_at timestamptz,
  review text,
  primary key (tenant_id, rule, actor, subject)
);
create table access.unusual_access_progress (
  tenant_id int not null primary key,
  last_txid bigint not null
);

select platform.close_to_other_tenants(t) from unnest(array['access.account','access.session','access.attempt','access.ticket','access.passkey',
  'access.site','access.client','access.client_token','access.emergency_access','access.notice','access.delegation','access.unusual_access',
  'access.unusual_access_progress']::regclass[]) t;
grant select, insert, update, delete on access.account, access.session, access.attempt, access.ticket, access.passkey, access.site, access.client,
  access.client_token, access.notice, access.delegation, access.unusual_access, access.unusual_access_progress to estran_app;
grant select, insert on access.emergency_access to estran_app;
