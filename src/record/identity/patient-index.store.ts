import type { Patient } from '@medplum/fhirtypes';
import { mergedInto, type Sight, sightPredicate } from '../../access/index.ts';
import { keyOf } from '../../fhir/index.ts';
import { type Sql, textArray } from '../../platform/index.ts';
import type { PatientBrief } from '../contract.ts';
import { normalise } from '../fhir-words.ts';
import { saysGone } from './merge.rules.ts';
import { birthGivensOf, briefOf, namesOf, todoOf } from './patient.rules.ts';

/** «+33 6 39 98 00 12», «06.39.98.00.12» → «0639980012»; «+262 692 12 34 56» is «0692123456» too. «+32 470 12 34 56», «0032 470…» → «32470123456». */
export const phoneKey = (typed: string): string =>
  typed
    .replace(/\(0\)/g, '')
    .replace(/[^\d+]/g, '')
    .replace(/^(?:\+|00)(?:33|262|59[046])/, '0')
    .replace(/^00/, '')
    .replace(/\D/g, '');

const distinct = (values: (string | undefined)[]): string[] => [
  ...new Set(values.map((value) => normalise(value ?? '')).filter(Boolean)),
];
/** The names of a patient as they are searched. */
function searchNames(patient: Patient): { families: string[]; givens: string[]; names: string } {
  const { birth, used } = namesOf(patient);
  const all = patient.name ?? [];
  const families = distinct([
    used?.family,
    birth?.family,
    ...all.map((name) => name.family),
    ...all.filter((name) => !name.family).map((name) => name.text),
  ]);
  const givens = distinct([used?.given?.[0], birthGivensOf(birth), ...all.flatMap((name) => name.given ?? [])]);
  return {
    families,
    givens,
    names: [...new Set([...families, ...givens].flatMap((name) => name.split(' ')))].join(' '),
  };
}

/** Words a name answers to: each of its own, and all of them run together, as «legoff» is typed for Le Goff. */
const wordsOf = (names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => [...name.split(' '), name.replaceAll(' ', '')])),
];
/** The words of one patient, made equal to what they are now. */
async function saveWords(
  sql: Sql,
  tenant: number,
  key: string,
  families: readonly string[],
  givens: readonly string[],
): Promise<void> {
  const words = [
    ...wordsOf(families).map((word) => [true, word] as const),
    ...wordsOf(givens).map((word) => [false, word] as const),
  ];
  await sql.query(
    `with n as (select distinct family, word from unnest($3::boolean[], $4::text[]) as n (family, word)),
      gone as (delete from record.patient_word w where w.tenant_id = $1::int and w.patient_key = $2::bigint and not exists (select 1 from n where n.family = w.family and n.word = w.word)),
      known as (insert into record.name_word (tenant_id, word) select distinct $1::int, n.word from n on conflict do nothing)
     insert into record.patient_word (tenant_id, family, word, patient_key) select $1::int, n.family, n.word, $2::bigint from n on conflict do nothing`,
    [tenant, key, textArray(words.map(([family]) => String(family))), textArray(words.map(([, word]) => word))],
  );
}

/**
 * Keeps record.patient_name in step: runs in the transaction of every Patient write. Merged and inactive patients are not found by name; one that
 * another software says to have merged, and that stands by itself here, is (docs/adr/0057-taken-merges.md).
 */
export async function onPatientWritten(sql: Sql, tenant: number, id: string, resource: unknown): Promise<void> {
  const patient = resource as Patient | null;
  const key = String(keyOf(`Patient/${id}`));
  const left = patient && saysGone(patient) ? (await mergedInto(sql, tenant, [id])).has(id) : patient?.active === false;
  if (!patient || left) {
    await sql.query('delete from record.patient_name where tenant_id = $1 and patient_key = $2::bigint', [tenant, key]);
    await saveWords(sql, tenant, key, [], []);
    return;
  }
  const { families, givens, names } = searchNames(patient);
  const brief = briefOf(patient, '2000-01-01');
  const phones = [
    ...new Set(
      (patient.telecom ?? [])
        .filter((one) => one.system === 'phone' || one.system === 'sms')
        .map((one) => phoneKey(one.value ?? ''))
        .filter((phone) => phone.length >= 6),
    ),
  ];
  await sql.query(
    `insert into record.patient_name (tenant_id, patient_key, id, names, families, givens, birth_date, sex, ins, phones, incomplete, brief)
     values ($1, $2::bigint, $3, $4, $5::text[], $6::text[], $7, $8, $9, $10::text[], $11, $12)
     on conflict (tenant_id, patient_key) do update set names = excluded.names, families = excluded.families, givens = excluded.givens, birth_date = excluded.birth_date,
       sex = excluded.sex, ins = excluded.ins, phones = excluded.phones, incomplete = excluded.incomplete, brief = excluded.brief`,
    [
      tenant,
      key,
      id,
      names,
      textArray(families),
      textArray(givens),
      patient.birthDate ?? '',
      patient.gender ?? '',
      brief.ins ?? '',
      textArray(phones),
      todoOf(patient).length > 0,
      JSON.stringify({ ...brief, missing: todoOf(patient), died: patient.deceasedDateTime ?? null }),
    ],
  );
  await saveWords(sql, tenant, key, families, givens);
}

export interface IndexedPatient {
  brief: PatientBrief & { missing: string[]; died: string | null };
  families: string[];
  givens: string[];
  birthDate: string;
  ins: string;
  phones: string[];
  score: number;
}
interface Row {
  brief: string;
  families: string[];
  givens: string[];
  birth_date: string;
  ins: string;
  phones: string[];
  score: number;
  in_team: boolean;
}
export interface PatientQuery {
  words: string[];
  birthLow: string;
  birthHigh: string;
  ins: string;
  phone: string;
  fuzzy: boolean;
  most: number;
}

const inTeam = (me: string) =>
  `exists (select 1 from access.care_relation c where c.tenant_id = p.tenant_id and c.practitioner_key = ${me}::bigint and c.patient_key = p.patient_key and c.valid_from <= now() and c.valid_until > now())`;
const columns = 'p.brief, p.families, p.givens, p.birth_date, p.ins, p.phones';
/** The rows of `from` (alias p) as rows of identity, so that the one decision place says which are seen. */
function seen(sight: Sight, param: (value: unknown) => string): string {
  return `exists (select 1 from (select p.tenant_id, 'Patient' as type, 1::smallint as kind, p.patient_key as patient, null::bigint[] as patients, null::bigint as author) r where ${sightPredicate(sight, 'r', param)})`;
}
const read = (row: Row): IndexedPatient => {
  const brief = JSON.parse(row.brief) as IndexedPatient['brief'];
  return {
    brief: { ...brief, inMyTeam: row.in_team },
    families: row.families,
    givens: row.givens,
    birthDate: row.birth_date,
    ins: row.ins,
    phones: row.phones,
    score: Number(row.score),
  };
};

/** Best first, cut to what this person may see. */
export async function findPatients(
  sql: Sql,
  tenant: number,
  sight: Sight,
  query: PatientQuery,
): Promise<IndexedPatient[]> {
  const params: unknown[] = [tenant, String(sight.practitionerKey), query.most * 2];
  const param = (value: unknown) => `$${params.push(value)}`;
  const from =
    query.phone !== ''
      ? `record.find_by_phone(${param(query.phone)}, $3::int)`
      : `record.find_patients(${param(textArray(query.words))}::text[], ${param(query.birthLow)}, ${param(query.birthHigh)}, ${param(query.ins)}, ${param(query.fuzzy)}::boolean, $3::int)`;
  const rows = await sql.query<Row>(
    `select ${columns}, f.score, ${inTeam('$2')} as in_team
     from ${from} f
     join record.patient_name p on p.tenant_id = $1::int and p.patient_key = f.patient_key
     where ${seen(sight, param)} order by f.score + case when ${inTeam('$2')} then 5 else 0 end desc, p.names, p.patient_key limit ${query.most}`,
    params,
  );
  return rows.map(read);
}

/** These patients, in any order; those one may not see are left out. */
export async function patientsByKey(
  sql: Sql,
  tenant: number,
  sight: Sight,
  ids: readonly string[],
): Promise<Map<string, IndexedPatient>> {
  if (ids.length === 0) return new Map();
  const params: unknown[] = [
    tenant,
    textArray(ids.map((id) => String(keyOf(`Patient/${id}`)))),
    String(sight.practitionerKey),
  ];
  const param = (value: unknown) => `$${params.push(value)}`;
  const rows = await sql.query<Row>(
    `select ${columns}, 0::real as score, ${inTeam('$3')} as in_team from record.patient_name p where p.tenant_id = $1::int and p.patient_key = any($2::bigint[]) and ${seen(sight, param)}`,
    params,
  );
  return new Map(rows.map(read).map((found) => [found.brief.id, found]));
}

/** Patients whose identity is not complete: at most so many, always in the same order, that of the index that holds them. */
export async function incompletePatients(
  sql: Sql,
  tenant: number,
  sight: Sight,
  most: number,
): Promise<IndexedPatient[]> {
  const params: unknown[] = [tenant, most, String(sight.practitionerKey)];
  const param = (value: unknown) => `$${params.push(value)}`;
  const rows = await sql.query<Row>(
    `select ${columns}, 0::real as score, ${inTeam('$3')} as in_team from record.patient_name p where p.tenant_id = $1::int and p.incomplete and ${seen(sight, param)} order by p.patient_key limit $2::int`,
    params,
  );
  return rows.map(read);
}
