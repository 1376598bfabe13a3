-- Words of scanned pages and of photographs, recognised a page at a time (docs/adr/0034-text-recognition.md).
alter table record.text drop constraint text_state_check;
alter table record.text add constraint text_state_check check (state in ('waiting', 'read', 'empty', 'unreadable', 'scanned'));
alter table record.text add column recognised int not null default 0, -- pages that are done; with the state «scanned» others are not
  add column confidence real;                                         -- 0–1, of what was recognised; null: the words are the file's own
-- The first page of each before the second of any: it says who a document is about.
create index text_scanned on record.text ((patient is not null), recognised, tries, rid) where state = 'scanned';
