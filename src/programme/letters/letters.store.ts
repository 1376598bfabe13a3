import type { Sql } from '../../platform/index.ts';
import type { DecidedRow } from '../review/decisions.store.ts';

export type LetterState = 'waiting' | 'sending' | 'sent' | 'failed' | 'unsure' | 'to-hand';
export interface LetterRow {
  id: string;
  edition: string;
  decision: number;
  application: string;
  reference: string;
  version: number;
  mail: string;
  subject: string;
  words: string;
  /** What the paper is drawn from, frozen. */
  data: Record<string, unknown>;
  state: LetterState;
  attempts: number;
  failure: string | null;
  at: Date;
  changedAt: Date;
}
const columns = `l.id, l.edition, l.decision, l.application, l.reference, l.version, l.mail, l.subject, l.words, l.data, l.state, l.attempts, l.failure, l.at, l.changed_at as "changedAt"`;

export type NewLetter = Omit<LetterRow, 'state' | 'attempts' | 'failure' | 'changedAt'>;
/** Many letters in one statement: hundreds are written while someone waits. */
export const insertLetters = (sql: Sql, tenant: number, rows: readonly NewLetter[]) =>
  sql.query(
    `insert into programme.letter (tenant_id, id, edition, decision, application, reference, version, mail, subject, words, data, state, at, changed_at)
     select $1, id, edition, decision, application, reference, version, mail, subject, words, data, 'waiting', at, at
     from jsonb_to_recordset($2::jsonb) l (id text, edition text, decision int, application text, reference text, version int, mail text, subject text, words text, data jsonb, at timestamptz)`,
    [tenant, JSON.stringify(rows)],
  );
/** What each team was last told before a decision, by letter: it is told again only what has changed for it. */
export const toldBefore = async (
  sql: Sql,
  tenant: number,
  edition: string,
  decision: number,
): Promise<Map<string, Pick<DecidedRow, 'outcome' | 'rank' | 'because'>>> =>
  new Map(
    (
      await sql.query<Pick<DecidedRow, 'application' | 'outcome' | 'rank' | 'because'>>(
        `select distinct on (l.application) l.application, o.outcome, o.rank, o.because from programme.letter l join programme.decided o on o.tenant_id = l.tenant_id and o.edition = l.edition and o.number = l.decision and o.application = l.application
       where l.tenant_id = $1 and l.edition = $2 and l.decision < $3::int order by l.application, l.decision desc`,
        [tenant, edition, decision],
      )
    ).map((row) => [row.application, row]),
  );
export const lettersOf = (
  sql: Sql,
  tenant: number,
  edition: string,
): Promise<(LetterRow & { team: string; outcome: 'chosen' | 'waiting' | 'refused' })[]> =>
  sql.query(
    `select ${columns}, a.practice_name as team, o.outcome from programme.letter l join programme.application a on a.tenant_id = l.tenant_id and a.id = l.application
       join programme.decided o on o.tenant_id = l.tenant_id and o.edition = l.edition and o.number = l.decision and o.application = l.application
     where l.tenant_id = $1 and l.edition = $2 order by l.decision desc, l.reference, l.version desc`,
    [tenant, edition],
  );
export const letterOf = async (sql: Sql, tenant: number, id: string, lock = false): Promise<LetterRow | undefined> =>
  (
    await sql.query<LetterRow>(
      `select ${columns} from programme.letter l where l.tenant_id = $1 and l.id = $2${lock ? ' for update' : ''}`,
      [tenant, id],
    )
  )[0];
export const writtenFor = async (sql: Sql, tenant: number, edition: string, decision: number): Promise<Set<string>> =>
  new Set(
    (
      await sql.query<{ application: string }>(
        'select distinct application from programme.letter where tenant_id = $1 and edition = $2 and decision = $3',
        [tenant, edition, decision],
      )
    ).map(({ application }) => application),
  );
export const setLetter = (
  sql: Sql,
  tenant: number,
  id: string,
  state: LetterState,
  at: Date,
  more: { attempts?: number; failure?: string | null } = {},
) =>
  sql.query(
    'update programme.letter set state = $3, changed_at = $4::timestamptz, attempts = coalesce($5::int, attempts), failure = $6 where tenant_id = $1 and id = $2',
    [tenant, id, state, at.toISOString(), more.attempts ?? null, more.failure ?? null],
  );
/** Letters that a process left behind: still to be sent, to be tried again, or cut while they were being sent. */
export const leftBehind = (
  sql: Sql,
  tenant: number,
  states: readonly LetterState[],
): Promise<Pick<LetterRow, 'id' | 'state' | 'attempts' | 'changedAt'>[]> =>
  sql.query(
    `select id, state, attempts, changed_at as "changedAt" from programme.letter where tenant_id = $1 and state = any($2::text[]) order by at, id limit 200`,
    [tenant, [...states]],
  );
