import type { z } from 'zod';
import { ifThere, type ResourceType } from '../../fhir/index.ts';
import { conflict } from '../../platform/index.ts';
import type { Written } from '../contract.ts';
import type { doseHistory, TreatmentAct } from '../contract/wire-treatments.ts';
import { dosagesFromText, withPeriod } from '../contract/treatments/dosage.rules.ts';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { idOf, labelOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { correctionUrl, extensionText, medicationLabel, withExtension } from '../read/labels.ts';
import { statusOf, writerOf } from '../read/reading.ts';
import { dateIn, stamped } from '../write/author.ts';
import { entryOf, replace, typeNamed, written } from '../write/save.ts';
import { decidedOf } from './reconciliations.ts';
import {
  dosagesIn,
  endedUrl,
  isMedicine,
  isTreatment,
  type Medicine,
  type StoredMedicine,
  treatmentState,
} from './course.rules.ts';

/** The medicine after the act: the same entry, its next version. What was signed keeps its versions, and a prescription points to the one that was signed. */
export function acted(entered: Entered, medicine: Medicine, act: TreatmentAct) {
  const request = medicine.resourceType === 'MedicationRequest';
  const why = act.reason ? { text: act.reason } : undefined;
  const made = (): Medicine => {
    switch (act.act) {
      case 'stop': {
        const end = dateIn(entered, 'at', act.at) ?? entered.reading.today;
        return request
          ? {
              ...medicine,
              status: 'stopped',
              statusReason: why,
              extension: withExtension(medicine, endedUrl, { valueDate: end }),
            }
          : {
              ...medicine,
              status: 'stopped',
              statusReason: why && [why],
              effectivePeriod: {
                ...(medicine.effectivePeriod ??
                  (medicine.effectiveDateTime ? { start: medicine.effectiveDateTime } : {})),
                end,
              },
              effectiveDateTime: undefined,
            };
      }
      case 'suspend':
        return request
          ? { ...medicine, status: 'on-hold', statusReason: why }
          : { ...medicine, status: 'on-hold', statusReason: why && [why] };
      case 'resume':
        return request
          ? {
              ...medicine,
              status: 'active',
              statusReason: undefined,
              extension: withExtension(medicine, endedUrl, undefined),
            }
          : {
              ...medicine,
              status: 'active',
              statusReason: undefined,
              effectivePeriod: medicine.effectivePeriod?.start ? { start: medicine.effectivePeriod.start } : undefined,
            };
      case 'dose': {
        const dosages = dosagesFromText(act.dosage, unitOfLabel(medicationLabel(medicine)));
        const bounds = request
          ? medicine.dosageInstruction?.find(({ timing }) => timing?.repeat?.boundsPeriod)?.timing?.repeat?.boundsPeriod
          : undefined;
        return request
          ? { ...medicine, dosageInstruction: bounds ? withPeriod(dosages, bounds) : dosages }
          : { ...medicine, dosage: dosages };
      }
    }
  };
  return stamped(entered, made(), {
    base: medicine,
    reason:
      act.reason ||
      { stop: 'Arrêt', suspend: 'Suspension', resume: 'Reprise', dose: 'Changement de posologie' }[act.act],
  });
}
/** Refuses what has no sense, in words. */
function checkAct(entered: Entered, stored: StoredMedicine, act: TreatmentAct['act']): void {
  if (statusOf(stored.resource) === 'entered-in-error' || !isTreatment(stored.resource))
    throw conflict('Cette ligne n’est pas un traitement en cours. Rechargez la page. Rien n’a été modifié.');
  const { code } = treatmentState(stored.resource, entered.reading.today);
  if (act === 'stop' && code === 'past') throw conflict('Ce traitement est déjà terminé. Rien n’a été modifié.');
  if (act === 'suspend' && code !== 'current')
    throw conflict('Seul un traitement en cours se suspend. Rien n’a été modifié.');
  if (act === 'resume' && code !== 'suspended' && code !== 'past')
    throw conflict('Ce traitement est déjà en cours. Rien n’a été modifié.');
  if (act === 'dose' && code === 'past')
    throw conflict(
      'Ce traitement est terminé : reprenez-le ou prescrivez-le avant de changer sa posologie. Rien n’a été modifié.',
    );
}
/** The entry that an act is on. */
async function medicineOf(entered: Entered, type: string, id: string): Promise<StoredMedicine> {
  const stored = await entryOf<ResourceType>(entered, typeNamed(type), id);
  if (!isMedicine(stored))
    throw conflict('Cette ligne n’est pas un traitement en cours. Rechargez la page. Rien n’a été modifié.');
  return stored;
}
export async function actOn(entered: Entered, type: string, id: string, act: TreatmentAct): Promise<StoredMedicine> {
  const stored = await medicineOf(entered, type, id);
  checkAct(entered, stored, act.act);
  return replace(entered, stored, act.version, { ...acted(entered, stored.resource, act), id }, act.reason);
}
export const actOnTreatment = async (entered: Entered, type: string, id: string, act: TreatmentAct): Promise<Written> =>
  written(entered, [await actOn(entered, type, id, act)]);

/** The doses over time, and what reconciliations decided: newest first: versions of the entry, then those of the prescriptions it renews. */
export async function dosesOf(entered: Entered, type: string, id: string): Promise<z.infer<typeof doseHistory>> {
  let at: StoredMedicine | null = await medicineOf(entered, type, id);
  const label = medicationLabel(at.resource);
  const doses: z.infer<typeof doseHistory>['doses'] = [];
  const entries = new Set<string>();
  for (let hops = 0; at && hops < 8; hops++) {
    entries.add(`${at.type}/${at.id}`);
    const { versions } = await entered.store.history<Medicine['resourceType']>(at.type, at.id, { count: 100 });
    await entered.room.directory.learn(entered.store, versions);
    for (const one of versions) {
      if (one.deleted || statusOf(one.resource) === 'entered-in-error') continue;
      const medicine = one.resource;
      const request = medicine.resourceType === 'MedicationRequest';
      const why = request
        ? labelOf(medicine.statusReason)
        : (medicine.statusReason ?? []).map((each) => labelOf(each)).join(', ');
      const dose = {
        at:
          hops > 0 || one.version === 1
            ? ((request ? medicine.authoredOn : medicine.effectivePeriod?.start) ?? one.updated)
            : one.updated,
        who: entered.reading.directory.who(entered.caller, writerOf(one.resource), one.updated),
        dosage: sayDosages(dosagesIn(medicine)),
        stateLabel: treatmentState(medicine).label,
        reason: (why || extensionText(medicine, correctionUrl)) ?? null,
      };
      const last = doses.at(-1);
      // A version that says the same of the dose and of the state is told once, by the first that said it.
      if (last && last.dosage === dose.dosage && last.stateLabel === dose.stateLabel) doses[doses.length - 1] = dose;
      else doses.push(dose);
    }
    const before: string | undefined =
      at.type === 'MedicationRequest' ? idOf(at.resource.priorPrescription, 'MedicationRequest') : undefined;
    at = before ? await ifThere(entryOf(entered, 'MedicationRequest', before)) : null;
  }
  const stored = await entered.store.compartment(entered.patientId, { types: ['List', 'Provenance'], each: 200 });
  await entered.room.directory.learn(entered.store, stored);
  return { label, doses, reconciled: decidedOf(entered, stored, entries) };
}
