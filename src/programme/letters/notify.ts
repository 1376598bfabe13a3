import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, notFound, publish, type Sql } from '../../platform/index.ts';
import { applicationOf } from '../applications/applications.store.ts';
import { sendPdf } from '../papers/receive-file.ts';
import { sayInstant } from '../applications/receipt.ts';
import { type Submission, submissionsOf } from '../applications/submissions.store.ts';
import { type EditionRow, editionRow, nextNumber, setResults } from '../calls/editions.store.ts';
import { type Desk, regionalViewer, trace, type Viewer, viewerOf } from '../desk.ts';
import { type DecidedRow, decidedIn, decisionsOf, type DecisionRow, setNotified } from '../review/decisions.store.ts';
import type { lettersContract } from './contract.ts';
import { insertLetter, type LetterRow, letterOf, lettersOf, setLetter, writtenFor } from './letters.store.ts';
import { drawLetter, letterTopic } from './send.ts';
import { type LetterFacts, mailOf, paperOf, subjectOf } from './wording.ts';

const noLetter = () => notFound('Ce courrier');
const day = (at: Date) => sayInstant(at).slice(0, 10);

interface Wording {
  signatory: string;
  role: string;
  note: string;
}
/**
 * Writes one letter for each application of the decision in force, in the transaction that makes the decision known, and sends them from the outbox. Done again, it writes
 * only what is missing.
 */
export async function notify(desk: Desk, edition: string, body: Wording, ctx: Ctx): Promise<{ written: number }> {
  return notifyAs(desk, await regionalViewer(desk, ctx), edition, body);
}
export async function notifyAs(desk: Desk, viewer: Viewer, edition: string, wording: Wording): Promise<{ written: number }> {
  const { tenant } = viewer.region;
  const written = await desk.db.transaction(tenant, async (sql) => {
    const call = await editionRow(sql, tenant, edition, true);
    if (!call?.body) throw notFound('Cet appel à candidatures');
    const [decision] = await decisionsOf(sql, tenant, edition);
    if (!decision) throw conflict('Aucune décision n’est prise : décidez d’abord, puis notifiez.');
    const there = await writtenFor(sql, tenant, edition, decision.number);
    const lines = (await decidedIn(sql, tenant, edition, decision.number)).filter(({ application }) => !there.has(application));
    const sent = await submissionsOf(sql, tenant, lines.map(({ application }) => application));
    const at = desk.now();
    for (const line of lines) await writeLetter(sql, viewer, call, decision, line, lastOf(sent, line.application), wording, at);
    await setNotified(sql, tenant, edition, decision.number, at);
    await trace(sql, viewer, 'notify', `Call/${edition}`, { details: { decision: decision.number, letters: lines.length } });
    return lines.length;
  });
  desk.tell(tenant, { topic: 'letters' });
  return { written };
}
const lastOf = (sent: readonly Submission[], application: string): Submission => sent.filter((one) => one.application === application).at(-1)!;

async function writeLetter(sql: Sql, viewer: Viewer, call: EditionRow, decision: DecisionRow, line: DecidedRow & { name: string }, sent: Submission, wording: Wording, at: Date, former?: LetterRow, mail = sent.mail.includes('@') ? sent.mail : ''): Promise<string> {
  const { tenant, name } = viewer.region;
  const reference = former?.reference ?? `${call.id.toUpperCase()}-C${String(await nextNumber(sql, tenant, call.id, 'letters')).padStart(4, '0')}`;
  const version = (former?.version ?? 0) + 1;
  const facts: LetterFacts = {
    region: name, publisher: call.body!.publisher, call: call.body!.title, version: decision.version, team: line.name, receipt: sent.receipt, submittedOn: day(sent.at), decidedOn: day(decision.at), writtenOn: day(at), outcome: line.outcome, rank: line.rank, waiting: line.waiting,
    places: decision.places, words: line.because.words, ...wording, reference, letterVersion: version, to: sent.by,
  };
  const id = randomUUID();
  await insertLetter(sql, tenant, { id, edition: call.id, decision: decision.number, application: line.application, reference, version, mail, subject: subjectOf(facts), words: mailOf(facts), data: { ...paperOf(facts), wording }, at });
  await publish(sql, tenant, letterTopic, { letter: id });
  return id;
}

/** The letters of a call and how far each is: the progress of the sending, and what is to be handed over where no mail server is set. */
export async function letters(desk: Desk, edition: string, mails: boolean, ctx: Ctx): Promise<z.infer<typeof lettersContract.letters.reply>> {
  const { region: { tenant } } = await regionalViewer(desk, ctx);
  return desk.db.tenant(tenant, async (sql) => {
    const call = await editionRow(sql, tenant, edition);
    if (!call?.body) throw notFound('Cet appel à candidatures');
    const rows = await lettersOf(sql, tenant, edition);
    return { title: call.body.title, mails, letters: rows.map(({ id, application, team, outcome, reference, version, decision, mail, subject, words, state, attempts, failure, changedAt }) => ({ id, application, team, outcome, reference, version, decision, mail, subject, words, state, attempts, failure, changedAt: changedAt.toISOString() })) };
  });
}

/** The paper: the region’s officer and commission; the team, once it is notified. */
export async function letterPdf(desk: Desk, id: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const found = await desk.db.transaction(tenant, async (sql) => {
    const letter = await letterOf(sql, tenant, id);
    // A team that withdrew later still reads its own letter; the region sees all letters that it wrote.
    const reaches = letter && (viewer.as === 'officer' || viewer.as === 'reviewer' || (viewer.as === 'practice' && (await applicationOf(sql, viewer, letter.application)) !== undefined));
    if (!letter || !reaches) throw noLetter();
    await trace(sql, viewer, 'read', `Letter/${id}`);
    return letter;
  });
  await sendPdf(ctx, drawLetter(found), `courrier ${found.reference}`);
  return undefined;
}

/** On purpose: a letter that failed, whose sending was cut, or that waits for a mail server. */
export async function sendAgain(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    const letter = await letterOf(sql, tenant, id, true);
    if (!letter) throw noLetter();
    if (letter.state === 'waiting' || letter.state === 'sending') throw conflict('Ce courrier est déjà en cours d’envoi.');
    if (letter.state === 'sent') throw conflict('Ce courrier est parti : pour l’envoyer de nouveau, corrigez-le, il portera la version suivante.');
    await setLetter(sql, tenant, id, 'waiting', desk.now(), { attempts: 0 });
    await publish(sql, tenant, letterTopic, { letter: id });
    await trace(sql, viewer, 'send-again', `Letter/${id}`, { details: { state: letter.state, failure: letter.failure } });
  });
  desk.tell(tenant, { topic: 'letters' });
}

/** The next version of a letter, to the address given; the one before stays as it was. */
export async function correctLetter(desk: Desk, id: string, { mail, note }: { mail: string; note: string }, ctx: Ctx): Promise<{ id: string }> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const next = await desk.db.transaction(tenant, async (sql) => {
    const letter = await letterOf(sql, tenant, id, true);
    if (!letter) throw noLetter();
    const call = (await editionRow(sql, tenant, letter.edition, true))!;
    const newest = (await lettersOf(sql, tenant, letter.edition)).find(({ reference }) => reference === letter.reference)!;
    if (newest.id !== id) throw conflict(`Ce courrier a déjà une version ${newest.version} : corrigez celle-là.`);
    if (letter.state === 'waiting' || letter.state === 'sending') throw conflict('Ce courrier est en cours d’envoi : attendez qu’il soit parti.');
    const decision = (await decisionsOf(sql, tenant, letter.edition)).find(({ number }) => number === letter.decision)!;
    const line = (await decidedIn(sql, tenant, letter.edition, letter.decision)).find(({ application }) => application === letter.application)!;
    const sent = lastOf(await submissionsOf(sql, tenant, [letter.application]), letter.application);
    const made = await writeLetter(sql, viewer, call, decision, line, sent, { ...(letter.data.wording as Wording), note }, desk.now(), letter, mail);
    await trace(sql, viewer, 'correct', `Letter/${id}`, { details: { version: letter.version + 1, mail } });
    return made;
  });
  desk.tell(tenant, { topic: 'letters' });
  return { id: next };
}

/** Makes the list of results public, or takes it back. Only what was notified is published. */
export async function publishResults(desk: Desk, edition: string, on: boolean, ctx: Ctx): Promise<void> {
  return publishResultsAs(desk, await regionalViewer(desk, ctx), edition, on);
}
export async function publishResultsAs(desk: Desk, viewer: Viewer, edition: string, on: boolean): Promise<void> {
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    if (!(await editionRow(sql, tenant, edition, true))?.body) throw notFound('Cet appel à candidatures');
    const [decision] = await decisionsOf(sql, tenant, edition);
    if (on && !decision?.notifiedAt) throw conflict('Les équipes l’apprennent d’abord par leur courrier : notifiez la décision, puis publiez la liste.');
    await setResults(sql, tenant, edition, on ? desk.now() : null);
    await trace(sql, viewer, on ? 'publish-results' : 'withdraw-results', `Call/${edition}`);
  });
}
