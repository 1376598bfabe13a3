import type { MedicationDispense } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/index.ts';
import { conflict, invalid, Problem } from '../../platform/index.ts';
import type { Written } from '../contract.ts';
import type { Dispensed, DispenseBody, DispenseLine } from '../contract/treatments/dispense.ts';
import { sayDosages } from '../contract/treatments/dosage.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { dayOf } from '../dates.rules.ts';
import { as, plain, sensitivityOf, withoutEmpty } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { medicationLabel } from '../read/labels.ts';
import { lineOf, type Reading } from '../read/reading.ts';
import { author, momentIn, noteList, stamped, subjectOf } from '../write/author.ts';
import { entryOf, written } from '../write/save.ts';

import { type Meaning, pairOf } from './brands.rules.ts';
import { dosagesIn, isTreatment, type Medicine, posologyIn, treatmentState } from './course.rules.ts';
import { coveredUntil, daysFor, daysOf, handedOver, isDispensed, lateBy, namedBy, sayQuantity, saySubstitution, substitutionOf, workedOutUrl } from './dispense.rules.ts';
import type { TreatmentLine } from './lines.ts';
import { medicineConcept } from './list.rules.ts';
import { strengthOf, substanceOf } from './substance.rules.ts';

/** What was handed over for a treatment, as it stands now: a pharmacist's act. */
export async function dispenseTreatment(entered: Entered, type: string, id: string, body: DispenseBody): Promise<Written> {
  const stored = await entryOf(entered, type, id);
  const medicine = stored.resource as unknown as Medicine;
  if (!isTreatment(stored.resource)) throw conflict('Cette ligne n’est pas un traitement. Rechargez la page. Rien n’a été enregistré.');
  const label = medicationLabel(medicine);
  const at = momentIn(entered, 'at', body.at);
  if (at.length < 10) throw invalid('Indiquez le jour de la délivrance. Rien n’a été enregistré.', { at: 'Un jour : JJ/MM/AAAA, auj, hier.' });
  const { code, label: state } = treatmentState(medicine, entered.reading.today);
  if (stored.version !== body.version) throw new Problem(409, 'Changé depuis', `${label} a changé depuis que vous l’avez ouvert : ${state.toLowerCase()}, ${sayDosages(dosagesIn(medicine)) || 'posologie non notée'}. Votre saisie est gardée à l’écran : relisez la ligne, puis enregistrez de nouveau. Rien n’a été enregistré.`, { extra: { code: 'changed-since', entry: `${type}/${id}`, version: stored.version, current: { label, dosage: sayDosages(dosagesIn(medicine)), state } } });
  if (code === 'past' || code === 'suspended') throw conflict(`Ce traitement est ${state.toLowerCase()} : appelez la personne qui prescrit, ou notez un nouveau traitement. Rien n’a été enregistré.`);
  if (body.quantity == null && body.days == null) throw invalid('Indiquez la quantité ou le nombre de jours. Rien n’a été enregistré.', { quantity: 'Indiquez la quantité, ou pour combien de jours.' });
  if (body.substitution === 'other' && body.reason.length < 2) throw invalid('Dites pourquoi un autre produit a été délivré. Rien n’a été enregistré.', { reason: 'Indiquez la raison.' });
  if (body.substitution && !body.product) throw invalid('Dites quel produit a été délivré à la place. Rien n’a été enregistré.', { product: 'Indiquez le produit délivré.' });
  const unit = body.unit || unitOfLabel(label) || (posologyIn(dosagesIn(medicine))?.steps[0]?.takes[0]?.unit ?? '');
  const quantity = body.quantity == null ? null : { value: body.quantity, unit };
  const worked = body.days == null && quantity ? daysFor(quantity, posologyIn(dosagesIn(medicine))) : null;
  const days = body.days ?? worked;
  const dispense = withoutEmpty({
    resourceType: 'MedicationDispense', extension: worked ? [{ url: workedOutUrl, valueBoolean: true }] : [], status: 'completed', medicationCodeableConcept: body.product && body.product !== label ? medicineConcept({ ...body, label: body.product }) : (medicine.medicationCodeableConcept ?? { text: label }), subject: subjectOf(entered),
    performer: [{ actor: author(entered) }], ...(type === 'MedicationRequest' ? { authorizingPrescription: [{ reference: `${type}/${id}` }] } : { supportingInformation: [{ reference: `${type}/${id}` }] }),
    quantity: quantity && { value: quantity.value, unit: quantity.unit || undefined }, daysSupply: days === null ? undefined : { value: days, unit: days > 1 ? 'jours' : 'jour', system: 'http://unitsofmeasure.org', code: 'd' }, whenHandedOver: at,
    dosageInstruction: dosagesIn(medicine), substitution: body.substitution ? substitutionOf(body.substitution, body.reason, author(entered)) : { wasSubstituted: false }, note: noteList(entered, body.note),
  }) as MedicationDispense;
  return written(entered, [await entered.store.create(stamped(entered, plain(dispense), { sensitive: sensitivityOf(stored.resource) }))]);
}

function dispenseLine(r: Reading, stored: Stored, supply: ReturnType<typeof daysOf>): DispenseLine {
  const dispense = as<MedicationDispense>(stored);
  return { id: stored.id, version: stored.version, at: handedOver(dispense)!, product: medicationLabel(dispense), who: lineOf(r, stored).who, quantity: sayQuantity(dispense), amount: dispense.quantity?.value === undefined ? null : { value: dispense.quantity.value, unit: dispense.quantity.unit ?? '' }, days: supply?.days ?? null, workedOut: supply?.workedOut ?? false, substitution: saySubstitution(dispense), note: (dispense.note ?? []).map(({ text }) => text).join('\n') || null };
}
const refOf = (line: TreatmentLine): string => `${line.type}/${line.id}`;
/** Which treatment that is taken a dispense is of: the one it names, else the one that is made of the same, of the same strength when there are two. */
function treatmentFor(dispense: MedicationDispense, lines: readonly TreatmentLine[], meanings: ReadonlyMap<string, Meaning>): TreatmentLine | undefined {
  const named = namedBy(dispense);
  const direct = lines.find((line) => named.includes(refOf(line)));
  if (direct) return direct;
  const label = medicationLabel(dispense);
  const mine = { substance: substanceOf(dispense.medicationCodeableConcept, label), meaning: meanings.get(label) ?? null };
  const same = lines.filter((line) => pairOf({ substance: line.substance, meaning: meanings.get(line.label) ?? null }, mine) !== null);
  return same.find((line) => strengthOf(line.label) !== null && strengthOf(line.label) === strengthOf(label)) ?? same[0];
}
/** Of each treatment that is taken: what was dispensed, here or elsewhere, how far it goes, and whether a renewal is expected. */
export function dispensesOf(r: Reading, stored: readonly Stored[], lines: readonly TreatmentLine[], meanings: ReadonlyMap<string, Meaning>): Dispensed[] {
  const taken = lines.filter(({ state }) => state !== 'past');
  const byId = new Map(stored.map((one) => [`${one.type}/${one.id}`, one]));
  const found = new Map<TreatmentLine, Stored[]>();
  for (const one of stored) {
    const dispense = as<MedicationDispense>(one);
    if (one.type !== 'MedicationDispense' || !isDispensed(dispense) || !handedOver(dispense)) continue;
    const line = treatmentFor(dispense, taken, meanings);
    if (line) found.set(line, [...(found.get(line) ?? []), one]);
  }
  return [...found].map(([line, own]) => {
    const medicine = byId.get(refOf(line))?.resource as unknown as Medicine | undefined;
    const posology = posologyIn(medicine ? dosagesIn(medicine) : []);
    const supplies = own.map((one) => ({ one, at: dayOf(handedOver(as<MedicationDispense>(one))!), supply: daysOf(as<MedicationDispense>(one), posology) })).sort((a, b) => b.at.localeCompare(a.at) || b.one.updated.localeCompare(a.one.updated));
    const until = coveredUntil(supplies.map(({ at, supply }) => ({ at, days: supply?.days ?? null })));
    const expects = line.state === 'current' && line.longTerm && !posology?.steps.some(({ needed }) => needed !== null);
    return { entry: refOf(line), lines: supplies.slice(0, 12).map(({ one, supply }) => dispenseLine(r, one, supply)), until, late: lateBy(until, r.today, expects) };
  });
}
