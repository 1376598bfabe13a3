import type { AllergyIntolerance, List, MedicationDispense } from '@medplum/fhirtypes';
import { kindsOfData } from '../../access/index.ts';
import type { Stored } from '../../fhir/index.ts';
import { forbidden } from '../../platform/index.ts';
import { differences, type Reconciliation, reconciliationDecisions, type ReportedList, reportSources, type TreatmentsPage } from '../contract/wire-treatments.ts';
import { sayDosages } from '../contract/treatments/dosage.rules.ts';
import { addDays, dateLabel, dayOf } from '../dates.rules.ts';
import { as, bornOn, codedOf, firstCode, labelOf } from '../fhir-words.ts';
import { briefOf } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import { isNoneKnown, medicationLabel } from '../read/labels.ts';
import { kindOfStored, lineOf, statusOf } from '../read/reading.ts';
import { checksOf, difference, matched } from './compare.rules.ts';
import { isProposal } from './course.rules.ts';
import { decisionOf, documentUrl, listKind, reasonOf, reportedFrom, type Said, saidIn } from './list.rules.ts';
import { stateOfTreatments, type TreatmentLine, treatmentsOf } from './lines.ts';
import { proposalLine } from './proposal-lines.ts';
import { proposalRows } from './proposals.store.ts';
import { decides } from './write-treatment.ts';

const types = ['MedicationRequest', 'MedicationStatement', 'MedicationDispense', 'List', 'AllergyIntolerance'];
/** How long what a pharmacy dispensed, and a list that someone reported, are set beside the record. */
const [dispensedFor, reportedFor] = [180, 400];
export const reconcilers: readonly string[] = ['physician', 'dental-surgeon', 'midwife', 'advanced-practice-nurse', 'pharmacist'];

export async function read(entered: Entered): Promise<Stored[]> {
  if (!entered.rights.see.has('treatments')) throw forbidden('Vos droits n’ouvrent pas les traitements de ce patient.');
  const stored = await entered.store.compartment(entered.patientId, { types, each: 200 });
  await entered.room.directory.learn(entered.store, stored);
  return stored.filter((one) => kindOfStored(one) !== 'private-notes');
}
/** Everything about the treatments of a patient in one answer, under the reader's rights. */
export async function treatmentsPage(entered: Entered): Promise<TreatmentsPage> {
  const r = entered.reading;
  const stored = await read(entered);
  const lines = treatmentsOf(r, stored);
  const brief = briefOf(entered.patient, r.today, false);
  const allergies = stored.filter((one) => one.type === 'AllergyIntolerance' && statusOf(one.resource) !== 'entered-in-error').map((one) => as<AllergyIntolerance>(one)).filter((one) => !isNoneKnown(one) && firstCode(one.clinicalStatus) !== 'resolved' && firstCode(one.verificationStatus) !== 'refuted').map((one) => labelOf(one.code));
  const hidden = (['allergies', 'mental-health', 'sexual-health'] as const).filter((kind) => !entered.rights.see.has(kind)).map((kind) => kindsOfData[kind].fr);
  const write = entered.rights.add.has('treatments');
  const proposals = stored.filter((one) => isProposal(one.resource) && statusOf(one.resource) !== 'entered-in-error');
  const rows = proposals.length > 0 ? await entered.store.sql((sql) => proposalRows(sql, entered.caller.tenant, proposals.map(({ id }) => id))) : [];
  await entered.room.directory.learnPeople(entered.store, rows.flatMap(({ asked }) => asked ?? []));
  return {
    patient: { name: brief.name, about: [brief.birthDateLabel && bornOn(brief.sex, brief.birthDateLabel), brief.age].filter(Boolean).join(', '), birthDate: entered.patient.birthDate ?? null },
    may: { write, reconcile: write && reconcilers.includes(entered.caller.profession), decide: write && decides(entered) },
    state: stateOfTreatments(r, stored, lines),
    lines,
    toCheck: checksOf(lines, allergies),
    proposals: proposals.map((one) => proposalLine(r, one, stored, rows.find(({ id }) => id === one.id))).sort((a, b) => Number(b.state === 'waiting') - Number(a.state === 'waiting') || b.at.localeCompare(a.at)).slice(0, 30),
    reported: reportedLists(entered, stored, lines),
    reconciliations: stored.filter((one) => one.type === 'List' && listKind(as<List>(one)) === 'reconciliation' && one.resource.status === 'current').map((one) => reconciliationOf(entered, one)).sort((a, b) => b.at.localeCompare(a.at)).slice(0, 10),
    hidden,
  };
}

function compared(said: readonly Said[], lines: readonly TreatmentLine[]): ReportedList['lines'] {
  const pairs = matched(lines, said);
  return said.map((one) => {
    const line = pairs.get(one.key);
    const found = line ? difference(line, one) : 'missing';
    return { key: one.key, label: one.label, code: codedOf(one.concept, one.label), dosage: one.dosage, note: one.note, entry: line ? `${line.type}/${line.id}` : null, difference: found, differenceLabel: differences[found] };
  });
}
function reportedLists(entered: Entered, stored: readonly Stored[], lines: readonly TreatmentLine[]): ReportedList[] {
  const r = entered.reading;
  const since = addDays(r.today, -reportedFor);
  const lists = stored.filter((one) => one.type === 'List' && listKind(as<List>(one)) === 'reported' && one.resource.status === 'current').map((one): ReportedList => {
    const list = as<List>(one);
    const document = list.extension?.find(({ url }) => url === documentUrl)?.valueReference?.reference?.split('/')[1] ?? null;
    return { id: one.id, version: one.version, title: list.title ?? 'Relevé', from: reportedFrom(list), fromLabel: reportSources[reportedFrom(list)], at: list.date ?? one.updated, who: lineOf(r, one).who, document, own: true, lines: compared(saidIn(list), lines) };
  }).filter(({ at }) => dayOf(at) >= since);
  const dispensed = newestDispensed(stored, addDays(r.today, -dispensedFor));
  if (dispensed.length > 0) {
    const at = dispensed[0]!.at;
    lists.push({ id: 'dispenses', version: 1, title: `Délivrances jusqu’au ${dateLabel(at)}`, from: 'pharmacy', fromLabel: reportSources.pharmacy, at, who: null, document: null, own: false, lines: compared(dispensed.map(({ said }) => said), lines) });
  }
  return lists.sort((a, b) => b.at.localeCompare(a.at)).slice(0, 12);
}
/** The last dispense of each medicine, newest first. */
function newestDispensed(stored: readonly Stored[], since: string): { at: string; said: Said }[] {
  const all = stored.filter((one) => one.type === 'MedicationDispense' && ['completed', 'in-progress'].includes(String(one.resource.status))).map((one) => ({ one, dispense: as<MedicationDispense>(one) })).map(({ one, dispense }) => ({ at: dispense.whenHandedOver ?? dispense.whenPrepared ?? one.updated, said: { key: one.id, label: medicationLabel(dispense), concept: dispense.medicationCodeableConcept, dosage: sayDosages(dispense.dosageInstruction), note: null } }));
  const newest = new Map<string, { at: string; said: Said }>();
  for (const one of all.filter(({ at }) => dayOf(at) >= since).sort((a, b) => a.at.localeCompare(b.at))) newest.set(one.said.label, one);
  return [...newest.values()].sort((a, b) => b.at.localeCompare(a.at));
}

function reconciliationOf(entered: Entered, one: Stored): Reconciliation {
  const list = as<List>(one);
  const shown = (list.entry ?? []).filter(({ item }) => item.display);
  return {
    id: one.id, version: one.version, at: list.date ?? one.updated, who: lineOf(entered.reading, one).who, note: (list.note ?? []).map(({ text }) => text).join('\n'), sources: (list.extension ?? []).flatMap(({ valueReference }) => valueReference?.reference?.split('/')[1] ?? []),
    lines: shown.map((entry) => ({ label: entry.item.display!, decision: decisionOf(entry), decisionLabel: reconciliationDecisions[decisionOf(entry)], reason: reasonOf(entry) })), hidden: (list.entry ?? []).length - shown.length,
  };
}
