/** For the tests of search: a database in memory with the real migrations, filled straight from `extract`. */
import type { Sight } from '../../access/index.ts';
import { type Db, hash64, migrate, openPglite } from '../../platform/index.ts';
import { buildSearch, extract, fetchIncluded, type PageRow, pageOf, parseSearch } from './index.ts';

export type Resource = { resourceType: string; id: string } & Record<string, unknown>;
export const everything: Sight = {
  caller: { kind: 'system', tenant: 1, reason: 'test' },
  everything: true,
  practiceMask: 0,
  teamMask: 0,
  practitionerKey: 0n,
  profession: '',
  types: null,
  onlyPatient: null,
};

export interface Put {
  kind?: number;
  patient?: string | null;
  patients?: string[] | null;
  author?: string;
  deleted?: boolean;
  updated?: string;
}

export class Harness {
  readonly db: Db;
  private nextRid = 1;
  private constructor(db: Db) {
    this.db = db;
  }

  static async open(): Promise<Harness> {
    const db = await openPglite('memory://');
    await migrate(db);
    return new Harness(db);
  }

  /** Writes a resource with its index rows, as the store does. */
  async put(resource: Resource, options: Put = {}): Promise<void> {
    const entry = extract(resource);
    const rid = this.nextRid++;
    const key = (reference: string | null | undefined) => (reference ? String(hash64(reference)) : null);
    const reference = (value: unknown): string | undefined => (value as { reference?: string } | undefined)?.reference;
    const found =
      resource.resourceType === 'Patient'
        ? `Patient/${resource.id}`
        : (reference(resource.subject) ?? reference(resource.patient));
    const patient = options.patient === undefined ? (found?.startsWith('Patient/') ? found : null) : options.patient;
    await this.db.transaction(1, async (sql) => {
      await sql.query(
        `insert into fhir.resource (tenant_id, rid, type, id, version, updated, deleted, kind, key, patient, patients, author, at, tokens, refs, sort_text, content)
         values (1, $1, $2, $3, 1, coalesce($4::timestamptz, now()), $5, $6, $7::bigint, $8::bigint, $9::bigint[], $10::bigint, $11::timestamptz, $12::bigint[], $13::bigint[], $14, $15)`,
        [
          rid,
          resource.resourceType,
          resource.id,
          options.updated ?? null,
          options.deleted ?? false,
          options.kind ?? 9,
          key(`${resource.resourceType}/${resource.id}`),
          key(patient),
          options.patients ? options.patients.map(key) : null,
          key(options.author),
          entry.at,
          entry.tokens,
          entry.refs,
          entry.sortText,
          JSON.stringify(resource),
        ],
      );
      await sql.query(`insert into fhir.token select 1, x, $1::bigint from unnest($2::bigint[]) x`, [rid, entry.keys]);
      const column = <T, K extends keyof T>(list: readonly T[], key: K) => list.map((item) => item[key]);
      const { dates, quantities, strings } = entry;
      if (dates.length > 0)
        await sql.query(
          'insert into fhir.date select 1, p, l, h, $1::bigint from unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[]) x(p, l, h)',
          [rid, column(dates, 'param'), column(dates, 'low'), column(dates, 'high')],
        );
      if (quantities.length > 0)
        await sql.query(
          'insert into fhir.quantity select 1, p, u, l, h, $1::bigint from unnest($2::bigint[], $3::bigint[], $4::float8[], $5::float8[]) x(p, u, l, h)',
          [
            rid,
            column(quantities, 'param'),
            column(quantities, 'unit'),
            column(quantities, 'low'),
            column(quantities, 'high'),
          ],
        );
      if (strings.length > 0)
        await sql.query(
          'insert into fhir.string select 1, p, v, $1::bigint from unnest($2::bigint[], $3::text[]) x(p, v)',
          [rid, column(strings, 'param'), column(strings, 'value')],
        );
    });
  }

  async run(query: string, sight: Sight = everything, strict = true) {
    const [path, search = ''] = query.split('?') as [string, string?];
    const request = parseSearch(path === '' ? null : path, new URLSearchParams(search.replaceAll('+', '%2B')), {
      strict,
    });
    const { page, count } = buildSearch(request, { tenant: 1, sight });
    return this.db.tenant(1, async (sql) => {
      const all = page ? await sql.query<PageRow>(page.text, page.params) : [];
      const { rows, next } = pageOf(request, all);
      const total = count ? (await sql.query<{ total: number }>(count.text, count.params))[0]!.total : null;
      const included = await fetchIncluded(sql, request, { tenant: 1, sight }, rows);
      return { request, rows, next, total, included: included.rows };
    });
  }

  /** Ids found, in the order of the page. */
  async ids(query: string, sight?: Sight): Promise<string[]> {
    return (await this.run(query, sight)).rows.map((row) => row.id);
  }
}
