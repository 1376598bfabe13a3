import {
  carersOf,
  type KindOfData,
  kindsOfData,
  membersOf,
  outsideTeam,
  professions,
  rightsOf,
  type Staff,
  staffOf,
} from '../../access/index.ts';
import { type FhirStore, keyOf } from '../../fhir/index.ts';
import { invalid, Problem } from '../../platform/index.ts';
import { addToTeam, enter } from '../../record/index.ts';
import type { PersonCaller, Room } from '../room.ts';
import { readersOf } from './threads.store.ts';

export type Named = Pick<Staff, 'practitioner' | 'name' | 'profession'>;

/**
 * The people that a message names, a profession standing for those of it who are concerned: of the patient's care team, of the circle, of
 * the practice.
 */
export async function namedPeople(
  store: FhirStore,
  to: { people: readonly string[]; professions: readonly string[] },
  where: { patient?: string; circle?: string },
  lenient = false,
): Promise<Named[]> {
  if (to.people.length === 0 && to.professions.length === 0) return [];
  const { tenant } = store.caller;
  const { staff, near } = await store.sql(async (sql) => ({
    staff: await staffOf(sql, tenant),
    near: where.patient
      ? (await carersOf(sql, tenant, where.patient)).map((one) => one.practitioner)
      : where.circle
        ? await membersOf(sql, tenant, where.circle)
        : null,
  }));
  const found = new Map<string, Named>();
  for (const id of to.people) {
    const person = staff.find((one) => one.practitioner === id);
    if (person) found.set(id, person);
    else if (!lenient)
      throw invalid(
        'Une personne nommée n’a pas de compte ouvert dans la structure. Rien n’a été envoyé, votre texte est conservé.',
        { to: 'Choisissez des personnes de la liste.' },
      );
  }
  for (const profession of to.professions) {
    const those = staff.filter((one) => one.profession === profession && (!near || near.includes(one.practitioner)));
    if (those.length === 0) {
      const label = Object.hasOwn(professions, profession)
        ? professions[profession as keyof typeof professions].fr
        : profession;
      throw invalid(
        `« ${label} » : personne de cette profession ${where.patient ? 'dans l’équipe de soins' : where.circle ? 'dans cette conversation' : 'dans la structure'}. Rien n’a été envoyé, votre texte est conservé.`,
        { to: 'Choisissez une personne.' },
      );
    }
    for (const one of those) found.set(one.practitioner, one);
  }
  return [...found.values()].map(({ practitioner, name, profession }) => ({ practitioner, name, profession }));
}

export const notInside = (people: readonly Named[], where: 'conversation' | 'team') =>
  new Problem(
    409,
    where === 'team' ? 'Hors de l’équipe de soins' : 'Hors de la conversation',
    `${people.map((one) => one.name).join(', ')} ${people.length > 1 ? 'ne sont pas' : 'n’est pas'} ${where === 'team' ? 'dans l’équipe de soins de ce patient. Recueillez son accord pour l’élargir, ou retirez ce nom' : 'dans cette conversation. Faites entrer cette personne, qui lira tout le fil, ou retirez son nom'}. Rien n’a été envoyé, votre texte est conservé.`,
    {
      extra: { code: 'outside', where, people: people.map(({ practitioner, name }) => ({ id: practitioner, name })) },
    },
  );

const cannotRead = (people: readonly Named[]) =>
  new Problem(
    409,
    'Ne pourrait pas le lire',
    `${people.map((one) => one.name).join(', ')} n’${people.length > 1 ? 'ont' : 'a'} pas accès aux échanges de ce patient. Rien n’a été envoyé, votre texte est conservé : retirez ce nom ou joignez cette personne autrement.`,
    { extra: { code: 'cannot-read', people: people.map(({ practitioner, name }) => ({ id: practitioner, name })) } },
  );
/** What the rights to a conversation of this kind about this patient hang on. */
export const rowOf = (patient: string, kind: KindOfData) => ({
  kind: kindsOfData[kind].bit,
  patient: String(keyOf(`Patient/${patient}`)),
});

/** Refuses a message that someone it names could not read; gives those who must first join the care team, when that is agreed. */
export async function mayReadAll(
  room: Room,
  store: FhirStore,
  patient: string,
  kind: KindOfData,
  named: readonly Named[],
  agreed: boolean,
): Promise<Named[]> {
  const { tenant } = store.caller;
  const { readers, out } = await store.sql(async (sql) => ({
    readers: await readersOf(sql, tenant, rowOf(patient, kind), named),
    out: await outsideTeam(
      sql,
      tenant,
      patient,
      named.map((one) => one.practitioner),
    ),
  }));
  const deaf = named.filter((one) => !readers.has(one.practitioner));
  const outside: Named[] = [];
  const barred: Named[] = [];
  for (const one of deaf)
    ((await rightsOf(room.db, tenant, one.profession))[kind].reach === 'team' && out.includes(one.practitioner)
      ? outside
      : barred
    ).push(one);
  if (barred.length > 0) throw cannotRead(barred);
  if (outside.length > 0 && !agreed) throw notInside(outside, 'team');
  return outside;
}

/** Puts people in the care team with the patient's agreement, in the transaction of the message; an opposition of the patient still holds. */
export async function letInto(
  room: Room,
  caller: PersonCaller,
  patient: string,
  kind: KindOfData,
  people: readonly Named[],
): Promise<(tx: FhirStore) => Promise<void>> {
  if (people.length === 0) return async () => undefined;
  const entered = await enter(room, caller, patient, { administrative: true });
  return async (tx) => {
    for (const one of people)
      await addToTeam({ ...entered, store: tx }, { practitioner: one.practitioner, treating: false });
    const readers = await tx.sql((sql) => readersOf(sql, caller.tenant, rowOf(patient, kind), people));
    const barred = people.filter((one) => !readers.has(one.practitioner));
    if (barred.length > 0) throw cannotRead(barred);
  };
}
