-- A document that a connected program left about nobody waits to be sorted (DOS-11); one that a take-over brought stays as it came, to be undone whole (ECH-7).
alter table record.text add column unclaimed boolean not null default false;
