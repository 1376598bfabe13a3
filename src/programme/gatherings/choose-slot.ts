import type { Ctx } from '../../access/index.ts';
import { conflict, notFound, Problem } from '../../platform/index.ts';
import { type Desk, type Viewer, viewerOf } from '../desk.ts';
import { pageMark, linkMark, unmarked } from '../mails/links.ts';
import { queueMail } from '../mails/mails.store.ts';
import { issuePaper, type PaperRow, paperOf } from '../papers/papers.store.ts';
import { plainData } from '../papers/templates.ts';
import { actOnPoll, type PollAct } from './act-on-poll.ts';
import type { Meeting } from './calendar.rules.ts';
import { invitationPaper } from './invitation-paper.ts';
import { professionName } from './people.ts';
import { lackOf, type SlotView } from './polls.rules.ts';
import { setPoll, type SlotRow } from './polls.store.ts';
import { sayDay, sayHour, sayShortDay } from './words.ts';

export const chooseSlot = async (
  desk: Desk,
  project: string,
  id: string,
  body: { seen: number; slot: string; reason: string },
  ctx: Ctx,
): Promise<{ paper: string }> => chooseSlotAs(desk, await viewerOf(desk, ctx), project, id, body);
/**
 * Chooses the date (PRJ-2). Without somebody of each profession, of ARS, of GCS and the consultant, a written reason is asked, and kept on the invitation. The invitation is issued, or its next version
 * when there was one, and everyone who was asked is written to, once.
 */
export const chooseSlotAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  id: string,
  { seen, slot, reason }: { seen: number; slot: string; reason: string },
): Promise<{ paper: string }> =>
  actOnPoll(desk, viewer, project, id, 'support', seen, 'choose-slot', async (given) => {
    const { sql, tenant, poll, at } = given;
    const chosen = choiceOf(given, slot, reason);
    const paper = await inviteTo(given, chosen, viewer);
    await setPoll(sql, tenant, id, { ...poll.row, state: 'chosen', slot, reason: chosen.reason, paper: paper.id }, at);
    await writeToAll(given, chosen.slot, paper);
    return {
      result: { paper: paper.id },
      details: {
        slot,
        starts: chosen.slot.starts,
        missing: chosen.view.missing,
        absent: chosen.view.absent,
        paper: paper.reference,
        version: paper.version,
      },
      reason: chosen.reason,
    };
  });

interface Choice {
  slot: SlotRow;
  view: SlotView;
  /** Why, when somebody lacks; '' when nobody does. */
  reason: string;
}
/** Errors: 404, 409; 422 without a reason for a date on which somebody lacks. */
function choiceOf({ poll, today }: PollAct, id: string, reason: string): Choice {
  if (poll.row.state !== 'open')
    throw conflict(
      poll.row.state === 'chosen'
        ? 'La date est déjà choisie. Rouvrez le sondage pour en changer.'
        : 'Ce sondage est abandonné. Rouvrez-le pour choisir une date.',
    );
  const [slot, view] = [poll.slots.find((one) => one.id === id), poll.views.find((one) => one.id === id)];
  if (!slot || !view) throw notFound('Cette date');
  if (slot.starts.slice(0, 10) < today) throw conflict('Cette date est passée : proposez-en une autre.');
  if (!view.complete && reason.length < 10)
    throw new Problem(
      422,
      'Motif nécessaire',
      `${lackOf(view, professionName)} Vous pouvez choisir cette date avec un motif écrit, d’au moins 10 caractères.`,
      { fields: { reason: 'à renseigner' }, extra: { missing: view.missing, absent: view.absent } },
    );
  return { slot, view, reason: view.complete ? '' : reason };
}

/** The invitation with its meeting for any calendar, or the next version of both. */
async function inviteTo(
  { sql, tenant, project, poll, at, today }: PollAct,
  chosen: Choice,
  viewer: Viewer,
): Promise<PaperRow> {
  const { row } = poll;
  const { slot } = chosen;
  return issuePaper(sql, tenant, {
    subject: `Project/${project.id}`,
    of: project.reference,
    kind: 'invitation',
    mark: 'INV',
    title: `Invitation : ${row.title}`,
    by: viewer.name,
    at,
    former: row.paper ? await paperOf(sql, tenant, row.paper) : undefined,
    data: (reference, version) => {
      const meeting: Meeting = {
        uid: row.id,
        sequence: version - 1,
        title: row.title,
        start: slot.at.toISOString(),
        end: new Date(slot.at.getTime() + slot.minutes * 60_000).toISOString(),
        place: slot.place,
        visio: slot.visio,
        words: `Projet ${project.practiceName} (${project.reference}). Invitation ${reference}.`,
        at: at.toISOString(),
      };
      const { practiceName } = project;
      return {
        meeting,
        ...plainData(invitationPaper(poll, chosen, { version, practiceName, by: viewer.name }), {
          region: viewer.region.name,
          reference,
          version,
          on: sayShortDay(today),
          foot: `Projet ${practiceName}`,
        }),
      };
    },
  });
}

async function writeToAll(
  { sql, tenant, project, poll, at }: PollAct,
  slot: SlotRow,
  { id: paper, reference, version }: PaperRow,
): Promise<void> {
  const { row, people } = poll;
  for (const one of people) {
    if (one.email === '') continue;
    const where =
      one.practitioner === null
        ? `Votre page, sans compte :\n${linkMark('sondage', `${row.id}/${one.id}`)}`
        : `Le projet dans Estran :\n${pageMark(`/programme/projets/${project.id}?onglet=reunions`)}`;
    await queueMail(sql, tenant, {
      key: `poll/${row.id}/chosen/${reference}/${version}/${one.id}`,
      subjectOf: `Project/${project.id}`,
      batch: `poll/${row.id}/chosen/${version}`,
      recipient: one.email,
      name: one.name,
      subject: `${version > 1 ? 'Nouvelle date' : 'Invitation'} : ${row.title}, le ${sayDay(slot.starts)}`,
      words: [
        `Bonjour${one.name ? ` ${unmarked(one.name)}` : ''},`,
        '',
        `${unmarked(row.title)} : ${sayDay(slot.starts)} à ${sayHour(slot.starts)}, ${slot.minutes} minutes.`,
        unmarked([slot.place, slot.visio].filter(Boolean).join('\n')),
        '',
        ...(version > 1 ? ['Cette date annule et remplace la précédente.', ''] : []),
        'L’invitation et la réunion pour votre agenda sont jointes.',
        where,
        '',
      ].join('\n'),
      paper,
      at,
    });
  }
}
