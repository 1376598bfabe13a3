-- The next documents to read, of any practice, in the order in which they are taken: tens of thousands wait after a take-over.
drop index record.text_waiting;
create index text_waiting on record.text (tries, (patient is not null), rid desc) where state = 'waiting';
