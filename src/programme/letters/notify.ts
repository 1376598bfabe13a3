import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, notFound, publish, publishAll, type Sql } from '../../platform/index.ts';
import { applicationOf } from '../applications/applications.store.ts';
import { sendPdf } from '../papers/receive-file.ts';
import { sayInstant } from '../applications/receipt.ts';
import { type Submission, submissionsOf } from '../applications/submissions.store.ts';
import { type EditionRow, editionRow, nextNumber, setResults } from '../calls/editions.store.ts';
import { type Desk, regionalViewer, trace, type Viewer, viewerOf } from '../desk.ts';
import { type DecidedRow, decidedIn, decisionsOf, type DecisionRow, setNotified } from '../review/decisions.store.ts';
import type { lettersContract } from './contract.ts';
import {
  insertLetters,
  letterOf,
  lettersOf,
  type NewLetter,
  setLetter,
  toldBefore,
  writtenFor,
} from './letters.store.ts';
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
 * only what is missing. A decision that replaces another tells those for whom something has changed.
 */
export async function notify(desk: Desk, edition: string, body: Wording, ctx: Ctx): Promise<{ written: number }> {
  return notifyAs(desk, await regionalViewer(desk, ctx), edition, body);
}
export async function notifyAs(
  desk: Desk,
  viewer: Viewer,
  edition: string,
  wording: Wording,
): Promise<{ written: number }> {
  const { tenant } = viewer.region;
  const written = await desk.db.transaction(tenant, async (sql) => {
    const call = await editionRow(sql, tenant, edition, true);
    if (!call?.body) throw notFound('Cet appel à candidatures');
    const [decision] = await decisionsOf(sql, tenant, edition);
    if (!decision) throw conflict('Aucune décision n’est prise : décidez d’abord, puis notifiez.');
    const lines = await linesToTell(sql, tenant, edition, decision.number);
    const sent = new Map(
      (
        await submissionsOf(
          sql,
          tenant,
          lines.map(({ application }) => application),
        )
      ).map((one) => [one.application, one]),
    );
    const at = desk.now();
    const first = lines.length > 0 ? await nextNumber(sql, tenant, edition, 'letters', lines.length) : 0;
    await writeLetters(
      sql,
      tenant,
      lines.map((line, i) =>
        letterFor(viewer, call, decision, line, sent.get(line.application)!, wording, at, {
          reference: referenceOf(edition, first + i),
          version: 1,
        }),
      ),
    );
    await setNotified(sql, tenant, edition, decision.number, at);
    await trace(sql, viewer, 'notify', `Call/${edition}`, {
      details: { decision: decision.number, letters: lines.length },
    });
    return lines.length;
  });
  desk.tell(tenant, { topic: 'letters' });
  return { written };
}
/** The applications of a decision that have a letter to get: those without one of it, unless an earlier one told them the same outcome, rank and reasons. A place gained on the waiting list is shown in the file. */
async function linesToTell(
  sql: Sql,
  tenant: number,
  edition: string,
  decision: number,
): Promise<(DecidedRow & { name: string })[]> {
  const [there, before] = [
    await writtenFor(sql, tenant, edition, decision),
    await toldBefore(sql, tenant, edition, decision),
  ];
  return (await decidedIn(sql, tenant, edition, decision)).filter((line) => {
    const told = before.get(line.application);
    const same =
      told?.outcome === line.outcome &&
      told.rank === line.rank &&
      JSON.stringify(told.because.refused) === JSON.stringify(line.because.refused);
    return !there.has(line.application) && !same;
  });
}
const referenceOf = (edition: string, number: number): string =>
  `${edition.toUpperCase()}-C${String(number).padStart(4, '0')}`;

function letterFor(
  viewer: Viewer,
  call: EditionRow,
  decision: DecisionRow,
  line: DecidedRow & { name: string },
  sent: Submission,
  wording: Wording,
  at: Date,
  { reference, version }: { reference: string; version: number },
  mail = sent.mail.includes('@') ? sent.mail : '',
): NewLetter {
  const { name } = viewer.region;
  const facts: LetterFacts = {
    region: name,
    publisher: call.body!.publisher,
    call: call.body!.title,
    version: decision.version,
    team: line.name,
    receipt: sent.receipt,
    submittedOn: day(sent.at),
    decidedOn: day(decision.at),
    writtenOn: day(at),
    outcome: line.outcome,
    rank: line.rank,
    waiting: line.waiting,
    places: decision.places,
    words: line.because.words,
    ...wording,
    reference,
    letterVersion: version,
    to: sent.by,
  };
  return {
    id: randomUUID(),
    edition: call.id,
    decision: decision.number,
    application: line.application,
    reference,
    version,
    mail,
    subject: subjectOf(facts),
    words: mailOf(facts),
    data: { ...paperOf(facts), wording },
    at,
  };
}
async function writeLetters(sql: Sql, tenant: number, letters: readonly NewLetter[]): Promise<void> {
  await insertLetters(sql, tenant, letters);
  await publishAll(
    sql,
    tenant,
    letterTopic,
    letters.map(({ id }) => ({ letter: id })),
  );
}

/** The letters of a call and how far each is: the progress of the sending, and what is to be handed over where no mail server is set. */
export async function letters(
  desk: Desk,
  edition: string,
  mails: boolean,
  ctx: Ctx,
): Promise<z.infer<typeof lettersContract.letters.reply>> {
  const {
    region: { tenant },
  } = await regionalViewer(desk, ctx);
  return desk.db.tenant(tenant, async (sql) => {
    const call = await editionRow(sql, tenant, edition);
    if (!call?.body) throw notFound('Cet appel à candidatures');
    const rows = await lettersOf(sql, tenant, edition);
    const [last] = await decisionsOf(sql, tenant, edition);
    return {
      title: call.body.title,
      mails,
      toWrite: last ? (await linesToTell(sql, tenant, edition, last.number)).length : 0,
      letters: rows.map(
        ({
          id,
          application,
          team,
          outcome,
          reference,
          version,
          decision,
          mail,
          subject,
          words,
          state,
          attempts,
          failure,
          changedAt,
        }) => ({
          id,
          application,
          team,
          outcome,
          reference,
          version,
          decision,
          mail,
          subject,
          words,
          state,
          attempts,
          failure,
          changedAt: changedAt.toISOString(),
        }),
      ),
    };
  });
}

/** The paper: the region’s officer and commission; the team, once it is notified. */
export async function letterPdf(desk: Desk, id: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const found = await desk.db.transaction(tenant, async (sql) => {
    const letter = await letterOf(sql, tenant, id);
    // A team that withdrew later still reads its own letter; the region sees all letters that it wrote.
    const reaches =
      letter &&
      (viewer.as === 'officer' ||
        viewer.as === 'reviewer' ||
        (viewer.as === 'practice' && (await applicationOf(sql, viewer, letter.application)) !== undefined));
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
    if (letter.state === 'waiting' || letter.state === 'sending')
      throw conflict('Ce courrier est déjà en cours d’envoi.');
    if (letter.state === 'sent')
      throw conflict('Ce courrier est parti : pour l’envoyer de nouveau, corrigez-le, il portera la version suivante.');
    await setLetter(sql, tenant, id, 'waiting', desk.now(), { attempts: 0 });
    await publish(sql, tenant, letterTopic, { letter: id });
    await trace(sql, viewer, 'send-again', `Letter/${id}`, {
      details: { state: letter.state, failure: letter.failure },
    });
  });
  desk.tell(tenant, { topic: 'letters' });
}

/** The next version of a letter, to the address given; the one before stays as it was. */
export async function correctLetter(
  desk: Desk,
  id: string,
  { mail, note }: { mail: string; note: string },
  ctx: Ctx,
): Promise<{ id: string }> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const next = await desk.db.transaction(tenant, async (sql) => {
    const letter = await letterOf(sql, tenant, id, true);
    if (!letter) throw noLetter();
    const call = (await editionRow(sql, tenant, letter.edition, true))!;
    const newest = (await lettersOf(sql, tenant, letter.edition)).find(
      ({ reference }) => reference === letter.reference,
    )!;
    if (newest.id !== id) throw conflict(`Ce courrier a déjà une version ${newest.version} : corrigez celle-là.`);
    if (letter.state === 'waiting' || letter.state === 'sending')
      throw conflict('Ce courrier est en cours d’envoi : attendez qu’il soit parti.');
    const decision = (await decisionsOf(sql, tenant, letter.edition)).find(({ number }) => number === letter.decision)!;
    const line = (await decidedIn(sql, tenant, letter.edition, letter.decision)).find(
      ({ application }) => application === letter.application,
    )!;
    const sent = (await submissionsOf(sql, tenant, [letter.application])).at(-1)!;
    const made = letterFor(
      viewer,
      call,
      decision,
      line,
      sent,
      { ...(letter.data.wording as Wording), note },
      desk.now(),
      { reference: letter.reference, version: letter.version + 1 },
      mail,
    );
    await writeLetters(sql, tenant, [made]);
    await trace(sql, viewer, 'correct', `Letter/${id}`, { details: { version: letter.version + 1, mail } });
    return made.id;
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
    if (on && !decision?.notifiedAt)
      throw conflict(
        'Les équipes l’apprennent d’abord par leur courrier : notifiez la décision, puis publiez la liste.',
      );
    await setResults(sql, tenant, edition, on ? desk.now() : null);
    await trace(sql, viewer, on ? 'publish-results' : 'withdraw-results', `Call/${edition}`);
  });
}
