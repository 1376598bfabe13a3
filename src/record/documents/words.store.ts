import type { ResourceType } from '../../fhir/index.ts';
import { type Sight, sightPredicate } from '../../access/index.ts';
import { plainArray, type Sql, textArray } from '../../platform/index.ts';

/** record.text: the words of documents and notes. Rights stand on fhir.resource, which every read of it for a person is joined to. */
export interface Words {
  type: string;
  id: string;
  heading: string;
  author: string;
  code: string;
  /** A connected program left it, about nobody: to be sorted by someone. What a take-over or a person brings is not. */
  unclaimed: boolean;
  /** Which file the body comes from; '' when `body` is given. */
  source: string;
  /** The whole text, or null: it stays as it was read from `source`, or waits to be read. */
  body: string | null;
}
/** Rows of these resources, each once, in one statement: what is written stands in fhir.resource already. */
export async function keepWords(sql: Sql, tenant: number, all: readonly Words[], now: string): Promise<void> {
  if (all.length === 0) return;
  await sql.query(
    `insert into record.text (tenant_id, rid, type, id, patient, day, code, author, source, heading, body, words, state, unclaimed)
     select r.tenant_id, r.rid, r.type, r.id, r.patient, (coalesce(r.at, $3::timestamptz) at time zone 'Europe/Paris')::date, w.code, w.author, w.source, w.heading, coalesce(w.body, ''), record.words_of(w.heading || ' ' || coalesce(w.body, '')), case when w.body is null then 'waiting' else 'read' end, w.unclaimed
     from json_to_recordset($2::json) as w (type text, id text, code text, author text, source text, heading text, body text, unclaimed boolean)
     cross join lateral (select r.* from fhir.resource r where r.tenant_id = $1::int and r.type = w.type and r.id = w.id limit 1) r
     on conflict (tenant_id, rid) do update set patient = excluded.patient, day = excluded.day, code = excluded.code, author = excluded.author, source = excluded.source, heading = excluded.heading, unclaimed = excluded.unclaimed,
       body = case when excluded.state = 'waiting' and text.source = excluded.source then text.body else excluded.body end,
       words = case when excluded.state = 'waiting' and text.source = excluded.source then record.words_of(excluded.heading || ' ' || text.body) else excluded.words end,
       state = case when excluded.state = 'waiting' and text.source = excluded.source then text.state else excluded.state end,
       tries = case when text.source = excluded.source then text.tries else 0 end, recognised = case when text.source = excluded.source then text.recognised else 0 end, confidence = case when text.source = excluded.source then text.confidence end,
       bytes_hash = case when text.source = excluded.source then text.bytes_hash else '' end, text_hash = case when text.source = excluded.source then text.text_hash else '' end`,
    // Half of a sign of two halves, where a text was cut, is no JSON.
    [
      tenant,
      JSON.stringify(all, (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value)),
      now,
    ],
  );
}
export async function dropWords(
  sql: Sql,
  tenant: number,
  gone: readonly { type: string; id: string }[],
): Promise<void> {
  if (gone.length === 0) return;
  await sql.query(
    'delete from record.text x using unnest($2::text[], $3::text[]) as g (type, id) where x.tenant_id = $1 and x.type = g.type and x.id = g.id',
    [tenant, textArray(gone.map((one) => one.type)), textArray(gone.map((one) => one.id))],
  );
}
export async function keepHash(sql: Sql, tenant: number, id: string, hash: string): Promise<void> {
  await sql.query(
    `update record.text set bytes_hash = $3 where tenant_id = $1 and type = 'DocumentReference' and id = $2`,
    [tenant, id, hash],
  );
}

export const practicesWithWords = async (sql: Sql): Promise<number[]> =>
  (await sql.query<{ tenant_id: number }>('select tenant_id from platform.tenant order by tenant_id')).map(
    (row) => row.tenant_id,
  );
export async function forgetWords(sql: Sql, tenant: number): Promise<void> {
  await sql.query('delete from record.text where tenant_id = $1', [tenant]);
}
/** Resources of this type that have no words, in the order of their numbers, after `last`. */
export const withoutWords = (
  sql: Sql,
  tenant: number,
  type: string,
  last: string,
  most: number,
): Promise<{ rid: string; id: string; content: string }[]> =>
  sql.query(
    `select r.rid::text as rid, r.id, r.content from fhir.resource r where r.tenant_id = $1::int and r.type = $2 and r.rid > $3::bigint and not r.deleted
       and not exists (select 1 from record.text t where t.tenant_id = r.tenant_id and t.rid = r.rid) order by r.rid limit $4::int`,
    [tenant, type, last, most],
  );

export interface Waiting {
  tenant: number;
  id: string;
  source: string;
  unclaimed: boolean;
}
/**
 * Documents whose text is not read, of any practice: what waits to be sorted first. Those that a reader has already begun come last and alone: one of them may have brought it down,
 * and comes back two times more.
 */
export async function takeWaiting(sql: Sql, most: number): Promise<Waiting[]> {
  await sql.query(`update record.text set state = 'unreadable' where state = 'waiting' and tries >= 3`);
  const take = (which: string, many: number) =>
    sql.query<Waiting>(
      `update record.text t set tries = t.tries + 1 from (select tenant_id, rid from record.text where state = 'waiting' and ${which} order by tries, patient is not null, rid desc limit $1::int for update skip locked) n
       where t.tenant_id = n.tenant_id and t.rid = n.rid returning t.tenant_id as tenant, t.id, t.source, t.unclaimed`,
      [many],
    );
  const fresh = await take('tries = 0', most);
  return fresh.length > 0 ? fresh : take('tries > 0', 1);
}
/** Taken, and not begun. */
export async function giveBack(sql: Sql, all: readonly Waiting[]): Promise<void> {
  await sql.query(
    `update record.text t set tries = greatest(t.tries - 1, 0) from unnest($1::int[], $2::text[]) as g (tenant, id) where t.tenant_id = g.tenant and t.type = 'DocumentReference' and t.id = g.id and t.state = 'waiting'`,
    [plainArray(all.map((one) => one.tenant)), textArray(all.map((one) => one.id))],
  );
}
export interface ReadText {
  /** `scanned`: pictures, whose words may be recognised (scan-reader.ts). */
  state: 'read' | 'empty' | 'unreadable' | 'scanned';
  body: string;
  pages: number | null;
  bytesHash: string;
  textHash: string;
}
/** Each only while it is still that file that the row waits for. */
export async function keepTexts(
  sql: Sql,
  tenant: number,
  all: readonly (ReadText & Pick<Waiting, 'id' | 'source'>)[],
): Promise<void> {
  await sql.query(
    `update record.text t set body = n.body, state = n.state, pages = n.pages, tries = 0, recognised = 0, confidence = null, bytes_hash = n."bytesHash", text_hash = n."textHash", words = record.words_of(t.heading || ' ' || n.body)
     from json_to_recordset($2::json) as n (id text, source text, body text, state text, pages int, "bytesHash" text, "textHash" text) where t.tenant_id = $1::int and t.type = 'DocumentReference' and t.id = n.id and t.source = n.source`,
    [tenant, JSON.stringify(all)],
  );
}
export interface TextRow {
  id: string;
  body: string;
  state: 'waiting' | 'read' | 'empty' | 'unreadable' | 'scanned';
  pages: number | null;
  /** Pages that are recognised, and how sure it is, 0–1; null: the words are the file's own. */
  recognised: number;
  confidence: number | null;
  bytes_hash: string;
  text_hash: string;
}
export async function textsOf(
  sql: Sql,
  tenant: number,
  ids: readonly string[],
  body = true,
): Promise<Map<string, TextRow>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<TextRow>(
    `select id, ${body ? 'body' : "'' as body"}, state, pages, recognised, confidence, bytes_hash, text_hash from record.text where tenant_id = $1 and type = 'DocumentReference' and id = any($2::text[])`,
    [tenant, textArray(ids)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
/** The same file, or the same words: other documents that stand. The caller answers for who may know. */
export async function sameAs(
  sql: Sql,
  tenant: number,
  id: string,
  row: TextRow,
): Promise<{ id: string; patient: string | null; bytes: boolean }[]> {
  if (row.bytes_hash === '' && row.text_hash === '') return [];
  return sql.query(
    `select t.id, p.id as patient, (t.bytes_hash = $3 and $3 <> '') as bytes from record.text t left join fhir.resource p on p.tenant_id = t.tenant_id and p.type = 'Patient' and p.key = t.patient
     where t.tenant_id = $1::int and t.type = 'DocumentReference' and t.id <> $2 and ((t.bytes_hash = $3 and $3 <> '') or (t.text_hash = $4 and $4 <> '')) order by 3 desc, t.rid desc limit 5`,
    [tenant, id, row.bytes_hash, row.text_hash],
  );
}
/** Documents of one record that could be an earlier version: of about the same day. */
export async function nearIn(
  sql: Sql,
  tenant: number,
  patientKey: string,
  day: string,
  not: string,
): Promise<{ id: string; code: string; author: string; body: string }[]> {
  return sql.query(
    `select t.id, t.code, t.author, left(t.body, 60000) as body from record.text t where t.tenant_id = $1::int and t.patient = $2::bigint and t.type = 'DocumentReference' and t.id <> $4 and t.day between $3::date - 1 and $3::date + 1 order by t.rid desc limit 20`,
    [tenant, patientKey, day, not],
  );
}

export interface TextQuery {
  words: readonly string[];
  phrases: readonly string[];
  /** Key of one patient; else those whom the caller takes care of, when `team`. */
  patientKey: string | null;
  low: string;
  high: string;
  kinds: readonly string[] | null;
  author: string;
  most: number;
}
export interface FoundText {
  rid: string;
  type: ResourceType;
  id: string;
  version: number;
  updated: Date;
  content: string;
  kind: number;
  patient: string;
  body: string;
  /** Of recognised words, 0–1; null: the file's own. */
  confidence: number | null;
  day: string;
}
/**
 * Newest first, cut to what this person may see: candidates are taken by the batch until the page is full, so that what is closed to them never
 * shortens a page nor shows in it.
 */
export async function findTexts(
  sql: Sql,
  tenant: number,
  sight: Sight,
  query: TextQuery,
  after: readonly [day: string, rid: string] | null,
): Promise<FoundText[]> {
  const found: FoundText[] = [];
  let place = after ?? (['9999-12-31', '9223372036854775807'] as const);
  for (let size = query.most; ; size = Math.min(2_000, size * 4)) {
    const params: unknown[] = [
      textArray(query.words),
      textArray(query.phrases),
      query.patientKey,
      sight.practiceMask & clinicalMask ? null : String(sight.practitionerKey),
      query.low,
      query.high,
      query.kinds ? textArray(query.kinds) : null,
      query.author,
      place[0],
      place[1],
      size,
      tenant,
    ];
    const param = (value: unknown) => `$${params.push(value)}`;
    const rows = await sql.query<FoundText & { seen: boolean; content: string | null }>(
      `with f as materialized (select * from record.find_texts($1::text[], $2::text[], $3::bigint, $4::bigint, $5::date, $6::date, $7::text[], $8, $9::date, $10::bigint, $11::int))
       select f.rid::text as rid, f.day::text as day, s.* from f left join lateral (
         select r.type, r.id, r.version, r.updated, r.content, r.kind, (select p.id from fhir.resource p where p.tenant_id = r.tenant_id and p.type = 'Patient' and p.key = r.patient) as patient, left(x.body, 200000) as body, x.confidence, true as seen
         from fhir.resource r join record.text x on x.tenant_id = r.tenant_id and x.rid = r.rid where r.tenant_id = $12::int and r.rid = f.rid and not r.deleted and ${sightPredicate(sight, 'r', param)}) s on true
       order by f.day desc, f.rid desc`,
      params,
    );
    found.push(...rows.filter((row) => row.seen && row.patient));
    const last = rows.at(-1);
    if (found.length >= query.most || rows.length < size || !last) return found.slice(0, query.most);
    place = [last.day, last.rid];
  }
}
/** documents, summary, history: what documents and notes may be; a person who reaches one of them in the whole practice is not kept to their own patients. */
const clinicalMask = (1 << 3) | (1 << 4) | (1 << 8);
