import type { Patient } from '@medplum/fhirtypes';
import { type KindOfData, kindsOfData, mergedInto, type PersonCaller } from '../../access/index.ts';
import { type CompartmentQuery, FhirProblem, type FhirStore, type Stored } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import { type Rights, refusalReasons } from '../contract.ts';
import { today } from '../dates.rules.ts';
import { saysGone } from '../identity/merge.rules.ts';
import { briefOf } from '../identity/patient.rules.ts';
import type { Room } from '../room.ts';
import type { Reading } from './reading.ts';
import { isClinicalKind, type RightsHere, rightsHere } from './rights-here.store.ts';

/** One person at the door of one record. */
export interface Entered {
  room: Room;
  store: FhirStore;
  caller: PersonCaller;
  patientId: string;
  stored: Stored<'Patient'>;
  patient: Patient;
  rights: RightsHere;
  now: Date;
  reading: Reading;
}
const goodId = /^[A-Za-z0-9\-.]{1,64}$/;
export const needsPatientId = (id: string): void => {
  if (!goodId.test(id))
    throw new Problem(404, 'Introuvable', 'Ce patient n’existe pas ou n’est pas accessible avec vos droits.');
};

/**
 * Lets a person into a record, or refuses with what to do (403, `code`, `todo`, `mayBreakGlass`, `patient`). Those whose profession reaches no
 * clinical content anywhere come in for the administrative part. A record that has gone into another is entered there (docs/adr/0017-merge.md); one that another software only says to have gone stands by itself (0057).
 */
export async function enter(
  room: Room,
  caller: PersonCaller,
  patientId: string,
  purpose: { administrative?: boolean } = {},
): Promise<Entered> {
  const door = await knock(room, caller, patientId);
  const stored = await readPatient(door.store, patientId);
  const next = await gone(door.store, stored);
  if (next) return enter(room, caller, next, purpose);
  if (!purpose.administrative && door.closed) throw refusal(door.rights, stored.resource, room.now());
  return goIn(room, caller, door, stored);
}

/** The same with the first page of what is read there: two statements for both. The patient is the first of `stored`. */
export async function enterReading(
  room: Room,
  caller: PersonCaller,
  patientId: string,
  page: (now: Date) => CompartmentQuery,
): Promise<{ entered: Entered; stored: Stored[] }> {
  const door = await knock(room, caller, patientId);
  const query = page(room.now());
  if (!door.closed && door.rights.see.has('identity')) {
    const { types, each } = query;
    const [patient, ...stored] = await door.store.compartment(patientId, {
      ...query,
      types: ['Patient', ...types],
      each: [1, ...(typeof each === 'number' ? types.map(() => each) : each)],
    });
    const next = patient?.type === 'Patient' && (await gone(door.store, patient));
    if (next) return enterReading(room, caller, next, page);
    if (patient?.type === 'Patient') return { entered: goIn(room, caller, door, patient), stored };
  }
  // Whoever is refused is told why.
  const entered = await enter(room, caller, patientId);
  return { entered, stored: await entered.store.compartment(entered.patientId, query) };
}

/** The last of those whom this record has gone into. */
const gone = async (store: FhirStore, { id, resource }: Stored<'Patient'>): Promise<string | undefined> =>
  saysGone(resource) ? (await store.sql((sql) => mergedInto(sql, store.caller.tenant, [id]))).get(id) : undefined;

const readPatient = (store: FhirStore, id: string): Promise<Stored<'Patient'>> =>
  store.read('Patient', id).catch((error: unknown) => {
    if (error instanceof FhirProblem && error.status === 404)
      throw new Problem(404, 'Introuvable', 'Ce patient n’existe pas ou n’est pas accessible avec vos droits.');
    throw error;
  });

interface Door {
  store: FhirStore;
  rights: RightsHere;
  /** Clinical content is reached by the profession, and not here. */
  closed: boolean;
}
/** What this person sees and may add in this record. */
export async function rightsIn(store: FhirStore, caller: PersonCaller, patientId: string): Promise<RightsHere> {
  const [read, write] = [await store.sight('read'), await store.sight('write')];
  return store.sql((sql) => rightsHere(sql, caller.tenant, patientId, read, write));
}
async function knock(room: Room, caller: PersonCaller, patientId: string): Promise<Door> {
  needsPatientId(patientId);
  const store = room.fhirFor(caller);
  const rights = await rightsIn(store, caller, patientId);
  const clinical = (kinds: ReadonlySet<KindOfData>) =>
    [...kinds].some((kind) => isClinicalKind(kind) && kind !== 'private-notes' && kind !== 'coordination');
  return { store, rights, closed: clinical(rights.couldSee) && !clinical(rights.see) };
}

function goIn(room: Room, caller: PersonCaller, { store, rights }: Door, stored: Stored<'Patient'>): Entered {
  const patient = stored.resource;
  const now = room.now();
  const reading: Reading = {
    caller,
    directory: room.directory,
    patient: stored.id,
    birth: patient.birthDate,
    sex: patient.gender,
    today: today(now),
    lastVisit: null,
    add: rights.add,
  };
  return { room, store, caller, patientId: stored.id, stored, patient, rights, now, reading };
}

function refusal(rights: RightsHere, patient: Patient, now: Date): Problem {
  const code = rights.opposed || rights.relation ? 'opposed' : 'not-in-team';
  const todo =
    code === 'opposed'
      ? // An opposition holds even in an emergency (access/decide.ts): offering the broken glass would promise what it does not give.
        [
          'Parlez-en avec le patient : lui seul peut lever son opposition.',
          'En urgence, appelez le 15 ou un confrère de son équipe de soins.',
        ]
      : [
          'Si vous prenez part aux soins, demandez à un membre de l’équipe de soins de vous y ajouter.',
          'Sinon, recueillez l’accord du patient et enregistrez-le avec une date de fin.',
          'En cas d’urgence, vous pouvez accéder au dossier en indiquant le motif ; le référent et le patient le verront.',
        ];
  return new Problem(403, 'Dossier fermé', refusalReasons[code], {
    extra: {
      code,
      reason: code,
      todo,
      mayBreakGlass: code !== 'opposed',
      mayRecordConsent: rights.add.has('administrative'),
      patient: rights.see.has('identity') ? briefOf(patient, today(now), false) : null,
    },
  });
}

const basisOf = (source: string): Rights['basis'] =>
  source.startsWith('CareTeam/')
    ? 'care-team'
    : source.startsWith('Consent/')
      ? 'consent'
      : source.startsWith('emergency/')
        ? 'emergency'
        : source.startsWith('delegation/')
          ? 'delegation'
          : 'practice';
const basisLabels: Record<Rights['basis'], string> = {
  'care-team': 'Vous faites partie de l’équipe de soins.',
  consent: 'Le patient vous a donné son accord.',
  emergency: 'Accès en urgence : chaque lecture est tracée et visible du patient.',
  delegation: 'Vous agissez par délégation.',
  practice: 'Accès au titre de votre fonction dans la structure.',
};

export function rightsReply({ rights }: Entered): Rights {
  const basis = rights.relation ? basisOf(rights.relation.source) : 'practice';
  // What the profession could see in a care team and does not see here, plus what is never open to it: said without saying whether anything is there.
  const hidden = (Object.keys(kindsOfData) as KindOfData[]).filter(
    (kind) => isClinicalKind(kind) && kind !== 'private-notes' && !rights.see.has(kind),
  );
  return {
    basis,
    basisLabel: basisLabels[basis],
    until: rights.relation?.until ?? null,
    see: [...rights.see],
    add: [...rights.add],
    hidden: hidden.map((kind) => ({ kind, label: kindsOfData[kind].fr })),
    hiddenWords: hidden.length > 0 ? 'Certaines informations ne vous sont pas accessibles.' : '',
  };
}
