-- What came first is not put in the place of what is more recent (ECH-7, docs/adr/0053).
alter table exchange.origin add column said_at timestamptz;  -- when the source last changed what came (meta.lastUpdated); null: it did not say
