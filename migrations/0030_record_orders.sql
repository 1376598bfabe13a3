-- A device that is asked for is of the kind `exchanges` (20), as care is, no more `treatments` (6); a test of the kind of its answer, `results` (7): docs/adr/0022.
update fhir.resource set kind = 20 where type = 'DeviceRequest' and kind = 6;
update fhir.history set kind = 20 where type = 'DeviceRequest' and kind = 6;
