import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, trace, type Viewer, viewerOf } from '../desk.ts';
import { fileOf, insertFile } from '../papers/papers.store.ts';
import { demandPdf, receiveFile, sendPdf, sha256, shownName } from '../papers/receive-file.ts';
import type { ProjectRow } from '../projects/reach.ts';
import { lineTotal } from '../contract/quote-lines.ts';
import { actOn } from './act.ts';
import type { moneyContract, offeredQuote } from './contract.ts';
import { amendmentsOf } from './amendments.store.ts';
import { agreementsOf } from './money.store.ts';
import type { Decision } from './money.rules.ts';
import { discountsAgainst } from './money.rules.ts';
import { flawOf, flawOfAll } from './quotes.rules.ts';
import {
  decideLines,
  insertQuote,
  insertQuoteVersion,
  type OfferedQuote,
  type QuoteRow,
  quotesOf,
  setQuote,
  setQuoteFile,
} from './quotes.store.ts';
import { demandMoney, moneyProject } from './reach.ts';

const mostQuotes = 60;
type Offered = z.infer<typeof offeredQuote>;
const changed = () =>
  conflict(
    'Ce devis a changé pendant que vous le lisiez. Votre saisie reste à l’écran ; il vient d’être relu : recommencez s’il y a lieu.',
    { reason: 'edited-meanwhile' },
  );

/** Totals as the vendor gives them, or computed; each is checked to the cent. No quote is of a day to come: by its date one judges what may be paid for (FIN-6). */
function checked(offered: Offered, today: string): OfferedQuote {
  if (offered.dated > today)
    throw invalid(`La date du devis ${offered.number} est à venir. Rien n’a été enregistré.`, {
      dated: 'aujourd’hui au plus tard',
    });
  const lines = offered.lines.map((line, at) => {
    const whole = { ...line, totalCents: line.totalCents ?? lineTotal(line).totalCents };
    const flaw = flawOf(whole);
    if (flaw)
      throw invalid(`Ligne ${at + 1}, « ${line.label} » : ${flaw}. Rien n’a été enregistré.`, {
        [`lines.${at}.totalCents`]: flaw,
      });
    return whole;
  });
  const flaw = flawOfAll(lines);
  if (flaw)
    throw invalid(`Devis ${offered.number} : ${flaw}. Rien n’a été enregistré.`, {
      [`lines.${lines.findIndex(({ totalCents }) => totalCents < 0)}.unitCents`]: flaw,
    });
  return { ...offered, lines };
}
/** While an agreement is in force, what it was drawn from stays as it is, unless an amendment opens it. */
export async function demandUnsettled(sql: Sql, viewer: Viewer, project: ProjectRow): Promise<void> {
  const [newest] = await agreementsOf(sql, viewer.region.tenant, [project.id]);
  if (!newest || newest.state === 'cancelled') return;
  const pending = (await amendmentsOf(sql, viewer.region.tenant, [project.id])).find(
    ({ state }) => state === 'open' || state === 'issued',
  );
  if (pending?.state === 'open') return;
  if (pending)
    throw conflict(
      `L’avenant ${pending.reference} est établi sur ces montants. Rien n’a été changé : l’ARS peut l’annuler, avec un motif, puis en préparer un autre.`,
    );
  throw conflict(
    `La convention ${newest.reference} est établie sur ces montants. Rien n’a été changé : l’ARS peut préparer un avenant, ou l’annuler, avec un motif, tant que rien n’est ordonné.`,
  );
}
/** A quote that this viewer may know of. Errors: 404; 409 at another revision than the one seen. */
async function quoteFor(sql: Sql, viewer: Viewer, project: ProjectRow, id: string, seen?: number): Promise<QuoteRow> {
  const quote = (
    await quotesOf(sql, viewer.region.tenant, [project.id], viewer.as === 'vendor' ? viewer.practitioner : null)
  ).find((one) => one.id === id);
  if (!quote) throw notFound('Ce devis');
  if (seen !== undefined && quote.revision !== seen) throw changed();
  return quote;
}

/** The team writes in the quotes that it entered; those of a vendor are the vendor's, and their lines can be set right by the consultant or ARS. */
function demandOwn(viewer: Viewer, quote: Pick<QuoteRow, 'vendorPerson'>): void {
  if (viewer.as === 'practice' && quote.vendorPerson !== null)
    throw forbidden('Ce devis est celui de l’éditeur : retenez-le ou non ; lui seul le change, ou le consultant.');
}

export const enterQuotes = async (
  desk: Desk,
  id: string,
  body: { quotes: Offered[] },
  ctx: Ctx,
): Promise<{ ids: string[] }> => enterQuotesAs(desk, await viewerOf(desk, ctx), id, body.quotes);
export function enterQuotesAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  offered: readonly Offered[],
): Promise<{ ids: string[] }> {
  const today = dayInFrance(desk.now());
  const quotes = offered.map((one) => checked(one, today));
  return actOn(desk, viewer, id, 'offer', 'enter-quotes', async (sql, project) => {
    const { tenant } = viewer.region;
    await demandUnsettled(sql, viewer, project);
    const there = await quotesOf(sql, tenant, [id]);
    if (there.length + quotes.length > mostQuotes)
      throw conflict(
        `Ce projet a déjà ${there.length} devis. Rien n’a été enregistré : retirez ceux qui ne servent plus.`,
      );
    const own = viewer.as === 'vendor' ? viewer.practitioner : null;
    const seen = new Set(
      there
        .filter(({ state, vendorPerson }) => state !== 'withdrawn' && (own === null || vendorPerson === own))
        .map(({ vendor, number }) => JSON.stringify([vendor, number])),
    );
    const ids: string[] = [];
    for (const quote of quotes) {
      const key = JSON.stringify([quote.vendor, quote.number]);
      if (seen.has(key))
        throw conflict(
          `Le devis ${quote.number} de ${quote.vendor} est déjà là. Rien n’a été enregistré : changez-le, ou corrigez le numéro.`,
        );
      seen.add(key);
      const made = await insertQuote(sql, tenant, id, own, viewer.name, desk.now());
      await insertQuoteVersion(sql, tenant, { id: made, version: 0, lines: [] }, quote, viewer.name, desk.now());
      ids.push(made);
    }
    return {
      answer: { ids },
      details: { quotes: quotes.map(({ vendor, number, lines }) => ({ vendor, number, lines: lines.length })) },
    };
  });
}

export async function changeQuote(
  desk: Desk,
  id: string,
  quote: string,
  { seen, quote: offered }: { seen: number; quote: Offered },
  ctx: Ctx,
): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const next = checked(offered, dayInFrance(desk.now()));
  await actOn(desk, viewer, id, 'offer', 'change-quote', async (sql, project) => {
    await demandUnsettled(sql, viewer, project);
    const row = await quoteFor(sql, viewer, project, quote, seen);
    demandOwn(viewer, row);
    if (row.state === 'withdrawn') throw conflict('Ce devis est retiré : remettez-le d’abord.');
    if (viewer.as === 'vendor' && row.state === 'accepted')
      throw conflict('Ce devis est retenu par l’équipe : demandez-lui de ne plus le retenir avant de le changer.');
    await insertQuoteVersion(sql, viewer.region.tenant, row, next, viewer.name, desk.now());
    return { answer: undefined, details: { quote, version: row.version + 1 } };
  });
}

/** Kept by the team or its consultant; withdrawn, with a reason, or brought back by them and by the vendor whose quote it is. */
export const setQuoteState = async (
  desk: Desk,
  id: string,
  quote: string,
  body: z.infer<typeof moneyContract.setQuoteState.body>,
  ctx: Ctx,
): Promise<void> => setQuoteStateAs(desk, await viewerOf(desk, ctx), id, quote, body);
export async function setQuoteStateAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  quote: string,
  { seen, state, reason }: z.infer<typeof moneyContract.setQuoteState.body>,
): Promise<void> {
  await actOn(
    desk,
    viewer,
    id,
    'offer',
    state === 'accepted' ? 'keep-quote' : state === 'withdrawn' ? 'withdraw-quote' : 'propose-quote',
    async (sql, project) => {
      await demandUnsettled(sql, viewer, project);
      const row = await quoteFor(sql, viewer, project, quote, seen);
      if (row.state === state) throw conflict('C’est déjà fait.');
      if (viewer.as === 'vendor' && (state === 'accepted' || row.state === 'accepted'))
        throw forbidden('L’équipe et son consultant disent quel devis est retenu.');
      await setQuote(sql, viewer.region.tenant, quote, state, reason);
      return { answer: undefined, details: { quote, number: row.number }, reason };
    },
  );
}

/** Validated, or refused with a reason of ten characters at least; «pending» takes it back. Only lines of a quote that is kept. */
export const decide = async (
  desk: Desk,
  id: string,
  quote: string,
  body: z.infer<typeof moneyContract.decideLines.body>,
  ctx: Ctx,
): Promise<void> => decideAs(desk, await viewerOf(desk, ctx), id, quote, body);
export async function decideAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  quote: string,
  { seen, lines }: { seen: number; lines: { line: string; decision: Decision; reason: string }[] },
): Promise<void> {
  await actOn(desk, viewer, id, 'validate', 'decide-quote-lines', async (sql, project) => {
    await demandUnsettled(sql, viewer, project);
    const row = await quoteFor(sql, viewer, project, quote, seen);
    if (row.state !== 'accepted')
      throw conflict('Ce devis n’est pas retenu : retenez-le avant d’en valider les lignes.');
    for (const { line, decision, reason } of lines) {
      const known = row.lines.find((one) => one.id === line);
      if (!known) throw notFound('Cette ligne du devis');
      if (decision === 'refused' && reason.length < 10)
        throw invalid(
          `Dites pourquoi « ${known.label} » est refusée (10 caractères au moins). Rien n’a été enregistré.`,
          { reason: '10 caractères au moins' },
        );
    }
    // A discount that no longer agrees with what it lowers is to be decided again; one that is decided against it is not taken.
    const said = new Map(lines.map(({ line, decision }) => [line, decision]));
    const against = discountsAgainst(
      row.lines.map((line) => ({ ...line, decision: said.get(line.id) ?? line.decision })),
    );
    const wrong = against.find(({ id }) => said.has(id));
    if (wrong)
      throw conflict(
        wrong.decision === 'refused'
          ? `La remise « ${wrong.label} » diminue une dépense validée : elle compte avec elle. Rien n’a été enregistré.`
          : `La remise « ${wrong.label} » diminue une dépense refusée : elle ne compte pas sans elle. Rien n’a été enregistré.`,
      );
    await decideLines(
      sql,
      viewer.region.tenant,
      row,
      [
        ...lines.map((one) => ({ ...one, reason: one.decision === 'refused' ? one.reason : '' })),
        ...against.map(({ id }) => ({ line: id, decision: 'pending' as const, reason: '' })),
      ],
      viewer.name,
      desk.now(),
    );
    return { answer: undefined, details: { quote, lines } };
  });
}

export async function attachQuoteFile(desk: Desk, id: string, quote: string, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  // Whoever may not is told so before anything is read from them.
  await desk.db.tenant(viewer.region.tenant, async (sql) => {
    const project = await moneyProject(sql, viewer, id);
    demandMoney(viewer, project, 'offer');
    await quoteFor(sql, viewer, project, quote);
  });
  const { name, bytes } = await receiveFile(ctx);
  demandPdf(bytes);
  await actOn(desk, viewer, id, 'offer', 'attach', async (sql, project) => {
    const row = await quoteFor(sql, viewer, project, quote);
    demandOwn(viewer, row);
    if (viewer.as === 'vendor') await demandUnsettled(sql, viewer, project);
    const file = await insertFile(sql, viewer.region.tenant, {
      subject: `Quote/${quote}`,
      kind: 'quote-file',
      name: shownName(name),
      sha256: sha256(bytes),
      bytes,
      practitioner: viewer.practitioner,
      by: viewer.name,
      at: desk.now(),
    });
    await setQuoteFile(sql, viewer.region.tenant, row.id, file.id);
    return { answer: undefined, details: { quote, name: file.name, size: file.size } };
  });
}
export async function quoteFile(desk: Desk, id: string, quote: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const found = await desk.db.transaction(tenant, async (sql) => {
    const project = await moneyProject(sql, viewer, id);
    if (viewer.as !== 'vendor') demandMoney(viewer, project, 'lines');
    const row = await quoteFor(sql, viewer, project, quote);
    const file = row.file === null ? undefined : await fileOf(sql, tenant, `Quote/${quote}`, row.file);
    if (!file) throw notFound('Le PDF de ce devis');
    await trace(sql, viewer, 'read', `Project/${id}`, { details: { quote, file: file.id } });
    return file;
  });
  await sendPdf(ctx, found.bytes, found.name);
  return undefined;
}
