import type { Sql } from '../../platform/index.ts';

/** Of one file: pages whose words are recognised; those beyond stay pictures. */
export const mostRecognised = 30;
export interface Scan {
  tenant: number;
  id: string;
  source: string;
  /** The next one, from 1. */
  page: number;
  /** Times that it was begun, this one too. */
  tries: number;
}
/** The next page to be recognised, of any practice: of what waits to be sorted first, and first pages before all others. */
export async function takeScan(sql: Sql): Promise<Scan | null> {
  const [one] = await sql.query<Scan>(
    `update record.text t set tries = t.tries + 1 from (select tenant_id, rid from record.text where state = 'scanned' order by (patient is not null), recognised, tries, rid limit 1 for update skip locked) n
     where t.tenant_id = n.tenant_id and t.rid = n.rid returning t.tenant_id as tenant, t.id, t.source, t.recognised + 1 as page, t.tries`,
  );
  return one ?? null;
}
/** A page is done, with its words or without, if it is still the next one of that file. The whole text as it is now; null: it was another's. */
export async function keepPage(
  sql: Sql,
  { tenant, id, source, page }: Scan,
  { text, confidence }: { text: string; confidence: number },
): Promise<string | null> {
  const [row] = await sql.query<{ body: string }>(
    `update record.text t set body = n.body, recognised = $4::int, tries = 0, words = record.words_of(t.heading || ' ' || n.body),
       confidence = case when $5 = '' then t.confidence else (coalesce(t.confidence, 0) * length(t.body) + $6::real * length($5)) / (length(t.body) + length($5)) end,
       state = case when $4::int < least(coalesce(t.pages, 1), $7::int) then 'scanned' when n.body = '' then 'empty' else 'read' end
     from (select b.rid, case when b.body = '' or $5 = '' then b.body || $5 else b.body || E'\\f' || $5 end as body from record.text b where b.tenant_id = $1::int and b.type = 'DocumentReference' and b.id = $2) n
     where t.tenant_id = $1::int and t.rid = n.rid and t.source = $3 and t.state = 'scanned' and t.recognised = $4::int - 1 returning t.body`,
    [tenant, id, source, page, text, confidence, mostRecognised],
  );
  return row?.body ?? null;
}
