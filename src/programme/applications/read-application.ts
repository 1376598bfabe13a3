import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import { isOpen } from '../calls/read-calls.ts';
import { editionsOf } from '../calls/editions.store.ts';
import type { eligibilityOf } from '../calls/eligibility.rules.ts';
import { type Desk, practiceViewer, type PracticeViewer } from '../desk.ts';
import { toldOf } from '../review/told.ts';
import {
  type ApplicationRow,
  applicationsOf,
  type AttachmentRow,
  type AnswerRow,
  membersOf,
} from './applications.store.ts';
import type { answer, applicationReply, documentLine, ruleLine, submissionLine } from './contract.ts';
import { ownFile, standing } from './state.ts';
import type { Submission } from './submissions.store.ts';

export const answerLine = ({ value, version, by, at }: AnswerRow): z.infer<typeof answer> => ({
  value: value as never,
  version,
  by,
  at: at.toISOString(),
});
export const attachmentLine = ({ id, document, name, size, by, at }: AttachmentRow): z.infer<typeof documentLine> => ({
  id,
  document,
  name,
  size,
  by,
  at: at.toISOString(),
});
export const sentLine = ({
  number,
  receipt,
  version,
  by,
  at,
  withdrawnAt,
}: Submission): z.infer<typeof submissionLine> => ({
  number,
  receipt,
  version,
  by,
  at: at.toISOString(),
  withdrawnAt: withdrawnAt?.toISOString() ?? null,
});
/** The results of the rules as screens show them (AAP-10). */
export const ruleLines = (results: ReturnType<typeof eligibilityOf>['results']): z.infer<typeof ruleLine>[] =>
  results.map(({ rule: { id, title, source, fails, mend, documents }, answer, facts }) => ({
    id,
    title,
    source,
    answer,
    fails,
    mend,
    documents,
    facts,
  }));

/** The team's own file. */
export async function readApplication(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof applicationReply>> {
  const viewer = await practiceViewer(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const file = await ownFile(sql, viewer, id);
    const now = desk.now();
    const { missing, eligibility } = standing(file, now);
    return {
      id,
      state: file.row.state,
      practice: file.row.practiceName,
      edition: file.edition,
      version: file.version,
      deadline: new Date(file.deadline).toISOString(),
      open: isOpen(file.edition, now),
      answers: Object.fromEntries(file.rows.map((row) => [row.field, answerLine(row)])),
      documents: file.attachments.map(attachmentLine),
      missing,
      eligibility: { verdict: eligibility.verdict, results: ruleLines(eligibility.results) },
      members: await membersOf(sql, viewer.region.tenant, id),
      submissions: file.submissions.map(sentLine),
      may: { edit: file.row.state !== 'submitted', manage: viewer.manages },
      told: await toldOf(sql, viewer.region.tenant, file.row),
    };
  });
}

/** The calls of the region with the team's file in each: what is open, and what the team took part in. */
export async function mine(desk: Desk, ctx: Ctx) {
  const viewer = await practiceViewer(desk, ctx);
  const now = desk.now();
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const [editions, own] = [await editionsOf(sql, viewer.region.tenant), await applicationsOf(sql, viewer)];
    const calls = [];
    for (const { body } of editions) {
      if (!body) continue;
      const row = own.find(({ edition }) => edition === body.id);
      const open = isOpen(body, now);
      if (!row && (!open || !viewer.manages)) continue;
      const { title, year, publisher, deadline, placesWords } = body;
      calls.push({
        edition: body.id,
        title,
        year,
        publisher,
        deadline,
        open,
        placesWords,
        application: row ? await briefly(sql, viewer, row, now) : null,
      });
    }
    return { region: viewer.region.name, manages: viewer.manages, calls: calls.sort((a, b) => b.year - a.year) };
  });
}
async function briefly(sql: Sql, viewer: PracticeViewer, row: ApplicationRow, now: Date) {
  const file = await ownFile(sql, viewer, row.id);
  return {
    id: row.id,
    state: row.state,
    share: standing(file, now).missing.share,
    receipt: file.current?.receipt ?? null,
    submittedAt: file.current?.at.toISOString() ?? null,
    told: await toldOf(sql, viewer.region.tenant, row),
  };
}
