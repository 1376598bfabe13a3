import type { Sql } from '../../platform/index.ts';
import type { Sight } from '../../access/index.ts';
import { findPatients, type IndexedPatient, type PatientQuery } from '../identity/patient-index.store.ts';
import type { Facts } from './facts.rules.ts';
import { type Match, ranked } from './match.rules.ts';

/** Everyone of the practice: who may know of whom is asked again of each name that is shown (patientsByKey). */
const everyone = (tenant: number): Sight => ({
  caller: { kind: 'system', tenant, reason: 'patient d’un document reçu' },
  everything: true,
  practiceMask: 0,
  teamMask: 0,
  practitionerKey: 0n,
  profession: '',
  types: null,
  onlyPatient: null,
});
const nothing: PatientQuery = { words: [], birthLow: '', birthHigh: '', ins: '', phone: '', fuzzy: false, most: 40 };

/** Patients of the practice whom a file may be about, best first, with why. */
export async function proposalsOf(
  sql: Sql,
  tenant: number,
  facts: Facts,
  text: string,
  file: string,
): Promise<Match[]> {
  const queries: PatientQuery[] = [
    ...facts.nirs.slice(0, 4).map((ins) => ({ ...nothing, ins })),
    ...(facts.births.length > 0 ? facts.births : facts.dates.slice(0, 12)).map((day) => ({
      ...nothing,
      birthLow: day,
      birthHigh: day,
    })),
    ...facts.names.slice(0, 8).flatMap((name) => {
      const words = name.split(' ');
      // «le goff marie anne» may be longer than what the record holds, and in either order.
      return [words, words.slice(0, 2), words.slice(0, 3)]
        .filter((some) => some.length >= 2)
        .map((some) => ({ ...nothing, words: some, most: 15 }));
    }),
  ];
  const sight = everyone(tenant);
  const met = new Map<string, IndexedPatient>();
  const asked = new Set<string>();
  for (const query of queries) {
    const key = JSON.stringify(query);
    if (asked.has(key)) continue;
    asked.add(key);
    for (const one of await findPatients(sql, tenant, sight, query)) met.set(one.brief.id, one);
  }
  return ranked(
    facts,
    text,
    file,
    [...met.values()].map(({ brief, families, givens, birthDate, ins }) => ({
      id: brief.id,
      families,
      givens,
      birthDate,
      ins,
    })),
  );
}
