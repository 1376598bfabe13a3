-- Two who change the same site or the same person (SEC-11): who was first, and when. A site that is taken away comes back as it was, under the number that people and rooms know.
alter table access.site add column version int not null default 1, add column changed_by text not null default '', add column changed_at timestamptz, add column removed_at timestamptz;
alter table access.account add column version int not null default 1, add column changed_by text not null default '', add column changed_at timestamptz;
