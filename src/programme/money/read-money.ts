import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { forbidden, type Sql } from '../../platform/index.ts';
import { type Desk, type Viewer, viewerOf } from '../desk.ts';
import { papersOf } from '../papers/papers.store.ts';
import { type ProjectRow, projectFor } from '../projects/reach.ts';
import { settledParts } from './amendments.ts';
import type { moneyContract, moneyShape } from './contract.ts';
import {
  agreedCents,
  figuresFor,
  figuresOf,
  grantedCents,
  heldAgreement,
  heldAmount,
  orderedCents,
  paidCents,
  proofsOf,
  recoverCents,
  settled,
  stampOf,
} from './figures.ts';
import { agreementLine, amendmentLine, paymentLine, quoteOf, requestLine, teamLine } from './lines.ts';
import { paymentsOf } from './money.rules.ts';
import { paymentActs, requestsOf } from './money.store.ts';
import { askedOf, askOf } from './quotes.store.ts';
import { askedProjects, demandMoney, mayMoney } from './reach.ts';

export async function readMoney(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof moneyShape>> {
  const viewer = await viewerOf(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    // A vendor knows of no project: what they may know is in `asked`.
    const project = await projectFor(sql, viewer, id);
    demandMoney(viewer, project, 'totals');
    return moneyOfProject(sql, viewer, project);
  });
}
async function moneyOfProject(sql: Sql, viewer: Viewer, project: ProjectRow): Promise<z.infer<typeof moneyShape>> {
  const { tenant } = viewer.region;
  const figures = await figuresFor(sql, tenant, project);
  const { call, money, agreement, pending, payments } = figures;
  const open = project.state === 'open';
  const may = {
    fund: open && mayMoney(viewer, 'fund'),
    validate: open && mayMoney(viewer, 'validate'),
    offer: open && mayMoney(viewer, 'offer'),
    /** What was ordered is followed until it is paid, even once the project is closed. */
    order: mayMoney(viewer, 'fund'),
  };
  const sums = {
    basis: call.funding.basis,
    ceilingCents: money.ceilingCents,
    payableCents: money.payableCents,
    totalCents: grantedCents(figures),
    agreed: agreement !== undefined,
    orderedCents: orderedCents(payments),
    paidCents: paidCents(payments),
    recoverCents: recoverCents(payments),
  };
  if (!mayMoney(viewer, 'lines')) return { ...sums, detail: null, may };
  const [acts, requests, ask, there, papers] = [
    await paymentActs(sql, tenant, project.id),
    await requestsOf(sql, tenant, project.id),
    await askOf(sql, tenant, project.id),
    await proofsOf(sql, tenant, project.id),
    await papersOf(sql, tenant, `Project/${project.id}`),
  ];
  const certificate = papers.find(({ kind }) => kind === 'certificate');
  return {
    ...sums,
    may,
    detail: {
      lines: money.lines,
      notes: money.notes,
      neverPaid: call.funding.notPaid.map(({ words }) => words),
      notBefore: call.funding.notBefore,
      planned: paymentsOf(money.totalCents, call.funding.payments).map(({ percent, occasion, cents }) => ({
        percent,
        occasion,
        cents,
      })),
      team: teamLine(figures),
      quotes: figures.quotes.map((quote) => quoteOf(viewer, project, figures, quote)),
      pending: money.pending,
      ask: ask ? { version: ask.version, words: ask.words, by: ask.by, at: ask.at.toISOString() } : null,
      agreements: figures.agreements.map(agreementLine),
      amendments: figures.amendments.map(amendmentLine),
      amending:
        pending?.state === 'open'
          ? {
              beforeCents: agreedCents(figures)!,
              afterCents: money.totalCents,
              held: heldAmount(figures),
              parts: settledParts(figures, money.totalCents).map(({ number, occasion, kind, state, cents }) => ({
                number,
                occasion,
                kind,
                state,
                cents,
              })),
            }
          : null,
      payments: payments.map((one) => paymentLine(figures, one, acts, there)),
      requests: requests.map(requestLine),
      certificate: certificate
        ? { paper: certificate.id, reference: certificate.reference, at: certificate.at.toISOString() }
        : null,
      reported: there.has('completion-report'),
      stamp: stampOf(figures),
      held: heldAgreement(figures),
      signatory: figures.signatory,
    },
  };
}

/** For a vendor: who asks, what they ask, their own quotes and what became of them (ACT-5); of the project, nothing else. */
export async function readAsked(desk: Desk, ctx: Ctx): Promise<z.infer<typeof moneyContract.asked.reply>> {
  const viewer = await viewerOf(desk, ctx);
  if (viewer.as !== 'vendor') throw forbidden('Cette page est celle des éditeurs sollicités par une équipe.');
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const asked = await askedOf(sql, tenant, viewer.practitioner);
    const projects = await askedProjects(
      sql,
      viewer,
      asked.map(({ project }) => project),
    );
    const figures = new Map((await figuresOf(sql, tenant, projects)).map((one) => [one.project.id, one]));
    return {
      asked: asked.map(({ project, team, state, words, at }) => {
        const own = figures.get(project)!;
        return {
          project,
          team,
          open: state === 'open' && !settled(own),
          words,
          at: at.toISOString(),
          quotes: own.quotes
            .filter(({ vendorPerson }) => vendorPerson === viewer.practitioner)
            .map((quote) => quoteOf(viewer, own.project, own, quote)),
        };
      }),
    };
  });
}
