import { type Sight, sightPredicate } from '../../access/index.ts';
import { textArray } from '../../platform/index.ts';
import type { Engine } from './engine.ts';
import { type ResourceRow, rowColumns } from './rows.ts';

/** The version that stands, with what rights and index need to know of it. `seen`: the writer may read it. */
export type Standing = ResourceRow & { kind: number; author: string | null; patient_keys: string[]; seen: boolean };

export interface LookItem {
  type: string;
  id: string;
  /** Values of the sight's parameters, in the order of the shape. */
  sight: unknown[];
}

/** The sight as columns of a table of requests `q` instead of parameters: requests of several people share one statement. */
export function shapeOf(sight: Sight): { shape: string; values: unknown[] } {
  const values: unknown[] = [];
  const shape = sightPredicate(sight, 'r', (value) => {
    values.push(Array.isArray(value) ? textArray(value.map(String)) : value === null ? null : String(value));
    return `(q.s[${values.length}])`;
  });
  return { shape, values };
}

export const standingColumns = (row: string): string =>
  `${rowColumns(row)}, ${row}.kind, ${row}.author::text as author, coalesce(${row}.patients, array_remove(array[${row}.patient], null))::text[] as patient_keys`;

/** What stands before a change: looked at without a lock, the change itself says whether it still stood. */
export const gatheredLook =
  (engine: Engine, tenant: number, shape: string) =>
  async (items: LookItem[]): Promise<(Standing | null)[]> => {
    const rows = await engine.db.tenant(tenant, (sql) =>
      sql.query<Standing & { ord: number }>(
        `with q as materialized (select a.type, a.id, a.s::text[] as s, a.ord from unnest($2::text[], $3::text[], $4::text[]) with ordinality as a (type, id, s, ord))
         select ${standingColumns('r')}, (${shape}) as seen, q.ord::int as ord from q join fhir.resource r on r.tenant_id = $1::int and r.type = q.type and r.id = q.id`,
        [
          tenant,
          textArray(items.map((item) => item.type)),
          textArray(items.map((item) => item.id)),
          textArray(items.map((item) => textArray(item.sight as string[]))),
        ],
      ),
    );
    const found: (Standing | null)[] = items.map(() => null);
    for (const row of rows) found[row.ord - 1] = row;
    return found;
  };
