import type { Sql } from '../../platform/index.ts';
import type { LetterState } from '../letters/letters.store.ts';
import type { OutboxFilters } from './contract.ts';

export interface OutboxRow {
  id: string;
  kind: 'letter' | 'mail';
  /** Call of a letter; subject of a mail: Project/<id>, Track/<id>… */
  subjectOf: string;
  about: string;
  recipient: string;
  name: string;
  subject: string;
  words: string;
  attachment: string | null;
  state: LetterState;
  attempts: number;
  failure: string | null;
  at: Date;
  changedAt: Date;
}
/** @param all letters, and mails of whatever subject; else mails of projects */
const from = (all: boolean): string => `(
  ${
    all
      ? `select l.id, 'letter' as kind, 'Call/' || l.edition as "subjectOf", a.practice_name as about, l.mail as recipient, a.practice_name as name, l.subject, l.words, l.reference || '.pdf' as attachment, l.state, l.attempts, l.failure, l.at, l.changed_at as "changedAt"
  from programme.letter l join programme.application a on a.tenant_id = l.tenant_id and a.id = l.application where l.tenant_id = $1
  union all`
      : ''
  }
  select m.id, 'mail' as kind, m.subject_of as "subjectOf", coalesce(p.practice_name, '') as about, m.recipient, m.recipient_name as name, m.subject, m.words, d.reference || '.pdf' as attachment, m.state, m.attempts, m.failure, m.at, m.changed_at as "changedAt"
  from programme.mail m left join programme.project p on p.tenant_id = m.tenant_id and m.subject_of = 'Project/' || p.id left join programme.paper d on d.tenant_id = m.tenant_id and d.id = m.paper
  where m.tenant_id = $1${all ? '' : ` and m.subject_of like 'Project/%'`}) o`;

/** Newest first, `most` at a time from after `before`. */
export function outboxOf(
  sql: Sql,
  tenant: number,
  all: boolean,
  { state, kind, q }: Pick<OutboxFilters, 'state' | 'kind' | 'q'>,
  before: { at: Date; id: string } | null,
  most: number,
): Promise<OutboxRow[]> {
  return sql.query<OutboxRow>(
    `select * from ${from(all)} where ($2::text is null or state = $2) and ($3::text is null or kind = $3) and ($4 = '' or position(lower($4) in lower(subject || ' ' || about || ' ' || name || ' ' || recipient)) > 0)
     and ($5::timestamptz is null or (at, id) < ($5::timestamptz, $6)) order by at desc, id desc limit $7::int`,
    [tenant, state ?? null, kind ?? null, q, before?.at.toISOString() ?? null, before?.id ?? '', most],
  );
}
export const outboxCounts = (
  sql: Sql,
  tenant: number,
  all: boolean,
): Promise<{ state: LetterState; count: number }[]> =>
  sql.query(`select state, count(*)::int as count from ${from(all)} group by state order by state`, [tenant]);
