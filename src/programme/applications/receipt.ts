import type { Ctx } from '../../access/index.ts';
import { notFound, renderPdf } from '../../platform/index.ts';
import { type Desk, viewerOf } from '../desk.ts';
import type { Edition } from '../calls/contract.ts';
import { editionVersion } from '../calls/editions.store.ts';
import { theCall } from '../calls/the-call.ts';
import { receiptPaper } from '../letters/papers.ts';
import { applicationOf } from './applications.store.ts';
import { sendPdf } from '../papers/receive-file.ts';
import { noApplication } from './state.ts';
import { type Submission, submissionsOf } from './submissions.store.ts';

/** «26/11/2026 à 14 h 03 min 27 s», in France. */
export const sayInstant = (at: Date): string => {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('fr-FR', {
      timeZone: 'Europe/Paris',
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.day}/${parts.month}/${parts.year} à ${parts.hour} h ${parts.minute} min ${parts.second} s`;
};
const sayDay = (at: Date): string => sayInstant(at).slice(0, 10);
const kilo = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} Ko`
    : `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} Mo`;

/** The receipt of a submission, drawn from what is kept of it: the same each time. */
export function drawReceipt(region: string, team: string, sent: Submission, edition: Edition): Buffer {
  const labels = new Map(edition.documents.map((one) => [one.id, one.label]));
  return renderPdf(
    receiptPaper,
    {
      title: 'Récépissé de dépôt',
      region,
      right: [sent.receipt, `Établi le ${sayDay(sent.at)}`],
      foot: `${sent.receipt} · ${edition.title}`,
      lead: `${region} accuse réception de la candidature de « ${team} » à ${theCall(edition.title)}.`,
      lines: [
        ['Numéro de récépissé', sent.receipt],
        ['Équipe', team],
        ['Déposée le', `${sayInstant(sent.at)} (heure de Paris)`],
        ['Déposée par', sent.by],
        ['Version de l’appel', String(sent.version)],
        ...(sent.withdrawnAt ? [['Retirée le', sayInstant(sent.withdrawnAt)]] : []),
      ],
      documents: sent.documents.map((one) => ({
        name: `${labels.get(one.document) ?? one.document} : ${one.name}`,
        detail: `${kilo(one.size)}, empreinte ${one.sha256.slice(0, 16)}`,
      })),
      note: 'Ce récépissé atteste le dépôt, non l’éligibilité ni le classement : ils sont examinés après la date limite.',
    },
    sent.at,
  );
}
export async function receipt(desk: Desk, id: string, number: number, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant, name } = viewer.region;
  const { row, sent, edition } = await desk.db.tenant(tenant, async (sql) => {
    const row = await applicationOf(sql, viewer, id);
    if (!row) throw noApplication();
    const sent = (await submissionsOf(sql, tenant, [id])).find((one) => one.number === number);
    if (!sent) throw notFound('Ce récépissé');
    return { row, sent, edition: (await editionVersion(sql, tenant, row.edition, sent.version))! };
  });
  await sendPdf(ctx, drawReceipt(name, row.practiceName, sent, edition), `recepisse ${sent.receipt}`);
  return undefined;
}
