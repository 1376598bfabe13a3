-- Amendments to an agreement that is signed (FIN-7): while one is open its figures move again; once signed, what was ordered stays and what is due is computed anew. Who may what is decided in programme/money/reach.ts.
create table programme.amendment (
  tenant_id int not null,
  project text collate "C" not null,
  seq int not null,
  agreement int not null,                      -- version of the agreement that it amends
  number int,                                  -- of the paper; null until it is issued
  paper text collate "C",
  reference text collate "C" not null default '',
  reason text not null,
  amount_cents bigint check (amount_cents > 0), -- frozen when it is issued, like its ceiling
  ceiling_cents bigint,
  state text collate "C" not null check (state in ('open', 'issued', 'signed', 'cancelled')),
  signed_on date,
  signed_team text not null default '',
  signed_region text not null default '',
  cancelled_reason text not null default '',
  by_name text not null,
  at timestamptz not null,
  issued_at timestamptz,
  primary key (tenant_id, project, seq)
);
-- One at a time.
create unique index amendment_pending on programme.amendment (tenant_id, project) where state in ('open', 'issued');
-- `share`: of the call; `supplement`: once all shares are ordered; `recovery`: what was paid too much, owed by the team.
alter table programme.payment add column kind text collate "C" not null default 'share' check (kind in ('share', 'supplement', 'recovery'));

select platform.close_to_other_tenants('programme.amendment'::regclass);
grant select, insert, update on programme.amendment to estran_app;
