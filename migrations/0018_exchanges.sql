-- What carers say among themselves about a patient is of a kind of its own, `exchanges` (20), no more `coordination` (15), which coordinators reach in the
-- whole practice: docs/adr/0013. What a protocol or a case meeting asks says so by its category and keeps its kind.
update fhir.resource set kind = 20 where kind = 15 and (type in ('Communication', 'CommunicationRequest', 'ServiceRequest') or (type = 'Binary' and content like '%"urn:estran:category"%"message"%'))
  and content not like '%"urn:estran:category","code":"protocol"%' and content not like '%"urn:estran:category","code":"case-meeting"%';
update fhir.history set kind = 20 where kind = 15 and (type in ('Communication', 'CommunicationRequest', 'ServiceRequest') or (type = 'Binary' and content like '%"urn:estran:category"%"message"%'))
  and content not like '%"urn:estran:category","code":"protocol"%' and content not like '%"urn:estran:category","code":"case-meeting"%';
update coordination.thread set kind = 20 where kind = 15;
