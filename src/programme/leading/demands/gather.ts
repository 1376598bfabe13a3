import type { z } from 'zod';
import { type Ctx, practicesIn, tellNotice } from '../../../access/index.ts';
import { conflict, forbidden, invalid, type Sql } from '../../../platform/index.ts';
import {
  dayInFrance,
  type Desk,
  practiceViewer,
  type PracticeViewer,
  trace,
  type Viewer,
  viewerOf,
} from '../../desk.ts';
import { queueMail } from '../../mails/mails.store.ts';
import { issuePaper } from '../../papers/papers.store.ts';
import { plainData, type PlainPaper } from '../../papers/templates.ts';
import { mayIn } from '../../projects/reach.ts';
import { stale } from '../change.ts';
import type { demandsContract } from './contract.ts';
import {
  authorsOf,
  type DemandRow,
  demandsFor,
  holdDemands,
  insertDemand,
  insertVoice,
  moveVoices,
  putSupport,
  setAnswer,
  setDemandText,
  setSent,
  setVoice,
  teamsBehind,
  type VoiceRow,
  voiceRow,
  voicesFor,
} from './demands.store.ts';
import { mayAnswer, noDemand, vendorsOf } from './read-demands.ts';

type Words = Pick<VoiceRow, 'title' | 'words' | 'software'>;
type Text = Pick<DemandRow, 'title' | 'words'> & { voices: string[] };

/** The region's screens, and those of all its teams: each may read gathered demands. A hint holds no content. */
async function tell(desk: Desk, viewer: Viewer): Promise<void> {
  for (const tenant of [
    viewer.region.tenant,
    ...(await practicesIn(desk.db, viewer.region.id)).map((one) => one.tenant),
  ])
    desk.tell(tenant, { topic: 'demands' });
}
/** What one team asks for, in its words. */
export const sayDemand = async (desk: Desk, body: Words, ctx: Ctx): Promise<{ id: string }> =>
  sayDemandAs(desk, await practiceViewer(desk, ctx), body);
export async function sayDemandAs(desk: Desk, viewer: PracticeViewer, body: Words): Promise<{ id: string }> {
  const { tenant } = viewer.region;
  const whose = {
    practice: viewer.practice.id,
    practiceName: viewer.practice.name,
    practiceTenant: viewer.caller.tenant || null,
  };
  const id = await desk.db.transaction(tenant, async (sql) => {
    const id = await insertVoice(sql, tenant, {
      ...body,
      ...whose,
      practitioner: viewer.practitioner,
      by: viewer.name,
      at: desk.now(),
    });
    await trace(sql, viewer, 'say-demand', `DemandVoice/${id}`);
    return id;
  });
  await tell(desk, viewer);
  return { id };
}
export async function changeVoice(
  desk: Desk,
  id: string,
  { seen, ...body }: Words & { removed: boolean; seen: number },
  ctx: Ctx,
): Promise<void> {
  const viewer = await practiceViewer(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    await holdDemands(sql, tenant);
    const row = await voiceRow(sql, tenant, id);
    if (row?.practice !== viewer.practice.id) throw noDemand();
    if (row.practitioner !== viewer.practitioner && !viewer.manages)
      throw forbidden('La personne qui a écrit cette demande, ou la coordination de l’équipe, la change.');
    if (row.version !== seen) throw stale('Cette demande');
    const sent = (await demandsFor(sql, viewer)).find((one) => one.id === row.demand);
    if (sent && sent.state !== 'gathered')
      throw conflict('Cette demande est déjà envoyée à l’éditeur : écrivez-en une autre.');
    await setVoice(sql, tenant, id, body);
    await trace(sql, viewer, 'update', `DemandVoice/${id}`, { details: { removed: body.removed } });
  });
  await tell(desk, viewer);
}
export const supportDemand = async (desk: Desk, id: string, on: boolean, ctx: Ctx): Promise<void> =>
  supportDemandAs(desk, await practiceViewer(desk, ctx), id, on);
export async function supportDemandAs(desk: Desk, viewer: PracticeViewer, id: string, on: boolean): Promise<void> {
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    await holdDemands(sql, tenant);
    const row = (await demandsFor(sql, viewer)).find((one) => one.id === id);
    if (!row) throw noDemand();
    if (!viewer.manages) throw forbidden('La coordination de l’équipe dit que l’équipe soutient une demande.');
    if (row.state !== 'gathered') throw conflict('Cette demande est déjà envoyée à l’éditeur.');
    await putSupport(sql, tenant, id, viewer.practice, viewer.name, on, desk.now());
    await trace(sql, viewer, on ? 'support' : 'withdraw-support', `Demand/${id}`);
  });
  await tell(desk, viewer);
}

/** Errors: 422, 409 unless this viewer hears each of these voices and each is free, or in this demand. */
async function demandVoices(sql: Sql, viewer: Viewer, wanted: readonly string[], into: string | null): Promise<void> {
  const heard = (await voicesFor(sql, viewer)).filter(({ id }) => wanted.includes(id));
  if (heard.length !== new Set(wanted).size)
    throw invalid('Une des demandes n’est plus là. La page vient d’être relue.', { voices: 'à choisir dans la liste' });
  if (heard.some(({ demand }) => demand !== null && demand !== into))
    throw conflict('Une de ces demandes vient d’être réunie à d’autres. La page vient d’être relue.');
}
export const gatherDemands = async (desk: Desk, body: Text, ctx: Ctx): Promise<{ id: string }> =>
  gatherDemandsAs(desk, await viewerOf(desk, ctx), body);
/** Voices that say the same are put under one text; each team keeps its own words. */
export async function gatherDemandsAs(
  desk: Desk,
  viewer: Viewer,
  { title, words, voices }: Text,
): Promise<{ id: string }> {
  const { tenant } = viewer.region;
  const id = await desk.db.transaction(tenant, async (sql) => {
    await holdDemands(sql, tenant);
    await demandVoices(sql, viewer, voices, null);
    const id = await insertDemand(sql, tenant, { title, words, by: viewer.name }, desk.now());
    await moveVoices(sql, tenant, voices, id);
    await trace(sql, viewer, 'gather', `Demand/${id}`, { details: { voices } });
    return id;
  });
  await tell(desk, viewer);
  return { id };
}
export async function changeDemand(
  desk: Desk,
  id: string,
  { title, words, voices, seen }: Text & { seen: number },
  ctx: Ctx,
): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    await holdDemands(sql, tenant);
    const row = (await demandsFor(sql, viewer)).find((one) => one.id === id);
    if (!row) throw noDemand();
    if (row.state !== 'gathered') throw conflict('Cette demande est envoyée à l’éditeur : son texte ne change plus.');
    if (row.version !== seen) throw stale('Cette demande');
    await demandVoices(sql, viewer, voices, id);
    // Voices that this person does not hear stay where they are.
    const gone = (await voicesFor(sql, viewer)).filter(
      ({ demand, id: voice }) => demand === id && !voices.includes(voice),
    );
    await setDemandText(sql, tenant, id, { title, words });
    await moveVoices(sql, tenant, voices, id);
    await moveVoices(
      sql,
      tenant,
      gone.map((one) => one.id),
      null,
    );
    await trace(sql, viewer, 'update', `Demand/${id}`, { details: { voices } });
  });
  await tell(desk, viewer);
}

/** One text to a vendor: each demand, how many teams stand behind it. */
function demandsText(
  demands: readonly Pick<DemandRow, 'title' | 'words'>[],
  teams: readonly number[],
  note: string,
): PlainPaper {
  const count = (teams: number) => (teams > 1 ? `Demandé par ${teams} équipes.` : 'Demandé par une équipe.');
  return {
    title: 'Demandes d’évolution des équipes',
    lead:
      note ||
      'Les équipes de la région demandent les évolutions suivantes. Merci de répondre à chacune, avec une date.',
    parts: demands.map(({ title, words }, at) => ({
      title: `${at + 1}. ${title}`,
      paragraphs: [words, count(teams[at]!)],
    })),
  };
}
export const sendDemands = async (
  desk: Desk,
  body: z.infer<typeof demandsContract.sendDemands.body>,
  ctx: Ctx,
): Promise<{ paper: string; reference: string }> => sendDemandsAs(desk, await viewerOf(desk, ctx), body);
export async function sendDemandsAs(
  desk: Desk,
  viewer: Viewer,
  { vendor, demands: wanted, note }: z.infer<typeof demandsContract.sendDemands.body>,
): Promise<{ paper: string; reference: string }> {
  const { tenant, name } = viewer.region;
  if (!mayIn(viewer, 'lead')) throw forbidden('L’ARS ou le GCS envoie les demandes à un éditeur.');
  const to = (await vendorsOf(desk, tenant)).find(({ practitioner }) => practitioner === vendor);
  if (!to)
    throw invalid('Cette personne n’est pas un éditeur de la région. Rien n’a été envoyé.', {
      vendor: 'à choisir dans la liste',
    });
  const at = desk.now();
  const paper = await desk.db.transaction(tenant, async (sql) => {
    await holdDemands(sql, tenant);
    const chosen = (await demandsFor(sql, viewer)).filter(({ id }) => wanted.includes(id));
    if (chosen.length !== new Set(wanted).size) throw noDemand();
    const already = chosen.find(({ state }) => state !== 'gathered');
    if (already) throw conflict(`« ${already.title} » est déjà envoyée. Rien n’a été envoyé de nouveau.`);
    const behind = await teamsBehind(sql, tenant);
    const counts = new Map(chosen.map(({ id }) => [id, behind.filter(({ demand }) => demand === id).length]));
    const sorted = chosen.toSorted(
      (a, b) => counts.get(b.id)! - counts.get(a.id)! || a.title.localeCompare(b.title, 'fr'),
    );
    const text = demandsText(
      sorted,
      sorted.map(({ id }) => counts.get(id)!),
      note,
    );
    const row = await issuePaper(sql, tenant, {
      subject: 'Demands/region',
      of: 'EVOLUTIONS',
      kind: 'demands',
      mark: '',
      title: text.title,
      by: viewer.name,
      at,
      data: (reference, version) =>
        plainData(text, {
          region: name,
          reference,
          version,
          on: dayInFrance(at).split('-').reverse().join('/'),
          foot: to.name,
        }),
    });
    await setSent(sql, tenant, wanted, { vendor, vendorName: to.name, paper: row.id }, at);
    await queueMail(sql, tenant, {
      key: `demands:${row.id}`,
      subjectOf: 'Demands/region',
      batch: row.reference,
      recipient: to.email.includes('@') ? to.email : '',
      name: to.name,
      subject: `${text.title} (${row.reference})`,
      paper: row.id,
      at,
      words: [
        'Bonjour,',
        '',
        `Vous trouverez ci-joint ${sorted.length > 1 ? `${sorted.length} demandes` : 'une demande'} d’évolution des équipes de la région, réunies en un texte (${row.reference}).`,
        'Vous pouvez répondre à chacune, avec une date, dans la page « Demandes » du programme.',
        '',
        viewer.name,
        name,
      ].join('\n'),
    });
    await trace(sql, viewer, 'send-demands', `Paper/${row.id}`, { details: { vendor, demands: wanted } });
    return row;
  });
  await tell(desk, viewer);
  return { paper: paper.id, reference: paper.reference };
}

type Answer = z.infer<typeof demandsContract.answerDemand.body>;
export const answerDemand = async (desk: Desk, id: string, body: Answer, ctx: Ctx): Promise<void> =>
  answerDemandAs(desk, await viewerOf(desk, ctx), id, body);
/** By the vendor it was sent to, or by ARS or GCS who report what the vendor said. A later answer takes its place; the ledger keeps both. */
export async function answerDemandAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { outcome, words, promisedOn, seen }: Answer,
): Promise<void> {
  const { tenant } = viewer.region;
  const authors = await desk.db.transaction(tenant, async (sql) => {
    await holdDemands(sql, tenant);
    const row = (await demandsFor(sql, viewer)).find((one) => one.id === id);
    if (!row) throw noDemand();
    if (row.state === 'gathered') throw conflict('Cette demande n’est pas encore envoyée à l’éditeur.');
    if (!mayAnswer(viewer, row)) throw forbidden('L’éditeur répond, ou l’ARS et le GCS en son nom.');
    if (row.version !== seen) throw stale('Cette demande');
    await setAnswer(sql, tenant, id, { outcome, answer: words, answeredBy: viewer.name, promisedOn }, desk.now());
    await trace(sql, viewer, 'answer-demand', `Demand/${id}`, { details: { outcome, promisedOn, words } });
    return authorsOf(sql, tenant, id);
  });
  for (const { practiceTenant, practitioner } of authors)
    await desk.db.transaction(practiceTenant, (own) =>
      tellNotice(own, practiceTenant, {
        practitioner,
        kind: `programme-demand:${id}`,
        patient: null,
        words: 'L’éditeur a répondu à une demande d’évolution de votre équipe.',
      }),
    );
  await tell(desk, viewer);
}
