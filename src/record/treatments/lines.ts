import type { z } from 'zod';
import type { Stored } from '../../fhir/index.ts';
import type { treatmentLine, treatmentsState } from '../contract.ts';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { dateLabel, daysBetween } from '../dates.rules.ts';
import { codedOf, idOf, labelOf } from '../fhir-words.ts';
import * as say from '../read/labels.ts';
import { lineOf, type Reading, statusOf } from '../read/reading.ts';
import {
  dosagesIn,
  isLongTerm,
  isMedicine,
  isNoTreatment,
  isSource,
  isTreatment,
  type Medicine,
  posologyIn,
  type Source,
  sources,
  type StoredMedicine,
  treatmentPeriod,
  treatmentState,
} from './course.rules.ts';
import { substanceOf } from './substance.rules.ts';

export type TreatmentLine = z.infer<typeof treatmentLine>;
/** A long treatment is renewed in its last month; for two months after its end it is still said that it was not. */
const [renewBefore, lapsedFor] = [30, 60];

export function sourceOf(medicine: Medicine): Source {
  if (medicine.resourceType === 'MedicationRequest') return 'prescription';
  const told = say.extensionText(medicine, say.sourceUrl);
  return isSource(told) ? told : 'patient';
}
export function treatmentOf(r: Reading, stored: StoredMedicine): TreatmentLine {
  const medicine = stored.resource;
  const line = lineOf(r, stored);
  const request = medicine.resourceType === 'MedicationRequest';
  const planned = request && medicine.intent === 'plan' && medicine.status === 'active';
  const state = planned ? { code: 'planned' as const, label: 'À prescrire' } : treatmentState(medicine, r.today);
  const period = treatmentPeriod(medicine);
  const source = sourceOf(medicine);
  const told = say.extensionText(medicine, say.prescriberUrl);
  const longTerm = isLongTerm(medicine, r.today);
  const covered = (request ? medicine.dispenseRequest?.validityPeriod?.end : undefined) ?? period.end;
  const due =
    longTerm &&
    state.code !== 'suspended' &&
    (state.code === 'current' || (state.label === 'Terminé' && medicine.status === 'active')) &&
    covered &&
    daysBetween(r.today, covered) <= renewBefore &&
    daysBetween(r.today, covered) >= -lapsedFor
      ? covered.slice(0, 10)
      : null;
  const [problem] = medicine.reasonReference ?? [];
  const concept = medicine.medicationCodeableConcept;
  const stop = request
    ? labelOf(medicine.statusReason)
    : (medicine.statusReason ?? []).map((one) => labelOf(one)).join(', ');
  const dosages = dosagesIn(medicine);
  return {
    ...line,
    label: say.medicationLabel(medicine),
    code: codedOf(concept),
    substance: substanceOf(concept, say.medicationLabel(medicine)),
    dosage: sayDosages(dosages),
    structured: posologyIn(dosages) !== null,
    source,
    sourceLabel: sources[source],
    state: state.code,
    stateLabel: state.label,
    from: period.start ?? null,
    until: period.end ?? null,
    prescriber: request
      ? line.who
      : told
        ? { id: null, name: told, role: 'Prescripteur', profession: null, me: false }
        : null,
    reason:
      [
        ...(medicine.reasonCode ?? []).map((one) => labelOf(one)),
        ...(medicine.reasonReference ?? []).map((one) => one.display ?? ''),
      ]
        .filter(Boolean)
        .join(', ') || null,
    problem:
      problem && idOf(problem, 'Condition') ? { id: idOf(problem, 'Condition')!, label: problem.display ?? '' } : null,
    longTerm,
    stopReason: stop || null,
    renew: due ? { due, late: due < r.today } : null,
    note:
      (medicine.note ?? [])
        .map((note) => note.text)
        .filter(Boolean)
        .join('\n') || null,
  };
}

const order = ['current', 'planned', 'suspended', 'past'];
/** Treatments of what was read: proposals, drafts, errors and «no treatment» left aside; a prescription that was renewed is over. Current ones first, the newest first. */
export function treatmentsOf(r: Reading, stored: readonly Stored[]): TreatmentLine[] {
  const kept = stored
    .filter(isMedicine)
    .filter((one) => isTreatment(one.resource) && statusOf(one.resource) !== 'entered-in-error');
  const lines = kept.map((one) => treatmentOf(r, one));
  /** What those of these lines renew. */
  const renewedBy = (wanted: (line: TreatmentLine) => boolean): Set<string | undefined> =>
    new Set(
      kept.flatMap((one, at) =>
        one.type === 'MedicationRequest' &&
        !['cancelled', 'stopped'].includes(String(one.resource.status)) &&
        wanted(lines[at]!)
          ? [idOf(one.resource.priorPrescription, 'MedicationRequest')]
          : [],
      ),
    );
  const renewed = renewedBy(() => true);
  // Until the day its renewal begins it is what is taken.
  const over = renewedBy(({ state }) => state !== 'planned');
  return lines
    .map((line) => {
      if (line.type !== 'MedicationRequest' || line.state === 'past' || !renewed.has(line.id)) return line;
      return over.has(line.id)
        ? { ...line, state: 'past' as const, stateLabel: 'Renouvelé', renew: null }
        : { ...line, renew: null };
    })
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (b.from ?? '').localeCompare(a.from ?? ''));
}

/** «No treatment», where it stands. */
export const noTreatmentIn = (stored: readonly Stored[]): Stored | undefined =>
  stored.find(
    (one) => one.type === 'MedicationStatement' && one.resource.status === 'active' && isNoTreatment(one.resource),
  );

/** Three states, as for allergies: listed, «aucun traitement» (asked and answered), not asked. Never told apart by an empty list alone. */
export function stateOfTreatments(
  r: Reading,
  stored: readonly Stored[],
  lines: readonly TreatmentLine[],
): z.infer<typeof treatmentsState> {
  const current = lines.filter(({ state }) => state !== 'past');
  const found = noTreatmentIn(stored);
  const none = found && lineOf(r, found);
  if (current.length > 0)
    return {
      code: 'listed',
      label: `${current.length} ${current.length > 1 ? 'traitements' : 'traitement'}`,
      by: null,
      at: null,
    };
  if (none)
    return {
      code: 'none',
      label: `Aucun traitement en cours${none.at ? `, dit le ${dateLabel(none.at)}` : ''}`,
      by: none.who,
      at: none.at,
    };
  return {
    code: 'not-asked',
    label: lines.length > 0 ? 'Traitement en cours : non renseigné' : 'Traitements : non renseigné',
    by: null,
    at: null,
  };
}
