import { randomUUID } from 'node:crypto';
import type { Sql } from '../../platform/index.ts';
import type { QuoteKind } from '../contract/quote-lines.ts';
import { type DecidedLine, type Decision, discountsAgainst, type HeldQuote } from './money.rules.ts';
import type { EnteredLine } from './quotes.rules.ts';

export interface QuoteRow extends HeldQuote {
  project: string;
  /** The vendor's person whose quote it is. */
  vendorPerson: string | null;
  version: number;
  revision: number;
  note: string;
  reason: string;
  file: string | null;
  by: string;
  at: Date;
  versions: { version: number; by: string; at: Date; totalCents: number }[];
}
export interface OfferedQuote {
  vendor: string;
  number: string;
  dated: string;
  note: string;
  lines: (EnteredLine & { id?: string | undefined })[];
}
interface LineRow extends Omit<DecidedLine, 'kind'> {
  kind: QuoteKind;
}
/**
 * Quotes with the lines of their version in force, oldest first.
 * @param of a vendor's own; null: all
 */
export async function quotesOf(
  sql: Sql,
  tenant: number,
  projects: readonly string[],
  of: string | null = null,
): Promise<QuoteRow[]> {
  const quotes = await sql.query<Omit<QuoteRow, 'lines' | 'versions'>>(
    `select q.id, q.project, q.vendor_person as "vendorPerson", q.version, q.state, q.reason, q.file, q.revision, v.vendor, v.number, v.dated::text as dated, v.note, v.by_name as by, v.at
     from programme.quote q join programme.quote_version v on v.tenant_id = q.tenant_id and v.quote = q.id and v.version = q.version
     where q.tenant_id = $1 and q.project = any($2::text[]) and ($3::text is null or q.vendor_person = $3::text) order by q.at, q.id`,
    [tenant, [...projects], of],
  );
  const ids = quotes.map(({ id }) => id);
  if (ids.length === 0) return [];
  const lines = await sql.query<LineRow>(
    `select l.id, l.quote, l.label, l.kind, l.quantity, l.unit_cents as "unitCents", l.vat, l.total_cents as "totalCents", l.recurring, l.spent_on::text as "spentOn", l.decision, l.reason, l.decided_by as by
     from programme.quote_line l join programme.quote q on q.tenant_id = l.tenant_id and q.id = l.quote and q.version = l.version where l.tenant_id = $1 and l.quote = any($2::text[]) order by l.quote, l.position`,
    [tenant, ids],
  );
  const versions = await sql.query<QuoteRow['versions'][number] & { quote: string }>(
    `select v.quote, v.version, v.by_name as by, v.at, coalesce((select sum(l.total_cents) from programme.quote_line l where l.tenant_id = v.tenant_id and l.quote = v.quote and l.version = v.version), 0)::float8 as "totalCents"
     from programme.quote_version v where v.tenant_id = $1 and v.quote = any($2::text[]) order by v.quote, v.version`,
    [tenant, ids],
  );
  return quotes.map((quote) => ({
    ...quote,
    lines: lines.filter((line) => line.quote === quote.id),
    versions: versions
      .filter((one) => one.quote === quote.id)
      .map(({ version, by, at, totalCents }) => ({ version, by, at, totalCents })),
  }));
}

export async function insertQuote(
  sql: Sql,
  tenant: number,
  project: string,
  vendorPerson: string | null,
  by: string,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.quote (tenant_id, id, project, vendor_person, version, state, revision, by_name, at) values ($1, $2, $3, $4, 0, 'proposed', 0, $5, $6::timestamptz)`,
    [tenant, id, project, vendorPerson, by, at.toISOString()],
  );
  return id;
}
const same = (a: EnteredLine, b: EnteredLine): boolean =>
  (['label', 'kind', 'quantity', 'unitCents', 'vat', 'totalCents', 'recurring', 'spentOn'] as const).every(
    (key) => a[key] === b[key],
  );
/** Writes the next version of a quote. A line that did not change keeps what was decided of it, unless it is a discount that no longer agrees with what it lowers. The caller holds the project's row. */
export async function insertQuoteVersion(
  sql: Sql,
  tenant: number,
  quote: { id: string; version: number; lines: readonly DecidedLine[] },
  offered: OfferedQuote,
  by: string,
  at: Date,
): Promise<void> {
  const version = quote.version + 1;
  await sql.query(
    'insert into programme.quote_version (tenant_id, quote, version, vendor, number, dated, note, by_name, at) values ($1, $2, $3, $4, $5, $6::date, $7, $8, $9::timestamptz)',
    [tenant, quote.id, version, offered.vendor, offered.number, offered.dated, offered.note, by, at.toISOString()],
  );
  const decided = offered.lines.map((line) => {
    const was = quote.lines.find(({ id }) => id === line.id);
    return { ...line, was, decision: was && same(was, line) ? was.decision : ('pending' as const) };
  });
  const against = new Set(discountsAgainst(decided));
  const rows = decided.map((line, position) => {
    const kept = line.was && same(line.was, line) && !against.has(line) ? line.was : undefined;
    return {
      id: line.was?.id ?? randomUUID(),
      position,
      label: line.label,
      kind: line.kind,
      quantity: line.quantity,
      unit_cents: line.unitCents,
      vat: line.vat,
      total_cents: line.totalCents,
      recurring: line.recurring,
      spent_on: line.spentOn,
      decision: kept?.decision ?? 'pending',
      reason: kept?.reason ?? '',
      decided_by: kept?.by ?? null,
      decided_at: kept?.by ? at.toISOString() : null,
    };
  });
  await sql.query(
    `insert into programme.quote_line (tenant_id, quote, version, id, position, label, kind, quantity, unit_cents, vat, total_cents, recurring, spent_on, decision, reason, decided_by, decided_at)
     select $1, $2, $3, r.id, r.position, r.label, r.kind, r.quantity, r.unit_cents, r.vat, r.total_cents, r.recurring, r.spent_on, r.decision, r.reason, r.decided_by, r.decided_at
     from jsonb_to_recordset($4::jsonb) as r(id text, position int, label text, kind text, quantity int, unit_cents int, vat int, total_cents int, recurring boolean, spent_on date, decision text, reason text, decided_by text, decided_at timestamptz)`,
    [tenant, quote.id, version, JSON.stringify(rows)],
  );
  await sql.query('update programme.quote set version = $3, revision = revision + 1 where tenant_id = $1 and id = $2', [
    tenant,
    quote.id,
    version,
  ]);
}
export const setQuote = (sql: Sql, tenant: number, id: string, state: QuoteRow['state'], reason: string) =>
  sql.query(
    'update programme.quote set state = $3, reason = $4, revision = revision + 1 where tenant_id = $1 and id = $2',
    [tenant, id, state, reason],
  );
export const setQuoteFile = (sql: Sql, tenant: number, id: string, file: string | null) =>
  sql.query('update programme.quote set file = $3, revision = revision + 1 where tenant_id = $1 and id = $2', [
    tenant,
    id,
    file,
  ]);
export async function decideLines(
  sql: Sql,
  tenant: number,
  quote: Pick<QuoteRow, 'id' | 'version'>,
  lines: readonly { line: string; decision: Decision; reason: string }[],
  by: string,
  at: Date,
): Promise<void> {
  await sql.query(
    `update programme.quote_line l set decision = d.decision, reason = d.reason, decided_by = case when d.decision <> 'pending' then $5 end, decided_at = case when d.decision <> 'pending' then $6::timestamptz end
     from jsonb_to_recordset($4::jsonb) as d(line text, decision text, reason text) where l.tenant_id = $1 and l.quote = $2 and l.version = $3 and l.id = d.line`,
    [tenant, quote.id, quote.version, JSON.stringify(lines), by, at.toISOString()],
  );
  await sql.query('update programme.quote set revision = revision + 1 where tenant_id = $1 and id = $2', [
    tenant,
    quote.id,
  ]);
}

/** Projects in which a vendor's person is asked for a quote, with what is asked. */
export const askedOf = (
  sql: Sql,
  tenant: number,
  practitioner: string,
): Promise<{ project: string; team: string; state: 'open' | 'closed' | 'stopped'; words: string; at: Date }[]> =>
  sql.query(
    `select p.id as project, p.practice_name as team, p.state, y.at, coalesce((select a.words from programme.quote_ask a where a.tenant_id = p.tenant_id and a.project = p.id order by a.version desc limit 1), '') as words
     from programme.project_party y join programme.project p on p.tenant_id = y.tenant_id and p.id = y.project where y.tenant_id = $1 and y.practitioner = $2 and y.role = 'vendor' and y.removed_at is null order by p.state = 'open' desc, y.at desc, p.id`,
    [tenant, practitioner],
  );
export interface Versioned {
  project: string;
  version: number;
  by: string;
  at: Date;
}
/** What is asked of the vendors of a project, newest version. */
export const askOf = async (
  sql: Sql,
  tenant: number,
  project: string,
): Promise<(Versioned & { words: string }) | undefined> =>
  (
    await sql.query<Versioned & { words: string }>(
      'select project, version, words, by_name as by, at from programme.quote_ask where tenant_id = $1 and project = $2 order by version desc limit 1',
      [tenant, project],
    )
  )[0];
export const insertAsk = (
  sql: Sql,
  tenant: number,
  project: string,
  version: number,
  words: string,
  by: string,
  at: Date,
) =>
  sql.query(
    'insert into programme.quote_ask (tenant_id, project, version, words, by_name, at) values ($1, $2, $3, $4, $5, $6::timestamptz)',
    [tenant, project, version, words, by, at.toISOString()],
  );
