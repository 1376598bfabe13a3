-- Who linked a program: shown to those who answer for the practice, and looked at again when that account is closed.
alter table access.client add column created_by text collate "C"; -- Practitioner id; null: by command
