import { type Sql, textArray } from '../../platform/index.ts';
import type { ListName, ReadTerm, TermDetail } from './lists.ts';
import { indexWords, plainOf } from './words.rules.ts';

export interface Edition {
  /** 0: loaded for the whole installation. */
  tenant: number;
  edition: number;
  list: ListName;
  version: string;
  terms: number;
  files: { name: string; bytes: number; sha256: string }[];
  byName: string;
  at: Date;
}
/** The editions that a practice reads, its own before the installation's. */
export async function editionsOf(sql: Sql, lists: readonly ListName[]): Promise<Edition[]> {
  const rows = await sql.query<{
    tenant_id: number;
    edition: number;
    list: ListName;
    version: string;
    terms: number;
    files: Edition['files'];
    by_name: string;
    at: Date;
  }>('select * from fhir.term_editions($1::text[])', [textArray(lists)]);
  return rows.map(({ tenant_id, by_name, ...row }) => ({ ...row, tenant: tenant_id, byName: by_name }));
}

/** Opens an edition that nobody reads yet, and clears away those that were never finished. */
export async function openEdition(
  sql: Sql,
  tenant: number,
  list: ListName,
  version: string,
  files: Edition['files'],
  byName: string,
): Promise<number> {
  await sql.query(
    `delete from fhir.term where tenant_id = $1 and edition in (select edition from fhir.term_list where tenant_id = $1 and list = $2 and state = 'loading' and at < now() - interval '1 hour')`,
    [tenant, list],
  );
  await sql.query(
    `delete from fhir.term_word where tenant_id = $1 and edition in (select edition from fhir.term_list where tenant_id = $1 and list = $2 and state = 'loading' and at < now() - interval '1 hour')`,
    [tenant, list],
  );
  await sql.query(
    `delete from fhir.term_list where tenant_id = $1 and list = $2 and state = 'loading' and at < now() - interval '1 hour'`,
    [tenant, list],
  );
  const [row] = await sql.query<{ edition: number }>(
    `insert into fhir.term_list (tenant_id, edition, list, state, version, files, by_name) values ($1, nextval('fhir.term_edition'), $2, 'loading', $3, $4::jsonb, $5) returning edition`,
    [tenant, list, version, JSON.stringify(files), byName],
  );
  return row!.edition;
}
export async function insertTerms(
  sql: Sql,
  tenant: number,
  edition: number,
  terms: readonly ReadTerm[],
): Promise<void> {
  const rows = terms.map(({ code, label, more, rank, detail }) => ({
    code,
    label,
    plain: plainOf(label),
    words: indexWords(label, more).join(' '),
    rank,
    detail: detail ?? null,
  }));
  await sql.query(
    `insert into fhir.term (tenant_id, edition, code, label, plain, words, rank, detail)
     select $1, $2, r.code, r.label, r.plain, array_to_tsvector(string_to_array(r.words, ' ')), r.rank, nullif(r.detail, 'null'::jsonb) from jsonb_to_recordset($3::jsonb) r (code text, label text, plain text, words text, rank int, detail jsonb)`,
    [tenant, edition, JSON.stringify(rows)],
  );
}
export async function insertWords(sql: Sql, tenant: number, edition: number, words: readonly string[]): Promise<void> {
  await sql.query('insert into fhir.term_word (tenant_id, edition, word) select $1, $2, w from unnest($3::text[]) w', [
    tenant,
    edition,
    textArray(words),
  ]);
}
/** From now on this edition is read; the one before is gone. One transaction of the caller's. */
export async function makeCurrent(
  sql: Sql,
  tenant: number,
  list: ListName,
  edition: number,
  terms: number,
): Promise<void> {
  await dropList(sql, tenant, list);
  await sql.query(
    `update fhir.term_list set state = 'current', terms = $3, at = now() where tenant_id = $1 and edition = $2`,
    [tenant, edition, terms],
  );
}
/** Takes the current edition of a list away; false when there was none. */
export async function dropList(sql: Sql, tenant: number, list: ListName): Promise<boolean> {
  const gone = await sql.query<{ edition: number }>(
    `delete from fhir.term_list where tenant_id = $1 and list = $2 and state = 'current' returning edition`,
    [tenant, list],
  );
  for (const { edition } of gone) await dropTerms(sql, tenant, edition);
  return gone.length > 0;
}
/** Of an edition that could not be finished. */
export async function dropEdition(sql: Sql, tenant: number, edition: number): Promise<void> {
  await sql.query('delete from fhir.term_list where tenant_id = $1 and edition = $2', [tenant, edition]);
  await dropTerms(sql, tenant, edition);
}
async function dropTerms(sql: Sql, tenant: number, edition: number): Promise<void> {
  await sql.query('delete from fhir.term where tenant_id = $1 and edition = $2', [tenant, edition]);
  await sql.query('delete from fhir.term_word where tenant_id = $1 and edition = $2', [tenant, edition]);
}

export interface FoundTerm {
  list: ListName;
  code: string;
  label: string;
  detail: TermDetail | null;
  place: number;
  rank: number;
}
export const findTerms = (
  sql: Sql,
  lists: readonly ListName[],
  typed: string,
  query: string,
  exact: string,
  codeLow: string,
  most: number,
): Promise<FoundTerm[]> =>
  sql.query<FoundTerm>('select * from fhir.find_terms($1::text[], $2, $3, $4, $5, $6::int)', [
    textArray(lists),
    typed,
    query,
    exact,
    codeLow,
    most,
  ]);
/** Words one typing mistake away: those with the same first letter, else those that differ there. */
export async function nearWords(
  sql: Sql,
  lists: readonly ListName[],
  typed: string,
  pattern: string,
): Promise<string[]> {
  const same = await sql.query<{ word: string }>('select word from fhir.near_words($1::text[], $2, $3, 12)', [
    textArray(lists),
    typed,
    pattern,
  ]);
  const found =
    same.length > 0
      ? same
      : await sql.query<{ word: string }>('select word from fhir.near_starts($1::text[], $2, 12)', [
          textArray(lists),
          typed,
        ]);
  return found.map((row) => row.word);
}
