-- Kind of data of what is set aside: whoever takes data in sees values of the kinds that they reach (docs/adr/0013). '' is unknown.
alter table exchange.quarantine add column kind text collate "C" not null default '';
