-- Way of life and social situation are of a kind of their own, `lifestyle` (21), no more `history` (4). «No known family history» stays with the history. A practice's own
-- rights on the history, and patients' oppositions to it, hold for both as before.
update fhir.resource set kind = 21 where type = 'Observation' and kind = 4
  and content not like '%"urn:estran:history-topic","code":"personal"%' and content not like '%"urn:estran:history-topic","code":"family"%' and content not like '%"urn:estran:history-topic","code":"procedure"%';
update fhir.history set kind = 21 where type = 'Observation' and kind = 4
  and content not like '%"urn:estran:history-topic","code":"personal"%' and content not like '%"urn:estran:history-topic","code":"family"%' and content not like '%"urn:estran:history-topic","code":"procedure"%';
insert into access.profession_right (tenant_id, profession, kind, reach, write) select tenant_id, profession, 'lifestyle', reach, write from access.profession_right where kind = 'history';
update access.opposition set kinds = kinds | (1 << 21) where kinds & (1 << 4) <> 0;
