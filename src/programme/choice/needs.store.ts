import type { Sql } from '../../platform/index.ts';
import type { NeedAnswer, NeedAnswers, Section } from './contract.ts';
import { french } from '../../platform/index.ts';

export interface NeedsRow {
  project: string;
  state: 'draft' | 'open' | 'closed';
  title: string;
  intro: string;
  sections: Section[];
  closesOn: string | null;
  /** Days before it closes on which who has not answered is reminded; none: never. */
  remindBefore: number[];
  openedAt: Date | null;
  shared: boolean;
  version: number;
  by: string;
  at: Date;
}
const columns = `n.project, n.state, n.title, n.intro, n.sections, n.closes_on::text as "closesOn", n.remind_before as "remindBefore", n.opened_at as "openedAt", n.shared_hash is not null as shared, n.version, n.by_name as by, n.at`;
export const needsOf = async (sql: Sql, tenant: number, project: string, lock = false): Promise<NeedsRow | undefined> =>
  (
    await sql.query<NeedsRow>(
      `select ${columns} from programme.needs n where n.tenant_id = $1 and n.project = $2${lock ? ' for update' : ''}`,
      [tenant, project],
    )
  )[0];
/** Writes the questionnaire; the caller holds the project's row and has looked at the version. */
export const putNeeds = async (
  sql: Sql,
  tenant: number,
  row: Pick<
    NeedsRow,
    'project' | 'state' | 'title' | 'intro' | 'sections' | 'closesOn' | 'openedAt' | 'remindBefore' | 'by' | 'at'
  >,
): Promise<number> =>
  (
    await sql.query<{ version: number }>(
      `insert into programme.needs as n (tenant_id, project, state, title, intro, sections, closes_on, opened_at, version, by_name, at, remind_before) values ($1, $2, $3, $4, $5, $6::jsonb, $7::date, $8::timestamptz, 1, $9, $10::timestamptz, $11::int[])
     on conflict (tenant_id, project) do update set state = $3, title = $4, intro = $5, sections = $6::jsonb, closes_on = $7::date, opened_at = $8::timestamptz, version = n.version + 1, by_name = $9, at = $10::timestamptz, remind_before = $11::int[] returning n.version`,
      [
        tenant,
        row.project,
        row.state,
        row.title,
        row.intro,
        JSON.stringify(row.sections),
        row.closesOn,
        row.openedAt?.toISOString() ?? null,
        row.by,
        row.at.toISOString(),
        row.remindBefore,
      ],
    )
  )[0]!.version;
export const setNeedsReminders = async (
  sql: Sql,
  tenant: number,
  project: string,
  days: readonly number[],
): Promise<number> =>
  (
    await sql.query<{ version: number }>(
      'update programme.needs set remind_before = $3::int[], version = version + 1 where tenant_id = $1 and project = $2 returning version',
      [tenant, project, [...days]],
    )
  )[0]!.version;
/** Projects whose questionnaire is open on that day and has reminders planned. */
export const needsToRemind = async (sql: Sql, tenant: number, today: string): Promise<string[]> =>
  (
    await sql.query<{ project: string }>(
      `select n.project from programme.needs n join programme.project p on p.tenant_id = n.tenant_id and p.id = n.project and p.state = 'open' where n.tenant_id = $1 and n.state = 'open' and n.closes_on >= $2::date and n.remind_before <> '{}' order by n.project`,
      [tenant, today],
    )
  ).map(({ project }) => project);
export const setShared = (sql: Sql, tenant: number, project: string, hash: string | null) =>
  sql.query('update programme.needs set shared_hash = $3 where tenant_id = $1 and project = $2', [
    tenant,
    project,
    hash,
  ]);
export const needsShared = async (
  sql: Sql,
  tenant: number,
  hash: string,
  lock = false,
): Promise<NeedsRow | undefined> =>
  (
    await sql.query<NeedsRow>(
      `select ${columns} from programme.needs n where n.tenant_id = $1 and n.shared_hash = $2${lock ? ' for update' : ''}`,
      [tenant, hash],
    )
  )[0];

export interface PersonRow {
  id: string;
  project: string;
  practitioner: string | null;
  name: string;
  profession: string;
  mail: string;
  shared: boolean;
  invitedAt: Date | null;
  remindedOn: string | null;
  reminders: number;
  nameless: boolean;
  startedAt: Date | null;
  submittedAt: Date | null;
  changedAt: Date | null;
}
const person = `p.id, p.project, p.practitioner, p.name, p.profession, p.mail, p.shared, p.invited_at as "invitedAt", p.reminded_on::text as "remindedOn", p.reminders, p.nameless, p.started_at as "startedAt", p.submitted_at as "submittedAt", p.changed_at as "changedAt"`;
export const peopleOf = (sql: Sql, tenant: number, project: string): Promise<PersonRow[]> =>
  sql.query(
    `select ${person} from programme.needs_person p where p.tenant_id = $1 and p.project = $2 and p.removed_at is null order by p.profession, p.name${french}, p.id`,
    [tenant, project],
  );
export const personOf = async (
  sql: Sql,
  tenant: number,
  project: string,
  id: string,
): Promise<(PersonRow & { removed: boolean }) | undefined> =>
  (
    await sql.query<PersonRow & { removed: boolean }>(
      `select ${person}, p.removed_at is not null as removed from programme.needs_person p where p.tenant_id = $1 and p.project = $2 and p.id = $3`,
      [tenant, project, id],
    )
  )[0];
/** @returns false when this account is in the list already */
export const insertPerson = async (
  sql: Sql,
  tenant: number,
  row: Pick<PersonRow, 'id' | 'project' | 'practitioner' | 'name' | 'profession' | 'mail' | 'shared'> & { at: Date },
): Promise<boolean> =>
  (
    await sql.query(
      `insert into programme.needs_person (tenant_id, id, project, practitioner, name, profession, mail, shared, answers, at) values ($1, $2, $3, $4, $5, $6, $7, $8, '{}', $9::timestamptz)
     on conflict (tenant_id, project, practitioner) where practitioner is not null do nothing returning 1`,
      [
        tenant,
        row.id,
        row.project,
        row.practitioner,
        row.name,
        row.profession,
        row.mail,
        row.shared,
        row.at.toISOString(),
      ],
    )
  ).length > 0;
export const setPersonRemoved = (sql: Sql, tenant: number, id: string, at: Date | null) =>
  sql.query('update programme.needs_person set removed_at = $3::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    at?.toISOString() ?? null,
  ]);
export const setInvited = (sql: Sql, tenant: number, id: string, at: Date) =>
  sql.query('update programme.needs_person set invited_at = $3::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    at.toISOString(),
  ]);
/** False when this person was reminded that day. */
export const setReminded = async (sql: Sql, tenant: number, id: string, day: string): Promise<boolean> =>
  (
    await sql.query(
      'update programme.needs_person set reminded_on = $3::date, reminders = reminders + 1 where tenant_id = $1 and id = $2 and (reminded_on is null or reminded_on < $3::date) returning 1',
      [tenant, id, day],
    )
  ).length > 0;

export const insertToken = (sql: Sql, tenant: number, hash: string, personId: string, expires: Date) =>
  sql.query(
    'insert into programme.needs_token (tenant_id, hash, person, expires_at) values ($1, $2, $3, $4::timestamptz)',
    [tenant, hash, personId, expires.toISOString()],
  );
/** Whom a link opens for. A link to someone who is asked no longer opens nothing. */
export const personBehind = async (
  sql: Sql,
  tenant: number,
  hash: string,
  lock = false,
): Promise<(PersonRow & { answers: NeedAnswers; expires: Date }) | undefined> =>
  (
    await sql.query<PersonRow & { answers: NeedAnswers; expires: Date }>(
      `select ${person}, p.answers, t.expires_at as expires from programme.needs_token t join programme.needs_person p on p.tenant_id = t.tenant_id and p.id = t.person where t.tenant_id = $1 and t.hash = $2 and p.removed_at is null${lock ? ' for update of p' : ''}`,
      [tenant, hash],
    )
  )[0];
/** One answer, the others left as they are. */
export const setAnswer = (sql: Sql, tenant: number, id: string, question: string, value: NeedAnswer, at: Date) =>
  sql.query(
    `update programme.needs_person set answers = (answers - $3::text) || $4::jsonb, started_at = coalesce(started_at, $5::timestamptz), changed_at = $5::timestamptz where tenant_id = $1 and id = $2`,
    [tenant, id, question, JSON.stringify(value === null ? {} : { [question]: value }), at.toISOString()],
  );
export const setNameless = (sql: Sql, tenant: number, id: string, nameless: boolean) =>
  sql.query('update programme.needs_person set nameless = $3 where tenant_id = $1 and id = $2', [tenant, id, nameless]);
export const setSubmitted = (sql: Sql, tenant: number, id: string, at: Date) =>
  sql.query(
    'update programme.needs_person set submitted_at = coalesce(submitted_at, $3::timestamptz), started_at = coalesce(started_at, $3::timestamptz), changed_at = $3::timestamptz where tenant_id = $1 and id = $2',
    [tenant, id, at.toISOString()],
  );
/** What was sent, without a name. */
export const voicesOf = (
  sql: Sql,
  tenant: number,
  project: string,
): Promise<{ profession: string; nameless: boolean; answers: NeedAnswers }[]> =>
  sql.query(
    'select profession, nameless, answers from programme.needs_person where tenant_id = $1 and project = $2 and submitted_at is not null and removed_at is null',
    [tenant, project],
  );
/** Answers one by one; the name only of those who let it be seen. */
export const answersGiven = (
  sql: Sql,
  tenant: number,
  project: string,
): Promise<
  { id: string; name: string | null; profession: string; nameless: boolean; submittedAt: Date; answers: NeedAnswers }[]
> =>
  sql.query(
    `select id, case when nameless then null else name end as name, profession, nameless, submitted_at as "submittedAt", answers from programme.needs_person
     where tenant_id = $1 and project = $2 and submitted_at is not null and removed_at is null order by profession, nameless, (case when nameless then md5(id) else name end)${french}`,
    [tenant, project],
  );

/** The project of a questionnaire, for whoever comes by a link: they have no session. */
export interface Around {
  team: string;
  practiceTenant: number | null;
  state: 'open' | 'closed' | 'stopped';
}
export const aroundProject = async (sql: Sql, tenant: number, project: string): Promise<Around> =>
  (
    await sql.query<Around>(
      'select practice_name as team, practice_tenant as "practiceTenant", state from programme.project where tenant_id = $1 and id = $2',
      [tenant, project],
    )
  )[0]!;

export interface TextRow {
  part: string;
  words: string;
  version: number;
  by: string;
  at: Date;
}
export const textsOf = (sql: Sql, tenant: number, project: string): Promise<TextRow[]> =>
  sql.query(
    'select part, words, version, by_name as by, at from programme.choice_text where tenant_id = $1 and project = $2',
    [tenant, project],
  );
/** Writes words that were at version `seen`; undefined when someone was faster. */
export async function writeText(
  sql: Sql,
  tenant: number,
  project: string,
  part: string,
  seen: number,
  words: string,
  by: string,
  at: Date,
): Promise<TextRow | undefined> {
  const params = [tenant, project, part, words, by, at.toISOString()];
  const returned = 'returning part, words, version, by_name as by, at';
  const [row] = await (seen === 0
    ? sql.query<TextRow>(
        `insert into programme.choice_text (tenant_id, project, part, words, version, by_name, at) values ($1, $2, $3, $4, 1, $5, $6::timestamptz) on conflict do nothing ${returned}`,
        params,
      )
    : sql.query<TextRow>(
        `update programme.choice_text set words = $4, version = version + 1, by_name = $5, at = $6::timestamptz where tenant_id = $1 and project = $2 and part = $3 and version = $7 ${returned}`,
        [...params, seen],
      ));
  return row;
}
