import type { Db, Sql } from '../platform/index.ts';
import { leaving } from './interactions/outgoing.ts';

/** Rows of one look, and bytes of one line: what was changed a thousand times is never held whole. */
const page = { rows: 50, text: 4_000_000 };

interface Edition {
  rid: number;
  type: string;
  id: string;
  version: number;
  updated: Date;
  content: string;
}

/**
 * What was there before what stands: lines of `Bundle` of type `history`, each of one resource, the present edition first. A resource with a long past has several.
 * https://hl7.org/fhir/R4/http.html#history
 * @param kept condition on a row `r` of the present or of the past, with its one parameter `key`: an edition goes out when it and what stands now both may.
 */
export async function* histories(
  db: Db,
  tenant: number,
  { kept, key, last }: { kept: (row: string) => string; key: string | null; last: number },
): AsyncGenerator<{ type: string; editions: number; line: string }> {
  const ask = <T>(work: (sql: Sql) => Promise<T[]>) => db.tenant(tenant, work);
  let held: Edition[] = [];
  const bundle = async () => {
    const [present] = await ask((sql) =>
      sql.query<Edition>(
        `select r.rid, r.type, r.id, r.version, r.updated, r.content from fhir.resource r where r.tenant_id = $1 and r.rid = $3::bigint and not r.deleted and ${kept('r')}`,
        [tenant, key, held[0]!.rid],
      ),
    );
    const [past, { type }] = [held, held[0]!];
    held = [];
    // Taken away meanwhile, it takes its past along.
    if (!present) return [];
    const entries = [present, ...past.reverse()].map(entryOf);
    return [
      { type, editions: past.length, line: `{"resourceType":"Bundle","type":"history","entry":[${entries.join()}]}` },
    ];
  };
  let [after, version, length] = [0, 0, 0];
  for (;;) {
    const rows = await ask((sql) =>
      sql.query<Edition>(
        `select h.rid, h.type, h.id, h.version, h.updated, h.content from fhir.history h join fhir.resource r on r.tenant_id = h.tenant_id and r.rid = h.rid
         where h.tenant_id = $1 and (h.rid, h.version) > ($3::bigint, $4::int) and h.rid <= $5::bigint and not h.deleted and not r.deleted and ${kept('h')} and ${kept('r')}
         order by h.rid, h.version limit ${page.rows}`,
        [tenant, key, after, version, last],
      ),
    );
    for (const row of rows) {
      if (held.length > 0 && (held[0]!.rid !== row.rid || length > page.text)) {
        yield* await bundle();
        length = 0;
      }
      held.push(row);
      length += row.content.length;
      [after, version] = [row.rid, row.version];
    }
    if (rows.length === 0) break;
  }
  if (held.length > 0) yield* await bundle();
}

function entryOf({ type, id, version, updated, content }: Edition): string {
  const first = version === 1;
  const request = first ? { method: 'POST', url: type } : { method: 'PUT', url: `${type}/${id}` };
  const response = { status: first ? '201' : '200', etag: `W/"${version}"`, lastModified: updated.toISOString() };
  return `{"resource":${leaving(type, content)},"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`;
}
