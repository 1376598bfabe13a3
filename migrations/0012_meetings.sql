-- Case meetings (COO-4, COO-5): indexes without words of the Appointments that are meetings and of the Encounters in which a patient is proposed or
-- discussed, written with them in their transaction; and the live minutes before they are filed.
create table coordination.meeting (
  tenant_id int not null,
  id text collate "C" not null,
  state text collate "C" not null,             -- proposed, booked, arrived, fulfilled, cancelled: of the Appointment
  starts timestamptz not null default 'infinity',
  people text[] collate "C" not null default '{}', -- Practitioner ids invited
  -- The patient under discussion now, for those who follow on their own screen.
  current text collate "C",
  primary key (tenant_id, id)
);
create index meeting_starts on coordination.meeting (tenant_id, starts, id);
select platform.close_to_other_tenants('coordination.meeting');
grant select, insert, update, delete on coordination.meeting to estran_app;

create table coordination.discussion (
  tenant_id int not null,
  id text collate "C" not null,                -- Encounter
  patient text collate "C" not null,
  patient_key bigint not null,
  meeting text collate "C" not null default '', -- '': waits for a meeting
  state text collate "C" not null,             -- planned, in-progress, finished, cancelled
  position int not null default 0,
  urgent boolean not null default false,
  proposed timestamptz not null,
  primary key (tenant_id, id)
);
create index discussion_meeting on coordination.discussion (tenant_id, meeting, position, id);
create index discussion_patient on coordination.discussion (tenant_id, patient_key, id);
select platform.close_to_other_tenants('coordination.discussion');
grant select, insert, update, delete on coordination.discussion to estran_app;

-- Yjs updates of the minutes of one patient, in the order in which they were acknowledged; merged into one row now and then. They are let go when
-- the minutes stand in the record and nobody can write late any more.
create table coordination.minutes_update (
  tenant_id int not null,
  discussion text collate "C" not null,
  seq bigint not null,
  author_key bigint not null,
  bytes bytea not null,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, discussion, seq)
);
select platform.close_to_other_tenants('coordination.minutes_update');
grant select, insert, update, delete on coordination.minutes_update to estran_app;

-- Who was there: for the figures, which count professions and people and name nobody.
create table coordination.attendance (
  tenant_id int not null,
  id text collate "C" not null,                -- AppointmentResponse
  meeting text collate "C" not null,
  practitioner text collate "C",               -- null: someone from outside
  there boolean not null,
  primary key (tenant_id, id)
);
create index attendance_meeting on coordination.attendance (tenant_id, meeting, id);
select platform.close_to_other_tenants('coordination.attendance');
grant select, insert, update, delete on coordination.attendance to estran_app;
