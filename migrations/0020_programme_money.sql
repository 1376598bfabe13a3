-- The money of the projects: who is counted, quotes, agreements, payments, budgets of the calls. Amounts are whole cents. Who reaches what is decided in programme/money/reach.ts.
-- A change of the persons who are counted, each with its reason; the first are those of the application.
create table programme.project_team (
  tenant_id int not null,
  project text collate "C" not null,
  version int not null,
  members jsonb not null,                      -- persons by profession
  subscription_cents int,                      -- a month and person; null: that of the quotes
  facts jsonb not null,                        -- what the rule of subscriptions looks at
  reason text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, version)
);
-- What is asked of the vendors, in words.
create table programme.quote_ask (
  tenant_id int not null,
  project text collate "C" not null,
  version int not null,
  words text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, version)
);
create table programme.quote (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  vendor_person text collate "C",              -- the vendor's person whose quote it is; null: entered by others
  version int not null,
  state text collate "C" not null check (state in ('proposed', 'accepted', 'withdrawn')),
  reason text not null default '',             -- of a withdrawal
  file text collate "C",
  revision int not null,                       -- counts every change
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index quote_project on programme.quote (tenant_id, project);
create index quote_vendor on programme.quote (tenant_id, vendor_person);
create table programme.quote_version (
  tenant_id int not null,
  quote text collate "C" not null,
  version int not null,
  vendor text not null,
  number text not null,
  dated date not null,
  note text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, quote, version)
);
create table programme.quote_line (
  tenant_id int not null,
  quote text collate "C" not null,
  version int not null,
  id text collate "C" not null,
  position int not null,
  label text not null,
  kind text collate "C" not null,
  quantity int not null check (quantity > 0),  -- thousandths
  unit_cents int not null check (unit_cents >= 0),
  vat int not null check (vat between 0 and 10000), -- hundredths of a percent
  total_cents int not null check (total_cents >= 0),
  recurring boolean not null,
  spent_on date,                               -- null: the day of the quote
  decision text collate "C" not null default 'pending' check (decision in ('pending', 'validated', 'refused')),
  reason text not null default '',
  decided_by text,
  decided_at timestamptz,
  primary key (tenant_id, quote, version, id)
);

-- An agreement; the newest counts. Its paper and its figures are frozen when it is issued.
create table programme.agreement (
  tenant_id int not null,
  project text collate "C" not null,
  version int not null,
  paper text collate "C" not null,
  reference text collate "C" not null,
  amount_cents bigint not null check (amount_cents > 0),
  ceiling_cents bigint not null,
  state text collate "C" not null check (state in ('issued', 'signed', 'cancelled')),
  signed_on date,
  signed_team text not null default '',
  signed_region text not null default '',
  reason text not null default '',             -- of a cancellation
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, version)
);
-- The payments of a signed agreement: their sum is its amount.
create table programme.payment (
  tenant_id int not null,
  project text collate "C" not null,
  agreement int not null,
  number int not null,
  percent int not null,
  occasion text not null,
  cents bigint not null check (cents >= 0),
  state text collate "C" not null check (state in ('due', 'ordered', 'paid')),
  ordered_on date,
  paid_on date,
  reference text not null default '',
  version int not null,
  primary key (tenant_id, project, agreement, number)
);
create table programme.payment_act (
  tenant_id int not null,
  project text collate "C" not null,
  agreement int not null,
  number int not null,
  seq int not null,
  act text collate "C" not null check (act in ('order', 'pay', 'cancel')),
  on_day date not null,
  reference text not null,
  reason text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, project, agreement, number, seq)
);
-- A request about hardware: it can be examined, and promises nothing (FIN-6).
create table programme.hardware_request (
  tenant_id int not null,
  id text collate "C" not null,
  project text collate "C" not null,
  words text not null,
  cents int,
  state text collate "C" not null check (state in ('asked', 'examined', 'withdrawn')),
  answer text not null default '',
  answered_by text,
  answered_at timestamptz,
  version int not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index hardware_project on programme.hardware_request (tenant_id, project);
-- What a call may spend, with its history: the newest counts.
create table programme.budget (
  tenant_id int not null,
  edition text collate "C" not null,
  version int not null,
  cents bigint not null check (cents >= 0),
  reason text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, edition, version)
);

select platform.close_to_other_tenants(t) from unnest(array['programme.project_team','programme.quote_ask','programme.quote','programme.quote_version','programme.quote_line','programme.agreement','programme.payment','programme.payment_act',
  'programme.hardware_request','programme.budget']::regclass[]) t;
-- What was said, offered, done or budgeted stays; what follows from it is updated.
grant select, insert on programme.project_team, programme.quote_ask, programme.quote_version, programme.payment_act, programme.budget to estran_app;
grant select, insert, update on programme.quote, programme.quote_line, programme.agreement, programme.payment, programme.hardware_request to estran_app;
