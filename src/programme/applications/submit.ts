import type { z } from 'zod';
import { type Ctx, staffOf } from '../../access/index.ts';
import { conflict, Problem } from '../../platform/index.ts';
import type { Edition } from '../calls/contract.ts';
import { editionRow, nextNumber } from '../calls/editions.store.ts';
import { inTime } from '../calls/eligibility.rules.ts';
import { type Desk, practiceViewer, type PracticeViewer, trace } from '../desk.ts';
import { setState, writeMembers } from './applications.store.ts';
import { notifiedOutcome } from '../review/decisions.store.ts';
import type { submissionLine } from './contract.ts';
import { sentLine } from './read-application.ts';
import { type OwnFile, ownFile, standing } from './state.ts';
import { endSubmission, insertSubmission, submissionsOf } from './submissions.store.ts';

/** Why an application is refused at the door, each with how to mend it (AAP-9). */
export interface Reason {
  kind: 'late' | 'field' | 'document' | 'rule';
  /** Field, document or rule. */
  id: string;
  words: string;
  mend: string;
}
const sayDeadline = ({ deadline }: Edition): string =>
  `${deadline.slice(8, 10)}/${deadline.slice(5, 7)}/${deadline.slice(0, 4)} à ${deadline.slice(11, 13)} h ${deadline.slice(14, 16)} min ${deadline.slice(17)} s`;
function reasonsAgainst(file: Pick<OwnFile, 'edition' | 'facts' | 'attachments' | 'current'>, now: Date): Reason[] {
  const { missing, eligibility } = standing(file, now);
  const reasons: Reason[] = [];
  if (!inTime(file.edition, now))
    reasons.push({
      kind: 'late',
      id: 'deadline',
      words: `La date limite est passée : ${sayDeadline(file.edition)}, heure de Paris.`,
      mend: 'Le dossier reste ici ; il servira pour le prochain appel de la région.',
    });
  for (const { id, label, section } of missing.fields)
    reasons.push({
      kind: 'field',
      id,
      words: `« ${label} » n’est pas rempli.`,
      mend: `À remplir dans « ${section} ».`,
    });
  for (const { id, label } of missing.documents)
    reasons.push({ kind: 'document', id, words: `Il manque la pièce « ${label} ».`, mend: 'À joindre en PDF.' });
  const empty = new Set(missing.fields.map(({ id }) => id));
  for (const { rule, answer, facts } of eligibility.results) {
    if (answer === 'no') reasons.push({ kind: 'rule', id: rule.id, words: rule.fails, mend: rule.mend });
    // What the rule looks at is asked for above already, where it is.
    else if (answer === 'unknown' && !facts.some(({ id }) => empty.has(id)))
      reasons.push({
        kind: 'rule',
        id: rule.id,
        words: `« ${rule.title} » : le dossier ne permet pas de le dire.`,
        mend: `À préciser : ${facts
          .filter(({ value }) => value === null || value === '')
          .map(({ label }) => label.toLowerCase())
          .join(', ')}.`,
      });
  }
  return reasons;
}

/** Submits the file as it is. The receipt's time is the server's, when the request came. */
export async function submit(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof submissionLine>> {
  return submitAs(desk, await practiceViewer(desk, ctx), id);
}
export async function submitAs(
  desk: Desk,
  viewer: PracticeViewer,
  id: string,
): Promise<z.infer<typeof submissionLine>> {
  // To the second, as receipts say it.
  const at = new Date(Math.floor(desk.now().getTime() / 1000) * 1000);
  const { tenant } = viewer.region;
  const people = await desk.db.tenant(viewer.caller.tenant, (sql) => staffOf(sql, viewer.caller.tenant));
  const mail = viewer.mail ?? people.find(({ practitioner }) => practitioner === viewer.practitioner)?.email ?? '';
  const sent = await desk.db.transaction(tenant, async (sql) => {
    const file = await ownFile(sql, viewer, id, true);
    if (file.row.state === 'submitted')
      throw conflict('Cette candidature est déjà déposée : son récépissé est dans le dossier.');
    const reasons = reasonsAgainst(file, at);
    if (reasons.length > 0)
      throw new Problem(
        422,
        'Candidature non déposée',
        `${reasons.length === 1 ? 'Un point empêche' : `${reasons.length} points empêchent`} le dépôt. Rien n’est perdu : le dossier garde tout ce que vous avez saisi. ${reasons
          .slice(0, 3)
          .map(({ words }) => words)
          .join(' ')}`,
        { extra: { reasons } },
      );
    await editionRow(sql, tenant, file.row.edition, true);
    const receipt = `${file.row.edition.toUpperCase()}-${String(await nextNumber(sql, tenant, file.row.edition, 'receipts')).padStart(4, '0')}`;
    const number = (file.submissions.at(-1)?.number ?? 0) + 1;
    await insertSubmission(sql, tenant, {
      application: id,
      number,
      receipt,
      version: file.version,
      answers: file.answers,
      documents: file.attachments.map((one) => one.id),
      practitioner: viewer.practitioner,
      by: viewer.name,
      mail,
      practiceTenant: viewer.caller.tenant || null,
      at,
    });
    await setState(sql, tenant, id, 'submitted', number);
    await trace(sql, viewer, 'submit', `Application/${id}`, {
      details: { receipt, edition: file.row.edition, version: file.version, practice: viewer.practice.id },
    });
    return (await submissionsOf(sql, tenant, [id])).at(-1)!;
  });
  tell(desk, viewer, id);
  return sentLine(sent);
}
const tell = (desk: Desk, viewer: PracticeViewer, id: string): void => {
  desk.tell(viewer.caller.tenant, { topic: 'application', application: id });
  desk.tell(viewer.region.tenant, { topic: 'files' });
};

/** Takes the submission back: the region no longer sees it, and the team may change it and submit again before the deadline. Once the decision is known, a team gives up its place instead (places/renounce.ts). */
export async function withdraw(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await practiceViewer(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    const file = await ownFile(sql, viewer, id, true);
    if (!file.current) throw conflict('Cette candidature n’est pas déposée : il n’y a rien à retirer.');
    const told = await notifiedOutcome(sql, tenant, file.row.edition, id);
    if (told && !(told.outcome === 'refused' && inTime(file.edition, desk.now())))
      throw conflict(
        'La décision sur cette candidature est notifiée : elle ne se retire plus. Si votre équipe renonce à sa place, déclarez son désistement, avec le motif, dans le dossier.',
      );
    await setState(sql, tenant, id, 'withdrawn', file.row.submission);
    await endSubmission(sql, tenant, id, file.current.number, desk.now());
    await trace(sql, viewer, 'withdraw', `Application/${id}`, { details: { receipt: file.current.receipt } });
  });
  tell(desk, viewer, id);
}

export async function people(
  desk: Desk,
  { caller }: Ctx,
): Promise<{ practitioner: string; name: string; profession: string }[]> {
  const staff = await desk.db.tenant(caller.tenant, (sql) => staffOf(sql, caller.tenant));
  return staff
    .filter(({ kind }) => kind === 'care')
    .map(({ practitioner, name, profession }) => ({ practitioner, name, profession }));
}
/** Who of the practice works on the file, besides those who manage it. */
export async function setMembers(desk: Desk, id: string, practitioners: readonly string[], ctx: Ctx): Promise<void> {
  const viewer = await practiceViewer(desk, ctx);
  const people = await desk.db.tenant(viewer.caller.tenant, (sql) => staffOf(sql, viewer.caller.tenant));
  const members = people
    .filter(({ practitioner }) => practitioners.includes(practitioner))
    .map(({ practitioner, name }) => ({ practitioner, name }));
  await desk.db.transaction(viewer.region.tenant, async (sql) => {
    await ownFile(sql, viewer, id, true);
    await writeMembers(sql, viewer.region.tenant, id, members);
    await trace(sql, viewer, 'update', `Application/${id}`, {
      details: { members: members.map(({ practitioner }) => practitioner) },
    });
  });
  desk.tell(viewer.caller.tenant, { topic: 'application', application: id });
}
