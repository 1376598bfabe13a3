import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, notFound, sendSheet, type SheetColumn, type Sql } from '../../platform/index.ts';
import { editionRow, editionsOf } from '../calls/editions.store.ts';
import { type Desk, regionalViewer, trace, type Viewer } from '../desk.ts';
import { projectsFor } from '../projects/reach.ts';
import type { moneyContract } from './contract.ts';
import { agreedCents, type Figures, figuresOf, orderedCents, paidCents, recoverCents } from './figures.ts';
import { engagedBy, forecastOf, sumsOf } from './money.rules.ts';
import { budgetsOf, insertBudget } from './money.store.ts';
import { signedCents } from './settle.rules.ts';

type BudgetReply = z.infer<typeof moneyContract.budget.reply>;
type Line = BudgetReply['calls'][number]['lines'][number];

function lineOf(figures: Figures): Line {
  const { project, money, agreement, amendments, payments } = figures;
  const line = {
    state: project.state,
    ceilingCents: money.ceilingCents,
    agreementCents: agreedCents(figures),
    orderedCents: orderedCents(payments),
    paidCents: paidCents(payments),
  };
  return {
    project: project.id,
    reference: project.reference,
    team: project.practiceName,
    ...line,
    agreement: agreement?.reference ?? null,
    signedOn: agreement?.signedOn ?? null,
    amendments: amendments
      .filter(({ state }) => state === 'signed')
      .toReversed()
      .map(({ reference }) => reference),
    recoverCents: recoverCents(payments),
    engagedCents: engagedBy(line),
    forecastCents: forecastOf(line),
  };
}
/** Each call that is published, newest first, with its projects. */
async function budgetOf(sql: Sql, viewer: Viewer): Promise<{ reply: BudgetReply; figures: Figures[] }> {
  const { tenant } = viewer.region;
  const [editions, budgets, figures] = [
    await editionsOf(sql, tenant),
    await budgetsOf(sql, tenant),
    await figuresOf(sql, tenant, await projectsFor(sql, viewer)),
  ];
  const calls = editions.flatMap(({ id, body }) => {
    if (!body) return [];
    const lines = figures
      .filter(({ project }) => project.edition === id)
      .map(lineOf)
      .sort((a, b) => a.team.localeCompare(b.team, 'fr'));
    const history = budgets
      .filter((one) => one.edition === id)
      .map(({ version, cents, reason, by, at }) => ({ version, cents, reason, by, at: at.toISOString() }));
    return [
      {
        edition: id,
        title: body.title,
        year: body.year,
        envelopeCents: history[0]?.cents ?? null,
        ...sumsOf(lines),
        lines,
        history,
      },
    ];
  });
  return {
    reply: {
      calls: calls.sort((a, b) => b.year - a.year || (a.edition < b.edition ? -1 : 1)),
      writes: viewer.as === 'officer',
    },
    figures,
  };
}
export async function readBudget(desk: Desk, ctx: Ctx): Promise<BudgetReply> {
  const viewer = await regionalViewer(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => (await budgetOf(sql, viewer)).reply);
}

export const setBudget = async (
  desk: Desk,
  edition: string,
  body: z.infer<typeof moneyContract.setBudget.body>,
  ctx: Ctx,
): Promise<void> => setBudgetAs(desk, await regionalViewer(desk, ctx), edition, body);
/** An envelope that changes says why; the first needs no reason. */
export async function setBudgetAs(
  desk: Desk,
  viewer: Viewer,
  edition: string,
  { seen, cents, reason }: z.infer<typeof moneyContract.setBudget.body>,
): Promise<void> {
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    if (!(await editionRow(sql, tenant, edition, true))?.body) throw notFound('Cet appel à candidatures');
    const [newest] = (await budgetsOf(sql, tenant)).filter((one) => one.edition === edition);
    if ((newest?.version ?? 0) !== seen)
      throw conflict(
        `${newest?.by ?? 'Quelqu’un'} a changé cette enveloppe entre-temps. Elle vient d’être relue : recommencez s’il y a lieu.`,
        { reason: 'edited-meanwhile' },
      );
    if (newest && reason.length < 10)
      throw invalid('Dites pourquoi l’enveloppe change (10 caractères au moins). Rien n’a été enregistré.', {
        reason: '10 caractères au moins',
      });
    await insertBudget(sql, tenant, { edition, version: seen + 1, cents, reason, by: viewer.name, at: desk.now() });
    await trace(sql, viewer, 'set-budget', `Call/${edition}`, {
      details: { cents, before: newest?.cents ?? null },
      ...(reason && { reason }),
    });
  });
  desk.tell(tenant, { topic: 'projects' });
}

const stateWords = { open: 'en cours', closed: 'clos', stopped: 'arrêté' } as const;
const paymentWords = { due: 'à ordonner', ordered: 'ordonné', paid: 'payé' } as const;
const recoveryWords = { due: 'à demander', ordered: 'demandé', paid: 'reversé' } as const;
const ofProjects: SheetColumn<Line & { call: string }>[] = [
  { title: 'Appel', value: (row) => row.call, width: 30 },
  { title: 'Projet', value: (row) => row.reference },
  { title: 'Équipe', value: (row) => row.team, width: 36 },
  { title: 'État', value: (row) => stateWords[row.state] },
  { title: 'Plafond', kind: 'cents', value: (row) => row.ceilingCents },
  { title: 'Convention', value: (row) => row.agreement, width: 24 },
  { title: 'Avenants', value: (row) => row.amendments.join(', '), width: 24 },
  { title: 'Signée le', kind: 'day', value: (row) => row.signedOn },
  { title: 'Conventionné', kind: 'cents', value: (row) => row.agreementCents },
  { title: 'Engagé', kind: 'cents', value: (row) => row.engagedCents },
  { title: 'Ordonné', kind: 'cents', value: (row) => row.orderedCents },
  { title: 'Payé', kind: 'cents', value: (row) => row.paidCents },
  { title: 'À reverser', kind: 'cents', value: (row) => row.recoverCents },
  { title: 'Prévision', kind: 'cents', value: (row) => row.forecastCents },
];
type PaymentLine = Figures['payments'][number] & {
  call: string;
  projectReference: string;
  team: string;
  paper: string;
};
const ofPayments: SheetColumn<PaymentLine>[] = [
  { title: 'Appel', value: (row) => row.call, width: 30 },
  { title: 'Projet', value: (row) => row.projectReference },
  { title: 'Équipe', value: (row) => row.team, width: 36 },
  { title: 'Convention', value: (row) => row.paper, width: 24 },
  { title: 'Versement', kind: 'number', value: (row) => row.number },
  { title: 'Objet', value: (row) => row.occasion, width: 36 },
  { title: 'Part (%)', kind: 'number', value: (row) => (row.percent > 0 ? row.percent : null) },
  { title: 'Montant', kind: 'cents', value: (row) => signedCents(row) },
  { title: 'État', value: (row) => (row.kind === 'recovery' ? recoveryWords : paymentWords)[row.state] },
  { title: 'Ordonné le', kind: 'day', value: (row) => row.orderedOn },
  { title: 'Payé le', kind: 'day', value: (row) => row.paidOn },
  { title: 'Référence', value: (row) => row.reference, width: 24 },
];
/** For accounting: a line a project, or a line a payment. */
export async function exportBudget(
  desk: Desk,
  { format, edition, of }: z.infer<typeof moneyContract.exportBudget.query>,
  ctx: Ctx,
): Promise<undefined> {
  const viewer = await regionalViewer(desk, ctx);
  const { reply, figures } = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const found = await budgetOf(sql, viewer);
    await trace(sql, viewer, 'export', 'Budget', { details: { format, of, edition: edition ?? null } });
    return found;
  });
  const calls = reply.calls.filter((call) => edition === undefined || call.edition === edition);
  if (edition !== undefined && calls.length === 0) throw notFound('Cet appel à candidatures');
  const titles = new Map(calls.map((call) => [call.edition, call.title]));
  const name = `${of === 'projects' ? 'projets' : 'versements'}${edition ? `-${edition}` : ''}`;
  if (of === 'projects')
    await sendSheet(
      ctx,
      format,
      name,
      ofProjects,
      calls.flatMap((call) => call.lines.map((line) => ({ ...line, call: call.title }))),
    );
  else
    await sendSheet(
      ctx,
      format,
      name,
      ofPayments,
      figures
        .filter(({ project }) => titles.has(project.edition))
        .flatMap(({ project, agreement, payments }) =>
          payments
            .filter((one) => one.kind === 'share' || one.cents > 0)
            .map((one) => ({
              ...one,
              call: titles.get(project.edition)!,
              projectReference: project.reference,
              team: project.practiceName,
              paper: agreement!.reference,
            })),
        ),
    );
  return undefined;
}
