import type { Caller } from './caller.ts';

/**
 * What a caller may reach, as facts that SQL and code decide on alike. Made by `sightOf` (the one decision place), never by hand.
 * Masks are bits of kinds-of-data.ts.
 */
export interface Sight {
  caller: Caller;
  /** No limit: the house itself. */
  everything: boolean;
  /** Kinds reached for every patient of the practice. */
  practiceMask: number;
  /** Kinds reached for patients with a running relation (care team, consent, emergency, delegation). */
  teamMask: number;
  /** Key (hash64 of 'Practitioner/id') of the person, 0n for clients. */
  practitionerKey: bigint;
  profession: string;
  /** Resource types a client's scopes open; null: any. */
  types: ReadonlySet<string> | null;
  /** Key of the only patient a patient-level client sees. */
  onlyPatient: bigint | null;
}

/** A person reads or writes; a client's scope tells reading from searching, and each way of writing (SMART v2: r, s, c, u, d). `write`: any of them. */
export type Act = 'read' | 'search' | 'write' | 'create' | 'update' | 'delete';
export const reads = (act: Act): boolean => act === 'read' || act === 'search';

/** Adds a parameter to a statement and gives its placeholder. */
export type Param = (value: unknown) => string;

/** The oppositions of these patients that close something to one person now, as the `from` of a statement. */
export const oppositions = (alias: string, patients: string, person: string, profession: string): string =>
  `from access.opposition ${alias} where ${alias}.tenant_id = platform.tenant() and ${alias}.patient_key ${patients}
    and (${alias}.practitioner_key is null or ${alias}.practitioner_key = ${person}) and (${alias}.profession is null or ${alias}.profession = ${profession})
    and ${alias}.valid_from <= now() and ${alias}.valid_until > now()`;

/**
 * The sight as SQL over a row of fhir.resource or fhir.history called `row`: the same decision for a read, a page, a total, a chain, an
 * include. Only the columns tenant_id, type, kind, patient, patients and author are used. What is of a patient's kind but names no patient
 * is seen by its author alone.
 * @param pinned placeholder of the patient key when the statement already says `row.patient = pinned`: the relation is then looked up once
 * instead of once a row.
 */
export function sightPredicate(sight: Sight, row: string, param: Param, pinned?: string): string {
  if (sight.everything) return 'true';
  // A row alias that an alias in here hides would quietly compare the wrong columns.
  if (row.startsWith('sight_')) throw new Error('Row aliases that begin with sight_ are taken.');
  const parts: string[] = [];
  if (sight.types) parts.push(`${row}.type = any(${param([...sight.types])}::text[])`);
  if (sight.caller.kind === 'client') {
    // A patient-level client also reaches what is about nobody (professionals, places), which its scopes still bound.
    if (sight.onlyPatient !== null)
      parts.push(
        `((${row}.patient is null and ${row}.kind = 0) or (${row}.patient = ${param(String(sight.onlyPatient))}::bigint and ${row}.patients is null))`,
      );
    // Private notes and what professionals say among themselves are no program's.
    parts.push(`${row}.kind <> 14 and ${row}.kind <> 18`);
    return parts.join(' and ');
  }
  const me = `${param(String(sight.practitionerKey))}::bigint`;
  const patient = pinned ? `${pinned}::bigint` : `${row}.patient`;
  const reached = (key: string) =>
    `exists (select 1 from access.care_relation sight_c where sight_c.tenant_id = platform.tenant() and sight_c.practitioner_key = ${me} and sight_c.patient_key = ${key} and sight_c.valid_from <= now() and sight_c.valid_until > now())`;
  parts.push(`((1 << ${row}.kind) & ${param(sight.practiceMask)}::int <> 0 or ((1 << ${row}.kind) & ${param(sight.teamMask)}::int <> 0
    and ((${row}.patient is null and ${row}.author = ${me}) or (${row}.patient is not null and ${reached(patient)}
    and (${row}.patients is null or not exists (select 1 from unnest(${row}.patients) sight_p where not ${reached('sight_p')}))))))`);
  const profession = `${param(sight.profession)}::text`;
  const opposed = oppositions('sight_o', `= ${patient}`, me, profession);
  // What concerns several patients is closed by each of them.
  parts.push(
    `(${row}.patients is null or not exists (select 1 ${oppositions('sight_m', `= any(${row}.patients)`, me, profession)} and (1 << ${row}.kind) & sight_m.kinds <> 0))`,
  );
  // Of one patient every closed kind is looked up once, and not for each row whether its own is.
  parts.push(
    pinned
      ? `(1 << ${row}.kind) & (select coalesce(bit_or(sight_o.kinds), 0) ${opposed}) = 0`
      : `not exists (select 1 ${opposed} and (1 << ${row}.kind) & sight_o.kinds <> 0)`,
  );
  parts.push(`(${row}.kind <> 14 or ${row}.author = ${me})`);
  return parts.join(' and ');
}
