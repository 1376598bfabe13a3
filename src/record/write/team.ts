import type { CareTeam, CareTeamParticipant, Patient, Practitioner, Reference } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { isProfession, mustBeLetIn, nationalCoding, professions } from '../../access/index.ts';
import { newId, type FhirStore, type Stored } from '../../fhir/index.ts';
import { forbidden, invalid, notFound } from '../../platform/index.ts';
import type { Header, teamBody, teamEnd } from '../contract.ts';
import { authorReference } from '../directory.ts';
import { labelOf, normalise } from '../fhir-words.ts';
import { displayName } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import { headerOf, headerTypes, isRunning, teamOf } from '../read/header.ts';
import type { PersonCaller } from '../room.ts';
import { dateIn } from './author.ts';

const treatingRole = 'Médecin traitant';
const isTreating = (participant: CareTeamParticipant): boolean =>
  participant.role?.some((role) => normalise(labelOf(role)) === normalise(treatingRole)) ?? false;
function roleOf(profession: string | null, words: string | null | undefined) {
  if (!profession || !isProfession(profession)) return [{ text: words || 'Intervenant' }];
  const { fr } = professions[profession];
  const national = nationalCoding(profession);
  return [{ ...(national && { coding: [{ ...national, display: fr }] }), text: words || fr }];
}

async function currentHeader(entered: Entered): Promise<Header> {
  const stored = await entered.store.compartment(entered.patientId, { types: [...headerTypes], each: 60 });
  await entered.room.directory.learn(entered.store, [entered.stored, ...stored]);
  return headerOf(entered, stored);
}
const changed = (
  store: FhirStore,
  entered: Entered,
  team: Stored<'CareTeam'> | undefined,
  participant: CareTeamParticipant[],
  reason: string,
): Promise<Stored<'CareTeam'>> => {
  const base: CareTeam = team
    ? team.resource
    : {
        resourceType: 'CareTeam',
        status: 'active',
        name: `Équipe de soins de ${displayName(entered.patient)}`,
        subject: { reference: `Patient/${entered.patientId}`, display: displayName(entered.patient) },
        period: { start: entered.reading.today },
      };
  const next = { ...base, participant };
  return team ? store.update(next, { ifMatch: `W/"${team.version}"`, reason }) : store.create(next, { reason });
};

/** COO-1: someone joins the care team; being the treating physician is a role in it, and is told to the rest of the world by generalPractitioner. */
export async function addToTeam(entered: Entered, body: z.infer<typeof teamBody>): Promise<Header> {
  if (!entered.rights.add.has('coordination'))
    throw forbidden(
      'Pour composer l’équipe de soins, il faut en faire partie ou coordonner la structure. Rien n’a été modifié.',
    );
  if (!body.practitioner && !body.name)
    throw invalid('Indiquez qui rejoint l’équipe. Rien n’a été modifié.', {
      practitioner: 'Choisissez une personne ou écrivez son nom.',
    });
  const { store, room, caller, reading: r } = entered;
  let name = body.name ?? '';
  let profession: string | null = null;
  if (body.practitioner) {
    if (!/^[A-Za-z0-9\-.]{1,64}$/.test(body.practitioner)) throw notFound('Ce professionnel');
    await store.read('Practitioner', body.practitioner);
    await room.directory.learnPeople(store, [body.practitioner]);
    name = room.directory.who(caller, { reference: `Practitioner/${body.practitioner}` })?.name ?? name;
    profession = room.directory.professionOf(caller.tenant, body.practitioner);
  }
  if (body.treating && profession !== null && profession !== 'physician')
    throw invalid('Seul un médecin peut être déclaré médecin traitant. Rien n’a été modifié.', {
      treating: 'Choisissez un médecin.',
    });
  const { practitioner } = body;
  if (practitioner && profession && isProfession(profession)) {
    const joins = { practitioner, profession, name };
    const nothing = 'Rien n’a été modifié.';
    await store.sql((sql) => mustBeLetIn(sql, entered.patientId, ['exchanges'], [joins], nothing));
  }
  const since = dateIn(entered, 'since', body.since) ?? r.today;
  const reference: Reference<Practitioner> = body.practitioner
    ? { reference: `Practitioner/${body.practitioner}`, display: name }
    : { display: name };
  const same = (participant: CareTeamParticipant) =>
    body.practitioner
      ? participant.member?.reference === reference.reference
      : !participant.member?.reference && participant.member?.display === name;
  await store.transaction(async (tx) => {
    const team = teamOf(await tx.compartment(entered.patientId, { types: ['CareTeam'], each: 20 }));
    let participants = (team ? team.resource.participant : undefined) ?? [];
    const known = participants.find((one) => same(one) && isRunning(one, r.today));
    // The treating physician before becomes one of the team.
    if (body.treating)
      participants = participants.map((one) =>
        isTreating(one) && isRunning(one, r.today) && !same(one) ? { ...one, role: roleOf('physician', null) } : one,
      );
    const role = roleOf(profession, body.treating ? treatingRole : body.role);
    const member: CareTeamParticipant = {
      ...(body.phone && { extension: [{ url: 'urn:estran:phone', valueString: body.phone }] }),
      role: known && !body.treating && !body.role ? known.role : role,
      member: reference,
      period: { start: known?.period?.start ?? since },
    };
    participants = known ? participants.map((one) => (one === known ? member : one)) : [...participants, member];
    await changed(tx, entered, team, participants, 'équipe de soins');
    if (body.treating) {
      const patient = await tx.read('Patient', entered.patientId);
      await tx
        .asHouse('médecin traitant déclaré')
        .update({ ...patient.resource, generalPractitioner: [reference] }, { ifMatch: `W/"${patient.version}"` });
    }
  });
  return currentHeader(entered);
}

/** Ends someone's part: their rights end with it, what they wrote stays. */
export async function leaveTeam(entered: Entered, body: z.infer<typeof teamEnd>): Promise<Header> {
  if (!entered.rights.add.has('coordination'))
    throw forbidden(
      'Pour composer l’équipe de soins, il faut en faire partie ou coordonner la structure. Rien n’a été modifié.',
    );
  const { reading: r } = entered;
  const wanted = (participant: CareTeamParticipant) =>
    isRunning(participant, r.today) &&
    (body.practitioner
      ? participant.member?.reference === `Practitioner/${body.practitioner}`
      : !participant.member?.reference && participant.member?.display === body.name);
  const header = await entered.store.transaction(async (tx) => {
    const teams = (await tx.compartment(entered.patientId, { types: ['CareTeam'], each: 20 })).filter(
      (one) => one.resource.status === 'active' && one.resource.participant?.some(wanted),
    );
    if (teams.length === 0) throw notFound('Cette personne dans l’équipe de soins');
    for (const team of teams) {
      const participants = team.resource.participant ?? [];
      // The end of a period is its whole day: what ends today never began, and is taken out; its versions keep it.
      const next = participants.flatMap((one) =>
        !wanted(one)
          ? [one]
          : (one.period?.start ?? '') >= r.today
            ? []
            : [{ ...one, period: { ...one.period, end: yesterday(r.today) } }],
      );
      await changed(tx, entered, team, next, body.reason || 'fin de participation à l’équipe de soins');
    }
    // One may leave a team oneself, and then no longer see it: the answer is read before the commit, as the house.
    const stored = await tx
      .asHouse('équipe de soins')
      .compartment(entered.patientId, { types: ['CareTeam'], each: 20 });
    return stored;
  });
  const rest = await entered.store.compartment(entered.patientId, {
    types: headerTypes.filter((type) => type !== 'CareTeam'),
    each: 60,
  });
  await entered.room.directory.learn(entered.store, [...header, ...rest]);
  return headerOf(entered, [...header, ...rest]);
}
const yesterday = (day: string): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** The care professional who creates a record joins its team at once, or could not open it. */
export async function joinNewPatient(
  tx: FhirStore,
  caller: PersonCaller,
  patient: Patient,
  today: string,
): Promise<void> {
  const member = authorReference(caller) as Reference<Practitioner>;
  const team: CareTeam = {
    resourceType: 'CareTeam',
    id: newId(),
    status: 'active',
    name: `Équipe de soins de ${displayName(patient)}`,
    subject: { reference: `Patient/${patient.id}`, display: displayName(patient) },
    period: { start: today },
    participant: [{ role: roleOf(caller.profession, null), member, period: { start: today } }],
  };
  await tx.asHouse('le créateur du dossier rejoint l’équipe de soins').create(team);
}
