import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, notFound, Problem, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { queueMail } from '../mails/mails.store.ts';
import { issuePaper, type PaperRow, papersOf } from '../papers/papers.store.ts';
import { type PlainPaper, plainData } from '../papers/templates.ts';
import { kindsThere } from '../projects/projects.store.ts';
import type { ProjectRow } from '../projects/reach.ts';
import { actOn } from './act.ts';
import { amendmentsOf } from './amendments.store.ts';
import type { moneyContract } from './contract.ts';
import { inEuros } from './cents.rules.ts';
import { type Figures, figuresFor, heldAgreement, stampOf } from './figures.ts';
import { paymentsOf } from './money.rules.ts';
import {
  type AgreementRow,
  agreementsOf,
  insertAgreement,
  insertPayment,
  paymentsFor,
  setAgreement,
} from './money.store.ts';
import { agreementPaper } from './agreement-paper.ts';
import { certificatePaper, quotesPaper } from './papers.ts';

type Body<K extends keyof typeof moneyContract> = (typeof moneyContract)[K] extends { body: infer B extends z.ZodType }
  ? z.infer<B>
  : never;
const moved = () =>
  conflict(
    'Les montants ont changé pendant que vous les lisiez. Rien n’a été établi : ils viennent d’être relus, vérifiez-les puis recommencez.',
    { reason: 'edited-meanwhile' },
  );
const french = (day: string): string => day.split('-').reverse().join('/');

/** Issues a paper of the money of a project, as the next version of the one of this kind that is there, or with a number of its own. */
export async function issueMoneyPaper(
  sql: Sql,
  desk: Desk,
  viewer: Viewer,
  project: ProjectRow,
  { kind, mark, paper, again = true }: { kind: string; mark: string; paper: PlainPaper; again?: boolean },
): Promise<PaperRow> {
  const at = desk.now();
  const [former] = !again
    ? []
    : (await papersOf(sql, viewer.region.tenant, `Project/${project.id}`)).filter((one) => one.kind === kind);
  return issuePaper(sql, viewer.region.tenant, {
    subject: `Project/${project.id}`,
    of: project.reference,
    kind,
    mark,
    title: paper.title,
    by: viewer.name,
    at,
    former,
    data: (reference, version) =>
      plainData(paper, {
        region: viewer.region.name,
        reference,
        version,
        on: french(dayInFrance(at)),
        foot: project.practiceName,
      }),
  });
}
/** The figures, if they are still those that were seen. Errors: 409 */
export async function demandFigures(sql: Sql, viewer: Viewer, project: ProjectRow, stamp: string): Promise<Figures> {
  const figures = await figuresFor(sql, viewer.region.tenant, project);
  if (stampOf(figures) !== stamp) throw moved();
  return figures;
}
/** The summary of validated quotes, which the step of the choice waits for (PRJ-5). On a flat basis: the amount, line by line. */
export const issueQuotesPaper = async (
  desk: Desk,
  id: string,
  stamp: string,
  ctx: Ctx,
): Promise<{ paper: string; reference: string }> => issueQuotesPaperAs(desk, await viewerOf(desk, ctx), id, stamp);
export const issueQuotesPaperAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  stamp: string | null,
): Promise<{ paper: string; reference: string }> =>
  actOn(desk, viewer, id, 'validate', 'issue-quotes', async (sql, project) => {
    const figures =
      stamp === null
        ? await figuresFor(sql, viewer.region.tenant, project)
        : await demandFigures(sql, viewer, project, stamp);
    if (figures.call.funding.basis === 'cost' && !figures.money.fates.some(({ fate }) => fate === 'payable'))
      throw new Problem(
        422,
        'Récapitulatif non établi',
        'Aucune ligne de devis n’est validée et finançable. Retenez un devis, validez ses lignes, puis recommencez.',
      );
    if (figures.money.pending > 0)
      throw new Problem(
        422,
        'Récapitulatif non établi',
        'Des lignes de devis restent à valider ou à refuser. Finissez-les, puis recommencez.',
      );
    const row = await issueMoneyPaper(sql, desk, viewer, project, {
      kind: 'quotes',
      mark: 'DEVIS',
      paper: quotesPaper(figures),
    });
    return {
      answer: { paper: row.id, reference: row.reference },
      details: { reference: row.reference, version: row.version, totalCents: figures.money.totalCents },
    };
  });

/** Issues the agreement from the figures that were seen (PRJ-6); the team has it by mail. */
export const issueAgreement = async (desk: Desk, id: string, body: Body<'issueAgreement'>, ctx: Ctx) =>
  issueAgreementAs(desk, await viewerOf(desk, ctx), id, body);
export const issueAgreementAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { stamp, team, region }: Omit<Body<'issueAgreement'>, 'stamp'> & { stamp: string | null },
): Promise<z.infer<typeof moneyContract.issueAgreement.reply>> =>
  actOn(desk, viewer, id, 'fund', 'issue-agreement', async (sql, project) => {
    const { tenant } = viewer.region;
    const figures =
      stamp === null ? await figuresFor(sql, tenant, project) : await demandFigures(sql, viewer, project, stamp);
    const held = heldAgreement(figures);
    if (held.length > 0)
      throw new Problem(422, 'Convention non établie', `${held.join(' ')} Rien n’a été établi.`, {
        extra: { blockers: held },
      });
    const [amountCents, at] = [figures.money.totalCents, desk.now()];
    const row = await issueMoneyPaper(sql, desk, viewer, project, {
      kind: 'agreement',
      mark: 'CONV',
      paper: agreementPaper(figures, { team, region }, dayInFrance(at)),
    });
    const version = (figures.agreements[0]?.version ?? 0) + 1;
    await insertAgreement(sql, tenant, {
      project: id,
      version,
      paper: row.id,
      reference: row.reference,
      amountCents,
      ceilingCents: figures.money.ceilingCents,
      by: viewer.name,
      at,
    });
    await queueMail(sql, tenant, {
      key: `agreement/${row.id}`,
      subjectOf: `Project/${id}`,
      batch: `convention ${row.reference}`,
      recipient: figures.mail,
      name: team.name,
      subject: `Convention ${row.reference} à signer`,
      words: `Bonjour,\n\nLa convention de financement de votre système d’information partagé est établie, pour ${inEuros(amountCents)}. Elle est jointe : retournez-la signée à l’Agence.\n\n${viewer.name}, ${viewer.region.name}`,
      paper: row.id,
      at,
    });
    return {
      answer: { version, paper: row.id, reference: row.reference },
      details: { reference: row.reference, version: row.version, amountCents },
    };
  });

/** The agreement in force, of the version that was seen. Errors: 404, 409 */
async function agreementFor(sql: Sql, viewer: Viewer, id: string, version: number): Promise<AgreementRow> {
  const all = await agreementsOf(sql, viewer.region.tenant, [id]);
  const row = all.find((one) => one.version === version);
  if (!row) throw notFound('Cette convention');
  if (row !== all[0]) throw conflict('Cette convention est remplacée par une version plus récente.');
  if (row.state === 'cancelled') throw conflict('Cette convention est annulée.');
  return row;
}
export const signAgreement = async (
  desk: Desk,
  id: string,
  version: number,
  body: Body<'signAgreement'>,
  ctx: Ctx,
): Promise<void> => signAgreementAs(desk, await viewerOf(desk, ctx), id, version, body);
/** The payments of the agreement come with its signature (FIN-7). */
export const signAgreementAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  version: number,
  { on, team, region }: Body<'signAgreement'>,
): Promise<void> =>
  actOn(desk, viewer, id, 'fund', 'sign-agreement', async (sql, project) => {
    const { tenant } = viewer.region;
    const row = await agreementFor(sql, viewer, id, version);
    if (row.state === 'signed') throw conflict('La signature est déjà enregistrée.');
    if (on > dayInFrance(desk.now()))
      throw invalid('Une signature ne peut pas être datée de demain. Rien n’a été enregistré.', {
        on: 'aujourd’hui au plus tard',
      });
    if (on < dayInFrance(row.at))
      throw invalid(
        `La convention a été établie le ${french(dayInFrance(row.at))} : elle ne peut pas avoir été signée avant. Rien n’a été enregistré.`,
        { on: 'pas avant la convention' },
      );
    await setAgreement(sql, tenant, { ...row, state: 'signed', signedOn: on, signedTeam: team, signedRegion: region });
    const { call } = await figuresFor(sql, tenant, project);
    for (const payment of paymentsOf(row.amountCents, call.funding.payments))
      await insertPayment(sql, tenant, { project: id, agreement: version, kind: 'share', ...payment });
    return { answer: undefined, details: { reference: row.reference, on, team, region } };
  });
async function demandNothingOrdered(sql: Sql, viewer: Viewer, row: AgreementRow): Promise<void> {
  const ordered = (await paymentsFor(sql, viewer.region.tenant, [row.project])).find(
    (one) => one.agreement === row.version && one.state !== 'due',
  );
  const amendment = (await amendmentsOf(sql, viewer.region.tenant, [row.project])).find(
    (one) => one.agreement === row.version && one.state !== 'cancelled',
  );
  if (amendment)
    throw conflict(
      amendment.state === 'signed'
        ? `L’avenant ${amendment.reference} a changé cette convention : retirez d’abord sa signature et annulez-le.`
        : 'Un avenant est en préparation : abandonnez-le d’abord, avec un motif.',
    );
  if (ordered)
    throw conflict(
      `Le versement ${ordered.number} est ${ordered.state === 'paid' ? 'fait' : 'ordonné'} : annulez-le d’abord, avec un motif.`,
    );
}
export async function unsignAgreement(desk: Desk, id: string, version: number, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  await actOn(desk, viewer, id, 'fund', 'unsign-agreement', async (sql) => {
    const row = await agreementFor(sql, viewer, id, version);
    if (row.state !== 'signed') throw conflict('Cette convention n’est pas signée.');
    await demandNothingOrdered(sql, viewer, row);
    await setAgreement(sql, viewer.region.tenant, {
      ...row,
      state: 'issued',
      signedOn: null,
      signedTeam: '',
      signedRegion: '',
    });
    return { answer: undefined, details: { reference: row.reference } };
  });
}
export async function cancelAgreement(
  desk: Desk,
  id: string,
  version: number,
  reason: string,
  ctx: Ctx,
): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  await actOn(desk, viewer, id, 'fund', 'cancel-agreement', async (sql) => {
    const row = await agreementFor(sql, viewer, id, version);
    await demandNothingOrdered(sql, viewer, row);
    await setAgreement(sql, viewer.region.tenant, { ...row, state: 'cancelled', reason });
    return { answer: undefined, details: { reference: row.reference }, reason };
  });
}

/** The certificate of service done, after the completion report (PRJ-8). Errors: 422 with what it waits for */
export const issueCertificate = async (desk: Desk, id: string, body: Body<'issueCertificate'>, ctx: Ctx) =>
  issueCertificateAs(desk, await viewerOf(desk, ctx), id, body);
export const issueCertificateAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { signatory, role, note }: Body<'issueCertificate'>,
): Promise<{ paper: string; reference: string }> =>
  actOn(desk, viewer, id, 'fund', 'issue-certificate', async (sql, project) => {
    const { tenant } = viewer.region;
    const figures = await figuresFor(sql, tenant, project);
    const there = (await kindsThere(sql, tenant, [id])).get(id)!;
    const held = [
      ...(figures.agreement?.state === 'signed' ? [] : ['La convention n’est pas signée.']),
      ...(there.has('completion-report') ? [] : ['Il manque le procès-verbal d’achèvement.']),
    ];
    if (held.length > 0)
      throw new Problem(422, 'Certificat non établi', `${held.join(' ')} Rien n’a été établi.`, {
        extra: { blockers: held },
      });
    const report =
      (await papersOf(sql, tenant, `Project/${id}`)).find(({ kind }) => kind === 'completion-report')?.reference ??
      null;
    const row = await issueMoneyPaper(sql, desk, viewer, project, {
      kind: 'certificate',
      mark: 'CSF',
      paper: certificatePaper(figures, { report, signatory: { name: signatory, role }, note }, dayInFrance(desk.now())),
    });
    return { answer: { paper: row.id, reference: row.reference }, details: { reference: row.reference } };
  });
