import { hash64, Problem, type Sql } from '../platform/index.ts';
import { carersOf, type Staff, staffOf } from './carers.store.ts';
import { type KindOfData, maskOf } from './kinds-of-data.ts';
import { oppositions } from './sight.ts';

type Person = Pick<Staff, 'practitioner' | 'name' | 'profession'>;

/** Of these people, those whom a choice of the patient keeps from one of these kinds of data, in the care team or not: the oppositions of `sightPredicate`. */
export async function keptOut<P extends Omit<Person, 'name'>>(
  sql: Sql,
  patient: string,
  kinds: readonly KindOfData[],
  people: readonly P[],
): Promise<P[]> {
  if (people.length === 0) return [];
  const rows = await sql.query<{ practitioner: string }>(
    `select p.id as practitioner from unnest($1::text[], $2::bigint[], $3::text[]) p (id, key, profession)
     where exists (select 1 ${oppositions('o', '= $4::bigint', 'p.key', 'p.profession')} and o.kinds & $5::int <> 0)`,
    [
      people.map((one) => one.practitioner),
      people.map((one) => String(hash64(`Practitioner/${one.practitioner}`))),
      people.map((one) => one.profession),
      String(hash64(`Patient/${patient}`)),
      maskOf(kinds),
    ],
  );
  const kept = new Set(rows.map((row) => row.practitioner));
  return people.filter((one) => kept.has(one.practitioner));
}

/** Whom something asked of a whole profession would reach, when the patient keeps out every one of them: those of it in the care team, or in the practice when the team has none. Nobody when someone could read it. */
export async function professionKeptOut(
  sql: Sql,
  tenant: number,
  patient: string,
  kinds: readonly KindOfData[],
  profession: string,
): Promise<Person[]> {
  const of = (one: Pick<Staff, 'profession'>) => one.profession === profession;
  const team: Person[] = (await carersOf(sql, tenant, patient)).filter(of);
  const asked = team.length > 0 ? team : (await staffOf(sql, tenant)).filter(of);
  return (await keptOut(sql, patient, kinds, asked)).length === asked.length ? asked : [];
}

/** Says that they would not read it and not why: whose choice it is, and about what, is read in the record by whoever may. */
export const cannotReach = (names: readonly string[], nothing: string): Problem =>
  new Problem(
    409,
    'Ne pourrait pas le lire',
    `${names.join(', ')} ${names.length > 1 ? 'n’ont' : 'n’a'} pas accès à ces informations de ce patient, même dans son équipe de soins : choisissez quelqu’un d’autre, ou voyez-en avec le patient. ${nothing}`,
    { extra: { code: 'cannot-read' } },
  );
/** Nothing is addressed to someone whom the patient keeps from reading it. */
export async function mustBeLetIn(
  sql: Sql,
  patient: string,
  kinds: readonly KindOfData[],
  people: readonly Person[],
  nothing: string,
): Promise<void> {
  const kept = await keptOut(sql, patient, kinds, people);
  if (kept.length > 0)
    throw cannotReach(
      kept.map((one) => one.name),
      nothing,
    );
}
