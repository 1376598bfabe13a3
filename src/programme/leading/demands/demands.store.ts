import { randomUUID } from 'node:crypto';
import { french, hash64, type Sql } from '../../../platform/index.ts';
import type { Viewer } from '../../desk.ts';

export interface VoiceRow {
  id: string;
  demand: string | null;
  practice: string;
  practiceName: string;
  practiceTenant: number | null;
  software: string;
  title: string;
  words: string;
  removed: boolean;
  version: number;
  practitioner: string;
  by: string;
  at: Date;
}
export interface DemandRow {
  id: string;
  title: string;
  words: string;
  state: 'gathered' | 'sent' | 'answered';
  vendor: string | null;
  vendorName: string;
  paper: string | null;
  sentAt: Date | null;
  outcome: 'planned' | 'studied' | 'done' | 'refused' | null;
  answer: string;
  answeredBy: string;
  answeredAt: Date | null;
  promisedOn: string | null;
  version: number;
  by: string;
}
const voiceColumns = `v.id, v.demand, v.practice, v.practice_name as "practiceName", v.practice_tenant as "practiceTenant", v.software, v.title, v.words, v.removed, v.version, v.practitioner, v.by_name as by, v.at`;
const demandColumns = `d.id, d.title, d.words, d.state, d.vendor, d.vendor_name as "vendorName", d.paper, d.sent_at as "sentAt", d.outcome, d.answer, d.answered_by as "answeredBy", d.answered_at as "answeredAt", d.promised_on::text as "promisedOn", d.version, d.by_name as by`;

/** Voices whose words this viewer reads: a practice its own; ARS and GCS all; a consultant those of the teams whose project is or was theirs. A vendor reads the one text that was sent. */
function hears(viewer: Viewer, param: (value: unknown) => string): string {
  switch (viewer.as) {
    case 'practice':
      return `v.practice = ${param(viewer.practice.id)}`;
    case 'officer':
    case 'gcs':
      return 'true';
    case 'consultant':
      return `exists (select 1 from programme.project p join programme.project_party y on y.tenant_id = p.tenant_id and y.project = p.id where p.tenant_id = v.tenant_id and p.practice = v.practice and y.practitioner = ${param(viewer.practitioner)} and y.role = 'consultant' and y.removed_at is null)`;
    default:
      return 'false';
  }
}
/** Demands this viewer may know of. All teams and those who support them: every one. A vendor: those sent to them. */
function knows(viewer: Viewer, param: (value: unknown) => string): string {
  switch (viewer.as) {
    case 'practice':
    case 'officer':
    case 'gcs':
    case 'consultant':
      return 'true';
    case 'vendor':
      return `d.vendor = ${param(viewer.practitioner)} and d.state <> 'gathered'`;
    default:
      return 'false';
  }
}
function asked(viewer: Viewer, by: typeof hears): { params: unknown[]; where: string } {
  const params: unknown[] = [viewer.region.tenant];
  return { where: by(viewer, (value) => `$${params.push(value)}`), params };
}
export function voicesFor(sql: Sql, viewer: Viewer): Promise<VoiceRow[]> {
  const { params, where } = asked(viewer, hears);
  return sql.query<VoiceRow>(
    `select ${voiceColumns} from programme.demand_voice v where v.tenant_id = $1 and not v.removed and ${where} order by v.at desc, v.id limit 1000`,
    params,
  );
}
export function demandsFor(sql: Sql, viewer: Viewer): Promise<DemandRow[]> {
  const { params, where } = asked(viewer, knows);
  return sql.query<DemandRow>(
    `select ${demandColumns} from programme.demand d where d.tenant_id = $1 and ${where} order by coalesce(d.answered_at, d.sent_at, d.at) desc, d.id limit 500`,
    params,
  );
}
/** Gathering and sending are done one at a time in a region. */
export const holdDemands = (sql: Sql, tenant: number) =>
  sql.query('select pg_advisory_xact_lock($1::bigint)', [String(hash64(`programme.demand ${tenant}`))]);
/** Teams behind each demand, each once: those whose voice is in it, those who support it. By the name they had then. */
export const teamsBehind = (
  sql: Sql,
  tenant: number,
): Promise<{ demand: string; practice: string; name: string; supports: boolean }[]> =>
  sql.query(
    `select demand, practice, max(name) as name, bool_or(supports) as supports from (
       select demand, practice, practice_name as name, false as supports from programme.demand_voice where tenant_id = $1 and demand is not null and not removed
       union all select demand, practice, practice_name, true from programme.demand_support where tenant_id = $1 and removed_at is null) t group by demand, practice order by max(name)${french}`,
    [tenant],
  );

export async function insertVoice(
  sql: Sql,
  tenant: number,
  row: Omit<VoiceRow, 'id' | 'demand' | 'removed' | 'version'>,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.demand_voice (tenant_id, id, practice, practice_name, practice_tenant, software, title, words, version, practitioner, by_name, at) values ($1, $2, $3, $4, $5::int, $6, $7, $8, 1, $9, $10, $11::timestamptz)`,
    [
      tenant,
      id,
      row.practice,
      row.practiceName,
      row.practiceTenant,
      row.software,
      row.title,
      row.words,
      row.practitioner,
      row.by,
      row.at.toISOString(),
    ],
  );
  return id;
}
export const setVoice = (
  sql: Sql,
  tenant: number,
  id: string,
  row: Pick<VoiceRow, 'title' | 'words' | 'software' | 'removed'>,
) =>
  sql.query(
    'update programme.demand_voice set title = $3, words = $4, software = $5, removed = $6, version = version + 1 where tenant_id = $1 and id = $2',
    [tenant, id, row.title, row.words, row.software, row.removed],
  );
export const voiceRow = async (sql: Sql, tenant: number, id: string): Promise<VoiceRow | undefined> =>
  (
    await sql.query<VoiceRow>(
      `select ${voiceColumns} from programme.demand_voice v where v.tenant_id = $1 and v.id = $2 for update`,
      [tenant, id],
    )
  )[0];
/** Puts voices under a demand, or lets them go (null). */
export const moveVoices = (sql: Sql, tenant: number, voices: readonly string[], demand: string | null) =>
  sql.query('update programme.demand_voice set demand = $3 where tenant_id = $1 and id = any($2::text[])', [
    tenant,
    [...voices],
    demand,
  ]);

export async function insertDemand(
  sql: Sql,
  tenant: number,
  row: Pick<DemandRow, 'title' | 'words' | 'by'>,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `insert into programme.demand (tenant_id, id, title, words, state, version, by_name, at) values ($1, $2, $3, $4, 'gathered', 1, $5, $6::timestamptz)`,
    [tenant, id, row.title, row.words, row.by, at.toISOString()],
  );
  return id;
}
export const setDemandText = (sql: Sql, tenant: number, id: string, row: Pick<DemandRow, 'title' | 'words'>) =>
  sql.query(
    'update programme.demand set title = $3, words = $4, version = version + 1 where tenant_id = $1 and id = $2',
    [tenant, id, row.title, row.words],
  );
export const setSent = (
  sql: Sql,
  tenant: number,
  ids: readonly string[],
  to: { vendor: string; vendorName: string; paper: string },
  at: Date,
) =>
  sql.query(
    `update programme.demand set state = 'sent', vendor = $3, vendor_name = $4, paper = $5, sent_at = $6::timestamptz, version = version + 1 where tenant_id = $1 and id = any($2::text[])`,
    [tenant, [...ids], to.vendor, to.vendorName, to.paper, at.toISOString()],
  );
export const setAnswer = (
  sql: Sql,
  tenant: number,
  id: string,
  row: Pick<DemandRow, 'outcome' | 'answer' | 'answeredBy' | 'promisedOn'>,
  at: Date,
) =>
  sql.query(
    `update programme.demand set state = 'answered', outcome = $3, answer = $4, answered_by = $5, promised_on = $6::date, answered_at = $7::timestamptz, version = version + 1 where tenant_id = $1 and id = $2`,
    [tenant, id, row.outcome, row.answer, row.answeredBy, row.promisedOn, at.toISOString()],
  );
export const putSupport = (
  sql: Sql,
  tenant: number,
  demand: string,
  practice: { id: string; name: string },
  by: string,
  on: boolean,
  at: Date,
) =>
  sql.query(
    `insert into programme.demand_support (tenant_id, demand, practice, practice_name, by_name, at, removed_at) values ($1, $2, $3, $4, $5, $6::timestamptz, case when $7 then null else $6::timestamptz end)
     on conflict (tenant_id, demand, practice) do update set practice_name = $4, by_name = $5, at = $6::timestamptz, removed_at = case when $7 then null else $6::timestamptz end`,
    [tenant, demand, practice.id, practice.name, by, at.toISOString(), on],
  );
/** Who, in a practice of this product, asked for what this demand gathers. */
export const authorsOf = (
  sql: Sql,
  tenant: number,
  demand: string,
): Promise<{ practiceTenant: number; practitioner: string }[]> =>
  sql.query(
    'select distinct practice_tenant as "practiceTenant", practitioner from programme.demand_voice where tenant_id = $1 and demand = $2 and not removed and practice_tenant is not null',
    [tenant, demand],
  );
