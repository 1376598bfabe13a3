import type { Observation } from '@medplum/fhirtypes';
import { type FhirStore, ofType, type Stored } from '../../fhir/index.ts';
import { idOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { statusOf } from '../read/reading.ts';
import { isLab } from './report.rules.ts';

const isLabObservation = (observation: Observation): boolean =>
  (observation.category ?? []).some((one) => one.coding?.some(({ code }) => code === 'laboratory'));

/** The laboratory of a patient, as much of it as I may see: reports and values, newest first. */
export async function gatherLab(entered: Entered): Promise<{
  reports: Stored<'DiagnosticReport'>[];
  observations: Stored<'Observation'>[];
  of: Map<string, Stored<'Observation'>>;
}> {
  const found = await entered.store.compartment(entered.patientId, {
    types: ['DiagnosticReport', 'Observation'],
    each: [400, 4000],
    toShow: true,
  });
  await entered.room.directory.learn(entered.store, found);
  // Most observations of a record are no laboratory's: told from the text, before it is parsed.
  const standing = found
    .filter(
      (one) => one.type === 'DiagnosticReport' || one.text.includes('laboratory') || !one.text.includes('vital-signs'),
    )
    .filter((one) => statusOf(one.resource) !== 'entered-in-error' && one.resource.status !== 'cancelled');
  const reports = ofType(standing, 'DiagnosticReport').filter((one) => isLab(one.resource));
  const named = new Set(reports.flatMap((one) => (one.resource.result ?? []).map(({ reference }) => reference)));
  const observations = ofType(standing, 'Observation').filter(
    (one) => named.has(`Observation/${one.id}`) || isLabObservation(one.resource),
  );
  return { reports, observations, of: new Map(observations.map((one) => [`Observation/${one.id}`, one])) };
}

/** What these reports carry, by reference. */
export async function observationsOf(
  store: FhirStore,
  reports: readonly Stored<'DiagnosticReport'>[],
): Promise<Map<string, Stored<'Observation'>>> {
  const ids = [
    ...new Set(
      reports
        .flatMap((one) => (one.resource.result ?? []).map((reference) => idOf(reference, 'Observation')))
        .filter((id) => id !== undefined),
    ),
  ];
  const found = new Map<string, Stored<'Observation'>>();
  for (let at = 0; at < ids.length; at += 100)
    for (const one of (
      await store.search('Observation', [
        ['_id', ids.slice(at, at + 100).join(',')],
        ['_count', '100'],
      ])
    ).resources)
      found.set(`Observation/${one.id}`, one);
  return found;
}
