import type { Dosage, Extension, MedicationDispense } from '@medplum/fhirtypes';
import { ifThere, ofType, placeOf, type ResourceType, type Stored } from '../../fhir/index.ts';
import { conflict, invalid, Problem } from '../../platform/index.ts';
import type { Written } from '../contract.ts';
import type { Dispensed, DispenseBody, DispenseCorrection, DispenseLine } from '../contract/treatments/dispense.ts';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { dateLabel, dayOf } from '../dates.rules.ts';
import { labelOf, sensitivityOf, withoutEmpty } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { medicationLabel } from '../read/labels.ts';
import { lineOf, type Reading } from '../read/reading.ts';
import { author, momentIn, noteList, stamped, subjectOf } from '../write/author.ts';
import { correct, entryOf, typeNamed, written } from '../write/save.ts';
import { type Meaning, pairOf } from './brands.rules.ts';
import { dosagesIn, isMedicine, isTreatment, type Medicine, posologyIn, treatmentState } from './course.rules.ts';
import {
  coveredUntil,
  daysFor,
  daysOf,
  handedOver,
  isDispensed,
  lateBy,
  namedBy,
  sayQuantity,
  saySubstitution,
  substitutionIn,
  substitutionOf,
  workedOutUrl,
} from './dispense.rules.ts';
import type { TreatmentLine } from './lines.ts';
import { medicineConcept } from './list.rules.ts';
import { sameStrength } from './strength.rules.ts';
import { strengthOf, substanceOf, substanceSystem } from './substance.rules.ts';

/** Who dispenses, and puts a dispense right: the contract says the same of the acts (`dispense-treatments`). */
export const dispenses = (entered: Entered): boolean => entered.caller.profession === 'pharmacist';

/** What was handed over for a treatment, as it stands now: a pharmacist's act. */
export async function dispenseTreatment(
  entered: Entered,
  type: string,
  id: string,
  body: DispenseBody,
): Promise<Written> {
  const stored = await entryOf<ResourceType>(entered, typeNamed(type), id);
  if (!isMedicine(stored) || !isTreatment(stored.resource))
    throw conflict('Cette ligne n’est pas un traitement. Rechargez la page. Rien n’a été enregistré.');
  const medicine = stored.resource;
  const label = medicationLabel(medicine);
  const at = dayIn(entered, body.at);
  const { code, label: state } = treatmentState(medicine, entered.reading.today);
  if (stored.version !== body.version)
    throw new Problem(
      409,
      'Changé depuis',
      `${label} a changé depuis que vous l’avez ouvert : ${state.toLowerCase()}, ${sayDosages(dosagesIn(medicine)) || 'posologie non notée'}. Votre saisie est gardée à l’écran : relisez la ligne, puis enregistrez de nouveau. Rien n’a été enregistré.`,
      {
        extra: {
          code: 'changed-since',
          entry: `${type}/${id}`,
          version: stored.version,
          current: { label, dosage: sayDosages(dosagesIn(medicine)), state },
        },
      },
    );
  if (code === 'past' || code === 'suspended')
    throw conflict(
      `Ce traitement est ${state.toLowerCase()} : appelez la personne qui prescrit, ou notez un nouveau traitement. Rien n’a été enregistré.`,
    );
  checkHandedOver(body);
  const concept =
    body.product && body.product !== label
      ? medicineConcept({ ...body, label: body.product })
      : (medicine.medicationCodeableConcept ?? { text: label });
  const dispense = withoutEmpty({
    resourceType: 'MedicationDispense',
    status: 'completed',
    medicationCodeableConcept: concept,
    subject: subjectOf(entered),
    ...supplyOf(body, label, dosagesIn(medicine), []),
    performer: [{ actor: author(entered) }],
    ...(type === 'MedicationRequest'
      ? { authorizingPrescription: [{ reference: `${type}/${id}` }] }
      : { supportingInformation: [{ reference: `${type}/${id}` }] }),
    whenHandedOver: at,
    dosageInstruction: dosagesIn(medicine),
    substitution: body.substitution
      ? substitutionOf(body.substitution, body.reason, author(entered))
      : { wasSubstituted: false },
    note: noteList(entered, body.note),
  }) as MedicationDispense;
  return written(entered, [
    await entered.store.create(stamped(entered, dispense, { sensitive: sensitivityOf(stored.resource) })),
  ]);
}
function dayIn(entered: Entered, typed: string | null | undefined): string {
  const at = momentIn(entered, 'at', typed);
  if (at.length < 10)
    throw invalid('Indiquez le jour de la délivrance. Rien n’a été enregistré.', {
      at: 'Un jour : JJ/MM/AAAA, auj, hier.',
    });
  return at;
}
function checkHandedOver(body: Pick<DispenseBody, 'quantity' | 'days' | 'substitution' | 'reason' | 'product'>): void {
  if (body.quantity == null && body.days == null)
    throw invalid('Indiquez la quantité ou le nombre de jours. Rien n’a été enregistré.', {
      quantity: 'Indiquez la quantité, ou pour combien de jours.',
    });
  if (body.substitution === 'other' && body.reason.length < 2)
    throw invalid('Dites pourquoi un autre produit a été délivré. Rien n’a été enregistré.', {
      reason: 'Indiquez la raison.',
    });
  if (body.substitution && !body.product)
    throw invalid('Dites quel produit a été délivré à la place. Rien n’a été enregistré.', {
      product: 'Indiquez le produit délivré.',
    });
}
/** Quantity and days; days that were not said follow from the quantity, and say so. */
function supplyOf(
  body: Pick<DispenseBody, 'quantity' | 'unit' | 'days'>,
  label: string,
  dosages: Dosage[],
  extension: Extension[],
): Partial<MedicationDispense> {
  const posology = posologyIn(dosages);
  const quantity =
    body.quantity == null
      ? undefined
      : { value: body.quantity, unit: body.unit || unitOfLabel(label) || (posology?.steps[0]?.takes[0]?.unit ?? '') };
  const worked = body.days == null && quantity ? daysFor(quantity, posology) : null;
  const days = body.days ?? worked;
  return {
    extension: [
      ...extension.filter(({ url }) => url !== workedOutUrl),
      ...(worked ? [{ url: workedOutUrl, valueBoolean: true }] : []),
    ],
    quantity: quantity && { value: quantity.value, ...(quantity.unit && { unit: quantity.unit }) },
    daysSupply:
      days == null
        ? undefined
        : { value: days, unit: days > 1 ? 'jours' : 'jour', system: 'http://unitsofmeasure.org', code: 'd' },
  };
}

/** Puts right what was written of a dispense: a new version, with the reason; who handed over and for which treatment stay (DOS-16). */
export async function correctDispense(entered: Entered, id: string, body: DispenseCorrection): Promise<Written> {
  const stored = await entryOf(entered, 'MedicationDispense', id);
  checkHandedOver(body);
  const typed = body.at ? dayIn(entered, body.at) : null;
  const treatment = await treatmentNamed(entered, stored.resource);
  return correct(entered, 'MedicationDispense', id, body.version, body.why, (base) => {
    const old = base;
    const at = handedOver(old);
    const before = substitutionIn(old);
    const same = before.code === (body.substitution ?? null) && before.reason === body.reason;
    const prescribed =
      treatment?.medicationCodeableConcept ?? (treatment ? { text: medicationLabel(treatment) } : undefined);
    const concept =
      body.product && body.product !== medicationLabel(old)
        ? medicineConcept({ ...body, label: body.product })
        : !body.product && before.code
          ? (prescribed ?? old.medicationCodeableConcept)
          : old.medicationCodeableConcept;
    const dosages = old.dosageInstruction ?? (treatment ? dosagesIn(treatment) : []);
    const note = (old.note ?? []).map(({ text }) => text).join('\n');
    const next = withoutEmpty({
      ...old,
      ...supplyOf(body, labelOf(concept) || medicationLabel(old), dosages, old.extension ?? []),
      medicationCodeableConcept: concept,
      // The hour that was known stays when the day is the same.
      whenHandedOver: typed && (!at || dayOf(typed) !== dayOf(at)) ? typed : (at ?? undefined),
      substitution: same
        ? old.substitution
        : body.substitution
          ? substitutionOf(body.substitution, body.reason, author(entered))
          : { wasSubstituted: false },
      note: note === body.note ? old.note : noteList(entered, body.note),
    });
    return stamped(entered, next, { base, reason: body.why });
  });
}
/** The treatment that a dispense names, when it is open to the reader. */
async function treatmentNamed(entered: Entered, dispense: MedicationDispense): Promise<Medicine | null> {
  const place = placeOf(namedBy(dispense)[0]);
  const stored = place && (await ifThere(entryOf<ResourceType>(entered, place.type, place.id)));
  return stored && isMedicine(stored) ? stored.resource : null;
}
/** What the form of a correction holds; days that were worked out are worked out again. */
export function dispenseValues(dispense: MedicationDispense) {
  const { code, reason } = substitutionIn(dispense);
  const coding = dispense.medicationCodeableConcept?.coding?.find(
    (one) => one.code && one.system && one.system !== substanceSystem,
  );
  const said = daysOf({ ...dispense, quantity: undefined }, null);
  return {
    other: code !== null,
    product: medicationLabel(dispense),
    code: coding?.code ?? null,
    system: coding?.system ?? null,
    quantity: dispense.quantity?.value ?? null,
    unit: dispense.quantity?.unit ?? '',
    days: said && !said.workedOut ? said.days : null,
    at: dateLabel(handedOver(dispense) ?? undefined),
    substitution: code ?? ('generic' as const),
    reason,
    note: (dispense.note ?? []).map(({ text }) => text).join('\n'),
    why: '',
  };
}

function dispenseLine(
  r: Reading,
  stored: Stored<'MedicationDispense'>,
  supply: ReturnType<typeof daysOf>,
): DispenseLine {
  const dispense = stored.resource;
  const { status, canEdit } = lineOf(r, stored);
  return {
    id: stored.id,
    version: stored.version,
    corrected: status === 'amended',
    canEdit,
    at: handedOver(dispense)!,
    product: medicationLabel(dispense),
    who: lineOf(r, stored).who,
    quantity: sayQuantity(dispense),
    amount:
      dispense.quantity?.value === undefined
        ? null
        : { value: dispense.quantity.value, unit: dispense.quantity.unit ?? '' },
    days: supply?.days ?? null,
    workedOut: supply?.workedOut ?? false,
    substitution: saySubstitution(dispense),
    note: (dispense.note ?? []).map(({ text }) => text).join('\n') || null,
  };
}
const refOf = (line: TreatmentLine): string => `${line.type}/${line.id}`;
/** Which treatment that is taken a dispense is of: the one it names, else the one that is made of the same, of the same strength when there are two. */
function treatmentFor(
  dispense: MedicationDispense,
  lines: readonly TreatmentLine[],
  meanings: ReadonlyMap<string, Meaning>,
): TreatmentLine | undefined {
  const named = namedBy(dispense);
  const direct = lines.find((line) => named.includes(refOf(line)));
  if (direct) return direct;
  const label = medicationLabel(dispense);
  const mine = {
    substance: substanceOf(dispense.medicationCodeableConcept, label),
    meaning: meanings.get(label) ?? null,
  };
  // A misspelt product is asked about in the reconciliation; here nobody would be.
  const same = lines.filter((line) =>
    ['own', 'listed'].includes(
      pairOf({ substance: line.substance, meaning: meanings.get(line.label) ?? null }, mine) ?? '',
    ),
  );
  return same.find((line) => sameStrength(strengthOf(line.label), strengthOf(label))) ?? same[0];
}
/** Of each treatment that is taken: what was dispensed, here or elsewhere, how far it goes, and whether a renewal is expected. */
export function dispensesOf(
  r: Reading,
  stored: readonly Stored[],
  lines: readonly TreatmentLine[],
  meanings: ReadonlyMap<string, Meaning>,
): Dispensed[] {
  const taken = lines.filter(({ state }) => state !== 'past');
  const byId = new Map(stored.filter(isMedicine).map((one) => [`${one.type}/${one.id}`, one]));
  const found = new Map<TreatmentLine, Stored<'MedicationDispense'>[]>();
  for (const one of ofType(stored, 'MedicationDispense')) {
    const dispense = one.resource;
    if (!isDispensed(dispense) || !handedOver(dispense)) continue;
    const line = treatmentFor(dispense, taken, meanings);
    if (line) found.set(line, [...(found.get(line) ?? []), one]);
  }
  return [...found].map(([line, own]) => {
    const medicine = byId.get(refOf(line))?.resource;
    const posology = posologyIn(medicine ? dosagesIn(medicine) : []);
    const supplies = own
      .map((one) => ({
        one,
        at: dayOf(handedOver(one.resource)!),
        supply: daysOf(one.resource, posology),
      }))
      .sort((a, b) => b.at.localeCompare(a.at) || b.one.updated.localeCompare(a.one.updated));
    const until = coveredUntil(supplies.map(({ at, supply }) => ({ at, days: supply?.days ?? null })));
    const expects = line.state === 'current' && line.longTerm && !posology?.steps.some(({ needed }) => needed !== null);
    return {
      entry: refOf(line),
      lines: supplies.slice(0, 12).map(({ one, supply }) => dispenseLine(r, one, supply)),
      until,
      late: lateBy(until, r.today, expects),
    };
  });
}
