import { plainArray, type Sql, textArray } from '../../platform/index.ts';
import { extract } from '../search/index.ts';
import { escaped, hashOf } from '../search/hashes.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import type { Stored } from './store.ts';

/** What an import asks before it writes. */
export interface Look {
  sql: Sql;
  /** Which of these stand or have stood, deleted ones included. */
  standing(items: readonly { type: string; id: string }[]): Promise<Map<string, { version: number; deleted: boolean }>>;
  /** Resources that carry an identifier; at most two for each, enough to know that it is not one. */
  findByIdentifier(items: readonly IdentifierQuery[]): Promise<string[][]>;
  /** Patients born on these days (YYYY-MM-DD): candidates for a comparison of identities. */
  bornOn(days: readonly string[]): Promise<Stored[]>;
  /** Of these, those that stand at the version given: key of each and of the patients in whose record it is. */
  whose(
    items: readonly { type: string; id: string; version: number }[],
  ): Promise<{ key: string; patients: string[] }[]>;
  /** What stands in the records of these patients (their keys), and what each points to. */
  inRecordsOf(patients: readonly string[]): Promise<Pointing[]>;
  /** What these (their keys), which stand, point to. */
  pointing(keys: readonly string[]): Promise<Pointing[]>;
  /** Versions as they were. */
  versions(items: readonly { type: string; id: string; version: number }[]): Promise<Map<string, Stored>>;
}

export interface Pointing {
  /** Its own key. */
  key: string;
  /** `Type/id`, in whatever element. */
  references: string[];
}
export interface IdentifierQuery {
  type: string;
  /** '' when the identifier has none; null when any will do. */
  system: string | null;
  value: string;
}

export function lookWith(sql: Sql, tenant: number): Look {
  const ask = <Row>(text: string, params: unknown[]) => sql.query<Row>(text, [tenant, ...params]);
  return {
    sql,
    async standing(items) {
      const rows = await ask<{ type: string; id: string; version: number; deleted: boolean }>(
        `select r.* from unnest($2::text[], $3::text[]) as a (type, id) cross join lateral (select r.type, r.id, r.version, r.deleted
           from fhir.resource r where r.tenant_id = $1::int and r.type = a.type and r.id = a.id limit 1) r`,
        [textArray(items.map((item) => item.type)), textArray(items.map((item) => item.id))],
      );
      return new Map(rows.map((row) => [`${row.type}/${row.id}`, row]));
    },
    async findByIdentifier(items) {
      const found: string[][] = items.map(() => []);
      if (items.length === 0) return found;
      const rows = await ask<{ ord: number; id: string }>(
        `select a.ord::int as ord, r.id from unnest($2::bigint[], $3::bigint[], $4::text[]) with ordinality as a (hash, token, type, ord)
         cross join lateral (select r.id from fhir.token t join fhir.resource r on r.tenant_id = $1::int and r.rid = t.rid
           where t.tenant_id = $1::int and t.hash = a.hash and r.type = a.type and not r.deleted and a.token = any(r.tokens) limit 2) r`,
        [
          plainArray(items.map((item) => hashOf(`${item.type}|identifier|${escaped(item.value)}`))),
          plainArray(items.map((item) => hashOf(tokenText(item)))),
          textArray(items.map((item) => item.type)),
        ],
      );
      for (const row of rows) found[row.ord - 1]!.push(row.id);
      return found;
    },
    async bornOn(days) {
      const rows = await ask<ResourceRow>(
        `select ${rowColumns('r')} from fhir.resource r where r.tenant_id = $1::int and r.type = 'Patient' and not r.deleted and r.at = any($2::timestamptz[])`,
        [
          textArray(
            [...new Set(days.map((day) => extract({ resourceType: 'Patient', birthDate: day }).at))].filter(
              (at) => at !== null,
            ),
          ),
        ],
      );
      return rows.map(storedFromRow);
    },
    whose: (items) =>
      ask(
        `select r.key::text as key, coalesce(r.patients, array_remove(array[r.patient], null))::text[] as patients
         from unnest($2::text[], $3::text[], $4::int[]) as a (type, id, version)
         cross join lateral (select * from fhir.resource r where r.tenant_id = $1::int and r.type = a.type and r.id = a.id and r.version = a.version and not r.deleted limit 1) r`,
        [
          textArray(items.map((item) => item.type)),
          textArray(items.map((item) => item.id)),
          plainArray(items.map((item) => item.version)),
        ],
      ),
    inRecordsOf: (patients) =>
      ask(
        `select ${pointing} from unnest($2::bigint[]) as p (key) join fhir.resource r on r.tenant_id = $1::int and r.patient = p.key and not r.deleted
         union all select ${pointing} from fhir.resource r where r.tenant_id = $1::int and r.patients is not null and r.patients && $2::bigint[] and not r.patient = any($2::bigint[]) and not r.deleted`,
        [plainArray(patients)],
      ),
    pointing: (keys) =>
      ask(
        `select ${pointing} from fhir.resource r where r.tenant_id = $1::int and r.key = any($2::bigint[]) and not r.deleted`,
        [plainArray(keys)],
      ),
    async versions(items) {
      const rows = await ask<ResourceRow>(
        `with a as materialized (select * from unnest($2::text[], $3::text[], $4::int[]) as a (type, id, version))
         select x.* from a cross join lateral (
           select ${rowColumns('r')} from fhir.resource r where r.tenant_id = $1::int and r.type = a.type and r.id = a.id and r.version = a.version limit 1) x
         union all
         select x.* from a cross join lateral (select ${rowColumns('h')} from fhir.resource r join fhir.history h on h.tenant_id = $1::int and h.rid = r.rid and h.version = a.version
           where r.tenant_id = $1::int and r.type = a.type and r.id = a.id limit 1) x`,
        [
          textArray(items.map((item) => item.type)),
          textArray(items.map((item) => item.id)),
          plainArray(items.map((item) => item.version)),
        ],
      );
      return new Map(rows.map((row) => [`${row.type}/${row.id}`, storedFromRow(row)]));
    },
  };
}

/** The index knows references that can be searched by; the text knows them all. */
const pointing = `r.key::text as key, array(select distinct m[1] from regexp_matches(r.content, '"(?:reference|url)":\\s*"([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})["/]', 'g') m) as references`;

const tokenText = ({ type, system, value }: IdentifierQuery): string =>
  system === null ? `${type}|identifier|${escaped(value)}` : `${type}|identifier|${escaped(system)}|${escaped(value)}`;
