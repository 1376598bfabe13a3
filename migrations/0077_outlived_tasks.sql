-- A task that was asked before the day on which its patient died: it still waits to be ended by somebody, and is late no more (COO-7). Kept in step by the watch of tasks.
alter table coordination.task add column outlived boolean not null default false;
