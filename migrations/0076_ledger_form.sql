-- How the entries of a block are written out for its hash (SEC-8, docs/adr/0005). 1: words beside one another, in which a value may pass for its neighbour's;
-- 2: JSON arrays, in which each value has its place.
alter table audit.seal add column form smallint not null default 1;
