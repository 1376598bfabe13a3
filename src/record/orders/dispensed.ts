import type { MedicationDispense, Reference } from '@medplum/fhirtypes';
import type { FhirStore } from '../../fhir/index.ts';
import { dayOf } from '../dates.rules.ts';
import { idOf } from '../fhir-words.ts';
import { handedOver, isDispensed } from '../treatments/dispense.rules.ts';
import { prescriptionsOnly, type Said, saidOf, timesIn, wayOf, withSaid } from './task.rules.ts';

/** On the word «délivré»: the dispense that said it. */
const dispenseUrl = 'urn:estran:dispense';
const sourceOf = (by: Reference): string | undefined =>
  by.extension?.find(({ url }) => url === dispenseUrl)?.valueReference?.reference;

/**
 * A dispense that names the prescription it answers says that the line was given out, whoever writes it and wherever it comes from; one that is taken back says so no more. In the transaction of the dispense.
 * @param house the store of the house: a program has no person behind it
 */
export async function dispensed(
  house: FhirStore,
  id: string,
  written: MedicationDispense | null,
  now: Date,
): Promise<void> {
  const dispense = written ?? (await asItWas(house, id));
  const ref = `MedicationDispense/${id}`;
  const asked = (dispense?.authorizingPrescription ?? []).flatMap((one) => idOf(one, 'MedicationRequest') ?? []);
  const at = dispense && handedOver(dispense);
  if (!dispense || !at) return;
  const counts = written !== null && isDispensed(dispense);
  for (const request of asked.slice(0, 50)) {
    const { resources } = await house.search('Task', [
      ['focus', `MedicationRequest/${request}`],
      ['_count', '5'],
    ]);
    for (const stored of prescriptionsOnly(resources)) {
      const task = stored.resource;
      if (
        wayOf(task) !== 'supply' ||
        task.for?.reference !== dispense.subject?.reference ||
        task.status === 'cancelled'
      )
        continue;
      const said = saidOf(task);
      const others = said.filter(({ by }) => sourceOf(by) !== ref);
      const known = others.length < said.length;
      // Said by hand the same day it is the same box; nothing is given out beyond what was prescribed.
      const given = others.filter(({ act }) => act === 'deliver');
      const already = given.length >= timesIn(task) || given.some((one) => !sourceOf(one.by) && sameDay(one, at));
      if (counts ? known || already : !known) continue;
      const by: Reference = {
        ...(dispense.performer?.[0]?.actor ?? { display: 'Délivrance' }),
        extension: [
          ...(dispense.performer?.[0]?.actor.extension ?? []),
          { url: dispenseUrl, valueReference: { reference: ref } },
        ],
      };
      const word: Said = { act: 'deliver', at: at.length > 10 ? at : `${at}T12:00:00Z`, by };
      await house.update(withSaid(task, counts ? [...others, word] : others, now.toISOString()), {
        ifMatch: `W/"${stored.version}"`,
        reason: counts ? 'délivrance notée' : 'délivrance retirée',
      });
    }
  }
}
const sameDay = (one: Said, at: string): boolean => dayOf(one.at) === dayOf(at);
/** What was deleted, to know what it was of. */
async function asItWas(house: FhirStore, id: string): Promise<MedicationDispense | undefined> {
  const { versions } = await house.history('MedicationDispense', id, { count: 5 });
  return versions.find(({ deleted }) => !deleted)?.resource;
}
