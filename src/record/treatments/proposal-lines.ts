import type { MedicationRequest } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/index.ts';
import { type ProposalsWaiting, proposalActs, type TreatmentProposal } from '../contract/treatments/proposals.ts';
import { differences } from '../contract/wire-treatments.ts';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { dayOf, daysBetween, today } from '../dates.rules.ts';
import { idOf } from '../fhir-words.ts';
import { briefsOf } from '../identity/search-patients.ts';
import { medicationLabel } from '../read/labels.ts';
import { emptyReading, lineOf, type Reading, statusOf, writerOf } from '../read/reading.ts';
import { mayDecide, mayPropose } from './asked.ts';
import type { PersonCaller, Room } from '../room.ts';
import { isMedicine, isProposal, type StoredMedicine } from './course.rules.ts';
import { difference } from './compare.rules.ts';
import { type TreatmentLine, treatmentOf } from './lines.ts';
import { sameSubstance, substanceOf } from './substance.rules.ts';
import { aboutOf, actOf, answerOf, proposalStates, reasonOfProposal, stateOfProposal } from './proposal.rules.ts';
import { type ProposalRow, proposalsAskedOf, proposalsBy } from './proposals.store.ts';

/** One proposal in words; `all`: what of the record is open to the reader, `row`: who is asked. */
export function proposalLine(
  r: Reading,
  one: Stored<'MedicationRequest'>,
  all: readonly Stored[],
  row: ProposalRow | undefined,
): TreatmentProposal {
  const proposal = one.resource;
  const state = stateOfProposal(proposal);
  const line = lineOf(r, one);
  const entry = aboutOf(proposal);
  const found = all.find((each) => `${each.type}/${each.id}` === entry);
  const answered = state !== 'waiting';
  const about = found && isMedicine(found) ? treatmentOf(r, found) : null;
  return {
    id: one.id,
    version: one.version,
    act: actOf(proposal),
    actLabel: proposalActs[actOf(proposal)],
    label: medicationLabel(proposal),
    dosage: sayDosages(proposal.dosageInstruction),
    reason: reasonOfProposal(proposal),
    at: proposal.authoredOn ?? one.updated,
    who: line.who,
    sensitive: line.sensitive,
    about: entry
      ? {
          entry,
          version: found?.version ?? null,
          label: about?.label ?? '',
          dosage: about?.dosage ?? '',
          differenceLabel: about && actOf(proposal) !== 'stop' ? differs(about, proposal) : null,
        }
      : null,
    state,
    stateLabel: proposalStates[state],
    askedOf: row?.asked ? r.directory.who(r.caller, { reference: `Practitioner/${row.asked}` }) : null,
    answer: answerOf(proposal),
    answeredBy: answered ? r.directory.who(r.caller, writerOf(one.resource), one.updated) : null,
    answeredAt: answered ? one.updated : null,
    mine: line.who?.me === true,
  };
}

/** How a proposed dose differs from what is taken, when both are plainly of the same substance. */
function differs(about: TreatmentLine, proposal: MedicationRequest): string | null {
  const [label, dosage] = [medicationLabel(proposal), sayDosages(proposal.dosageInstruction)];
  if (
    !dosage ||
    !about.dosage ||
    !sameSubstance(about.substance, substanceOf(proposal.medicationCodeableConcept, label))
  )
    return null;
  const found = difference({ ...about, state: 'current' }, { label, dosage });
  return found === 'stopped' ? null : differences[found];
}

/** Days after which those of the team who decide see what was asked of another, and days for which an author sees what was answered. */
const [lateAfter, toldFor] = [7, 7];
/** «Ma journée»: what I am asked to answer, in whose place, and what I proposed. Every line is read under my own rights: out of the care team, or opposed, it is not mine to see. */
export async function waitingProposals(room: Room, caller: PersonCaller, most = 40): Promise<ProposalsWaiting> {
  const [answer, propose] = await Promise.all([mayDecide(room, caller), mayPropose(room, caller)]);
  if (!answer && !propose) return { asked: [], mine: [], may: { answer, propose }, more: false };
  const store = room.fhirFor(caller);
  const now = room.now();
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const { people, asked, mine } = await room.db.tenant(caller.tenant, async (sql) => {
    const people = [caller.practitioner, ...(await room.standsFor(sql, caller.tenant, caller.practitioner))];
    return {
      people,
      asked: answer ? await proposalsAskedOf(sql, caller.tenant, people, ago(lateAfter), most * 4) : [],
      mine: propose ? await proposalsBy(sql, caller.tenant, caller.practitioner, ago(toldFor), most) : [],
    };
  });
  const ids = [...new Set([...asked, ...mine].map(({ id }) => id))];
  const found =
    ids.length === 0
      ? []
      : (
          await store.search('MedicationRequest', [
            ['_id', ids.join(',')],
            ['_count', String(ids.length)],
          ])
        ).resources.filter((one) => isProposal(one.resource) && statusOf(one.resource) !== 'entered-in-error');
  const about = found.length === 0 ? [] : await treatmentsNamed(store, found);
  await room.directory.learn(store, found);
  await room.directory.learnPeople(store, [...new Set([...people, ...asked.flatMap((row) => row.asked ?? [])])]);
  const patientOf = (one: Stored<'MedicationRequest'>): string => idOf(one.resource.subject, 'Patient') ?? '';
  const briefs = await briefsOf(store, [...new Set(found.map(patientOf))], now);
  const byId = new Map(found.map((one) => [one.id, one]));
  const day = today(now);
  const lines = (rows: readonly ProposalRow[]): ProposalsWaiting['asked'] =>
    rows.flatMap((row) => {
      const one = byId.get(row.id);
      const patient = one && briefs.get(patientOf(one));
      if (!one || !patient) return [];
      const r: Reading = { ...emptyReading(room.directory, caller, day), patient: patient.id };
      const line = proposalLine(r, one, about, row);
      return [
        {
          ...line,
          patient,
          inPlaceOf: line.askedOf && !line.askedOf.me && people.includes(row.asked!) ? line.askedOf : null,
          days: Math.max(0, daysBetween(dayOf(line.at), day)),
        },
      ];
    });
  const toAnswer = lines(asked.filter((row) => row.author !== caller.practitioner)).filter(
    ({ state }) => state === 'waiting',
  );
  return { asked: toAnswer.slice(0, most), mine: lines(mine), may: { answer, propose }, more: toAnswer.length > most };
}
/** The treatments that proposals are about, as far as they are open to the reader. */
async function treatmentsNamed(
  store: ReturnType<Room['fhirFor']>,
  proposals: readonly Stored<'MedicationRequest'>[],
): Promise<StoredMedicine[]> {
  const named = proposals.flatMap((one) => aboutOf(one.resource) ?? []);
  const of = async (type: 'MedicationRequest' | 'MedicationStatement') => {
    const ids = [
      ...new Set(named.filter((one) => one.startsWith(`${type}/`)).map((one) => one.slice(type.length + 1))),
    ];
    return ids.length === 0
      ? []
      : (
          await store.search(type, [
            ['_id', ids.join(',')],
            ['_count', String(ids.length)],
          ])
        ).resources;
  };
  return (await Promise.all([of('MedicationRequest'), of('MedicationStatement')])).flat();
}
