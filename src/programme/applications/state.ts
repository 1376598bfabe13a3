import { forbidden, notFound, type Sql } from '../../platform/index.ts';
import { type Answers, factsOf } from '../calls/answers.rules.ts';
import type { Facts, Moments } from '../calls/conditions.rules.ts';
import type { Edition } from '../calls/contract.ts';
import { editionRow, editionVersion } from '../calls/editions.store.ts';
import { deadlineInstant, eligibilityOf, missingFrom } from '../calls/eligibility.rules.ts';
import { dayInFrance, type PracticeViewer } from '../desk.ts';
import {
  type AnswerRow,
  answersOf,
  type ApplicationRow,
  applicationOf,
  type AttachmentRow,
  attachmentsOf,
  valuesOf,
} from './applications.store.ts';
import { type Submission, submissionsOf } from './submissions.store.ts';

export const noApplication = () => notFound('Ce dossier de candidature');

const later = (a: string, b: string): string => (a < b ? b : a);
/** The days on which conditions must hold for a team: those of its submission; when they must hold at the review, the day of the deadline at the earliest. */
function momentsOf(edition: Edition, now: Date, submitted?: Date): Moments {
  const sent = dayInFrance(submitted ?? now);
  const closes = edition.deadline.slice(0, 10);
  return { holds: edition.holdsWhen === 'submission' ? sent : later(dayInFrance(now), closes), answer: sent };
}

/** A file of the team, whole, as the acts on it need it. */
export interface OwnFile {
  row: ApplicationRow;
  /** The version that counts: the newest for a draft, the one of the submission once submitted. */
  edition: Edition;
  version: number;
  rows: AnswerRow[];
  answers: Answers;
  facts: Facts;
  attachments: AttachmentRow[];
  submissions: Submission[];
  current: Submission | undefined;
  deadline: number;
}
export async function ownFile(sql: Sql, viewer: PracticeViewer, id: string, lock = false): Promise<OwnFile> {
  const tenant = viewer.region.tenant;
  const row = await applicationOf(sql, viewer, id, lock);
  if (!row) throw noApplication();
  const [rows, attachments, submissions] = [
    await answersOf(sql, tenant, id),
    await attachmentsOf(sql, tenant, [id]),
    await submissionsOf(sql, tenant, [id]),
  ];
  const current = row.state === 'submitted' ? submissions.find(({ number }) => number === row.submission) : undefined;
  const newest = (await editionRow(sql, tenant, row.edition))!;
  const version = current?.version ?? newest.published;
  const edition = current ? (await editionVersion(sql, tenant, row.edition, version))! : newest.body!;
  const answers = current?.answers ?? valuesOf(rows);
  return {
    row,
    edition,
    version,
    rows,
    answers,
    facts: factsOf(edition, answers),
    attachments,
    submissions,
    current,
    deadline: deadlineInstant(edition.deadline),
  };
}

/** What a file still lacks and whether it is eligible, on a day. */
export function standing(file: Pick<OwnFile, 'edition' | 'facts' | 'attachments' | 'current'>, now: Date) {
  const moments = momentsOf(file.edition, now, file.current?.at);
  const missing = missingFrom(
    file.edition,
    file.facts,
    new Set(file.attachments.map(({ document }) => document)),
    moments,
  );
  return { missing, eligibility: eligibilityOf(file.edition, file.facts, moments), moments };
}
/** Nothing is written in a file that was submitted: it is withdrawn first. */
export function mayEdit({ row }: Pick<OwnFile, 'row'>): void {
  if (row.state === 'submitted')
    throw forbidden(
      'Cette candidature est déposée : elle ne change plus. Retirez-la pour la modifier, puis déposez-la de nouveau avant la date limite.',
    );
}
