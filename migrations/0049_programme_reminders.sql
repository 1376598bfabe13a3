-- Reminders that leave by themselves (PRJ-2, PRJ-4): how many days before the last day, as data of a questionnaire and of a date poll; none: they are off. What left is told by programme.mail and needs_person.
alter table programme.needs add column remind_before int[] not null default '{7,2}';
alter table programme.poll add column remind_before int[] not null default '{7,2}';
