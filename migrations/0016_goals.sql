-- Goals and care plans are of the kind `summary` (3), no more `coordination` (15): docs/adr/0013. A plan whose category says its kind keeps it.
update fhir.resource set kind = 3 where type in ('Goal', 'CarePlan') and kind = 15 and content not like '%"urn:estran:category"%';
update fhir.history set kind = 3 where type in ('Goal', 'CarePlan') and kind = 15 and content not like '%"urn:estran:category"%';
