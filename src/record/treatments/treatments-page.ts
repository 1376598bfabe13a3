import { kindsOfData } from '../../access/index.ts';
import { ofType, type ResourceType, type Stored } from '../../fhir/index.ts';
import { forbidden } from '../../platform/index.ts';
import type { TreatmentsPage } from '../contract/wire-treatments.ts';
import { bornOn, firstCode, labelOf } from '../fhir-words.ts';
import { briefOf } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import { isNoneKnown, medicationLabel } from '../read/labels.ts';
import { kindOfStored, statusOf } from '../read/reading.ts';
import { checksOf } from './compare.rules.ts';
import { isMedicine, isProposal, isTreatment } from './course.rules.ts';
import { stateOfTreatments, treatmentsOf } from './lines.ts';
import { dispenses, dispensesOf } from './dispense.ts';
import { meaningsOf } from './meanings.ts';
import { proposalLine } from './proposal-lines.ts';
import { proposalRows } from './proposals.store.ts';
import { reconciliationsOf } from './reconciliations.ts';
import { reportedLists, saidByOthers } from './reported-lines.ts';
import { decides } from './write-treatment.ts';

const types: readonly ResourceType[] = [
  'MedicationRequest',
  'MedicationStatement',
  'MedicationDispense',
  'List',
  'Provenance',
  'AllergyIntolerance',
];
const reconcilers: readonly string[] = [
  'physician',
  'dental-surgeon',
  'midwife',
  'advanced-practice-nurse',
  'pharmacist',
];

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
  const allergies = ofType(stored, 'AllergyIntolerance')
    .filter((one) => statusOf(one.resource) !== 'entered-in-error')
    .map((one) => one.resource)
    .filter(
      (one) =>
        !isNoneKnown(one) &&
        firstCode(one.clinicalStatus) !== 'resolved' &&
        firstCode(one.verificationStatus) !== 'refuted',
    )
    .map((one) => labelOf(one.code));
  const hidden = (['allergies', 'mental-health', 'sexual-health'] as const)
    .filter((kind) => !entered.rights.see.has(kind))
    .map((kind) => kindsOfData[kind].fr);
  const write = entered.rights.add.has('treatments');
  const proposals = ofType(stored, 'MedicationRequest').filter(
    (one) => isProposal(one.resource) && statusOf(one.resource) !== 'entered-in-error',
  );
  const rows =
    proposals.length > 0
      ? await entered.store.sql((sql) =>
          proposalRows(
            sql,
            entered.caller.tenant,
            proposals.map(({ id }) => id),
          ),
        )
      : [];
  await entered.room.directory.learnPeople(
    entered.store,
    rows.flatMap(({ asked }) => asked ?? []),
  );
  const lists = saidByOthers(stored, r.today);
  const meanings = await meaningsOf(entered, [
    ...[
      ...stored.filter(isMedicine).filter(({ resource }) => isTreatment(resource)),
      ...ofType(stored, 'MedicationDispense'),
    ].map(({ resource }) => ({
      label: medicationLabel(resource),
      concept: resource.medicationCodeableConcept,
    })),
    ...lists.flatMap(({ said }) => said),
  ]);
  return {
    patient: {
      name: brief.name,
      about: [brief.birthDateLabel && bornOn(brief.sex, brief.birthDateLabel), brief.age].filter(Boolean).join(', '),
      birthDate: entered.patient.birthDate ?? null,
    },
    may: {
      write,
      reconcile: write && reconcilers.includes(entered.caller.profession),
      decide: write && decides(entered),
      dispense: write && dispenses(entered),
    },
    state: stateOfTreatments(r, stored, lines),
    lines,
    dispensed: dispensesOf(r, stored, lines, meanings),
    toCheck: checksOf(lines, allergies, meanings),
    proposals: proposals
      .map((one) =>
        proposalLine(
          r,
          one,
          stored,
          rows.find(({ id }) => id === one.id),
        ),
      )
      .sort((a, b) => Number(b.state === 'waiting') - Number(a.state === 'waiting') || b.at.localeCompare(a.at))
      .slice(0, 30),
    reported: reportedLists(entered, lines, lists, meanings),
    reconciliations: reconciliationsOf(entered, stored).slice(0, 10),
    hidden,
  };
}
