-- Files of laboratories among those that arrive (docs/adr/0030-lab-files.md): what the file says of itself, JSON of documents/lab-file.rules.ts; null: not a laboratory's file. No value stands here.
alter table record.received add column lab text;
