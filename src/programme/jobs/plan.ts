import { conflict, notFound, type Sql } from '../../platform/index.ts';
import { submissionsOf } from '../applications/submissions.store.ts';
import { editionRow } from '../calls/editions.store.ts';
import type { Viewer } from '../desk.ts';
import { lettersOf } from '../letters/letters.store.ts';
import { papersOf, type Subject } from '../papers/papers.store.ts';
import { projectsFor } from '../projects/reach.ts';
import { shelf } from '../review/dossiers.ts';
import { decisionsOf } from '../review/decisions.store.ts';
import type { JobItem, JobKind } from './jobs.store.ts';

const safe = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
/** Bytes of attachments that fit in one file. */
const largest = 2 * 1024 ** 3;

/** What the file is made of, one item a document. Errors: 404; 409 when there is none. */
export async function planOf(sql: Sql, viewer: Viewer, edition: string, kind: JobKind, now: Date): Promise<JobItem[]> {
  const { tenant } = viewer.region;
  if (!(await editionRow(sql, tenant, edition))?.body) throw notFound('Cet appel à candidatures');
  const items =
    kind === 'letters'
      ? await letterItems(sql, tenant, edition)
      : kind === 'papers'
        ? await paperItems(sql, viewer, edition)
        : await fileItems(sql, viewer, edition, now);
  if (items.length === 0)
    throw conflict(
      kind === 'letters'
        ? 'Aucun courrier n’est écrit dans cet appel : notifiez d’abord la décision.'
        : kind === 'papers'
          ? 'Aucun document n’est encore produit dans les projets de cet appel.'
          : 'Aucune candidature n’est déposée dans cet appel.',
    );
  return items;
}
/** The newest version of each letter. */
async function letterItems(sql: Sql, tenant: number, edition: string): Promise<JobItem[]> {
  const rows = await lettersOf(sql, tenant, edition);
  return [...Map.groupBy(rows, ({ reference }) => reference).values()]
    .map((versions) => versions[0]!)
    .map(({ id, reference, team }): JobItem => ({ type: 'letter', id, name: `${reference} ${safe(team)}.pdf` }));
}
async function paperItems(sql: Sql, viewer: Viewer, edition: string): Promise<JobItem[]> {
  const projects = (await projectsFor(sql, viewer)).filter((one) => one.edition === edition);
  const subject = ({ id }: { id: string }): Subject => `Project/${id}`;
  const papers = Map.groupBy(
    await papersOf(sql, viewer.region.tenant, projects.map(subject)),
    (paper) => paper.subject,
  );
  return projects.flatMap((project) =>
    [...Map.groupBy(papers.get(subject(project)) ?? [], ({ reference }) => reference).values()].map(
      ([newest]): JobItem => ({
        type: 'paper',
        id: newest!.id,
        name: `${project.reference} ${safe(project.practiceName)}/${newest!.reference} ${safe(newest!.title)}.pdf`,
      }),
    ),
  );
}
async function fileItems(sql: Sql, viewer: Viewer, edition: string, now: Date): Promise<JobItem[]> {
  const { tenant } = viewer.region;
  const { dossiers } = await shelf(sql, viewer, edition, now);
  if (dossiers.length === 0) return [];
  const bytes = (
    await submissionsOf(
      sql,
      tenant,
      dossiers.map(({ row }) => row.id),
    )
  )
    .flatMap(({ documents }) => documents)
    .reduce((sum, { size }) => sum + size, 0);
  if (bytes > largest)
    throw conflict(
      'Les pièces de cet appel dépassent 2 Go : elles ne tiennent pas dans un seul fichier. Ouvrez-les dossier par dossier.',
    );
  const decided = (await decisionsOf(sql, tenant, edition)).length > 0;
  return [
    { type: 'sheet', of: 'files', name: 'candidatures.csv' },
    ...(decided ? [{ type: 'sheet', of: 'decision', name: 'decision.csv' } as const] : []),
    ...dossiers.flatMap(({ row, sent }): JobItem[] => {
      const folder = `${sent.receipt} ${safe(row.practiceName)}`;
      return [
        {
          type: 'receipt',
          region: viewer.region.name,
          application: row.id,
          number: sent.number,
          name: `${folder}/recepisse ${sent.receipt}.pdf`,
        },
        ...sent.documents.map(
          ({ id, name }, at): JobItem => ({
            type: 'attachment',
            application: row.id,
            id,
            name: `${folder}/${at + 1} ${safe(name)}`,
          }),
        ),
      ];
    }),
    ...(await letterItems(sql, tenant, edition)).map((item): JobItem => ({ ...item, name: `courriers/${item.name}` })),
  ];
}
