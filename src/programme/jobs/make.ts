import { csvOf, dayInFrance, notFound, type SheetColumn } from '../../platform/index.ts';
import { attachmentBytes } from '../applications/applications.store.ts';
import { drawReceipt } from '../applications/receipt.ts';
import { submissionsOf, type Submission } from '../applications/submissions.store.ts';
import { editionVersion } from '../calls/editions.store.ts';
import type { Desk } from '../desk.ts';
import { letterOf } from '../letters/letters.store.ts';
import { drawLetter } from '../letters/send.ts';
import { paperOf } from '../papers/papers.store.ts';
import { drawPaper } from '../papers/templates.ts';
import { type DecidedRow, decidedIn, decisionsOf } from '../review/decisions.store.ts';
import { interestsOf } from '../review/review.store.ts';
import { applicationNames, type JobItem, type JobRow } from './jobs.store.ts';
import type { MakePart } from './run.ts';

const outcomes = { chosen: 'Retenue', waiting: 'Liste d’attente', refused: 'Non retenue' } as const;
const decisionColumns: readonly SheetColumn<DecidedRow & { name: string; hidden: boolean }>[] = [
  { title: 'Équipe', value: (one) => one.name },
  { title: 'Décision', value: (one) => outcomes[one.outcome] },
  { title: 'Rang', kind: 'number', value: (one) => one.rank },
  { title: 'Place en liste d’attente', kind: 'number', value: (one) => one.waiting },
  { title: 'Motifs', value: (one) => (one.hidden ? 'lien déclaré : non montré' : one.because.words.join(' ')) },
];
const fileColumns: readonly SheetColumn<Submission & { name: string }>[] = [
  { title: 'Récépissé', value: (one) => one.receipt },
  { title: 'Équipe', value: (one) => one.name },
  {
    title: 'Déposée le',
    kind: 'day',
    value: (one) => dayInFrance(one.at),
  },
  { title: 'Par', value: (one) => one.by },
  { title: 'Territoire', value: (one) => String(one.answers['team.territory'] ?? '') },
  { title: 'Pièces', kind: 'number', value: (one) => one.documents.length },
  {
    title: 'Retirée le',
    kind: 'day',
    value: (one) => one.withdrawnAt && dayInFrance(one.withdrawnAt),
  },
];

/** Makes the documents of a job, each from what is kept and frozen: made again, it is the same. */
export const partMaker =
  ({ db }: Pick<Desk, 'db'>): MakePart =>
  async (tenant, job, item) => {
    switch (item.type) {
      case 'letter': {
        const letter = await db.tenant(tenant, (sql) => letterOf(sql, tenant, item.id));
        if (!letter) throw notFound('Ce courrier');
        return drawLetter(letter);
      }
      case 'paper': {
        const paper = await db.tenant(tenant, (sql) => paperOf(sql, tenant, item.id));
        if (!paper) throw notFound('Ce document');
        return drawPaper(paper);
      }
      case 'attachment': {
        const file = await db.tenant(tenant, (sql) => attachmentBytes(sql, tenant, item.application, item.id));
        if (!file) throw notFound('Cette pièce');
        return file.bytes;
      }
      case 'receipt':
        return receiptOf(db, tenant, job, item);
      case 'sheet':
        return sheetOf(db, tenant, job, item.of);
    }
  };
async function receiptOf(
  db: Desk['db'],
  tenant: number,
  job: JobRow,
  item: Extract<JobItem, { type: 'receipt' }>,
): Promise<Buffer> {
  const found = await db.tenant(tenant, async (sql) => {
    const sent = (await submissionsOf(sql, tenant, [item.application])).find(({ number }) => number === item.number);
    const team = (await applicationNames(sql, tenant, [item.application])).get(item.application);
    const edition = sent && (await editionVersion(sql, tenant, job.edition, sent.version));
    return sent && edition && team !== undefined ? { sent, edition, team } : undefined;
  });
  if (!found) throw notFound('Ce récépissé');
  return drawReceipt(item.region, found.team, found.sent, found.edition);
}
const sheetOf = (db: Desk['db'], tenant: number, job: JobRow, of: 'files' | 'decision'): Promise<Buffer> =>
  db.tenant(tenant, async (sql) => {
    if (of === 'decision') {
      const [last] = await decisionsOf(sql, tenant, job.edition);
      const lines = last ? await decidedIn(sql, tenant, job.edition, last.number) : [];
      const mine = new Set(
        (
          await interestsOf(
            sql,
            tenant,
            lines.map(({ application }) => application),
          )
        )
          .filter(({ reviewer }) => reviewer === job.practitioner)
          .map(({ application }) => application),
      );
      return csvOf(
        decisionColumns,
        lines.map((line) => ({ ...line, hidden: mine.has(line.application) })),
      );
    }
    const rows = job.plan.flatMap((item) => (item.type === 'receipt' ? [item] : []));
    const sent = await submissionsOf(
      sql,
      tenant,
      rows.map(({ application }) => application),
    );
    const names = await applicationNames(
      sql,
      tenant,
      rows.map(({ application }) => application),
    );
    return csvOf(
      fileColumns,
      // In the order of the plan, which is that of the names.
      rows.flatMap((row) =>
        sent
          .filter(({ application, number }) => application === row.application && number === row.number)
          .map((one) => ({ ...one, name: names.get(one.application) ?? '' })),
      ),
    );
  });
