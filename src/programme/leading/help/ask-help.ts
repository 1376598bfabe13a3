import type { z } from 'zod';
import { type Ctx, tellNotice } from '../../../access/index.ts';
import { conflict, forbidden, invalid, Problem, type Sql } from '../../../platform/index.ts';
import {
  dayInFrance,
  type Desk,
  practiceViewer,
  type PracticeViewer,
  trace,
  type Viewer,
  viewerOf,
} from '../../desk.ts';
import { filesOf, insertFile } from '../../papers/papers.store.ts';
import { demandPdf, receiveFile, sha256, shownName } from '../../papers/receive-file.ts';
import { mayIn } from '../../projects/reach.ts';
import { tellTeam } from '../tell.ts';
import type { helpContract } from './contract.ts';
import { addLine, type HelpRow, helpRow, insertHelp, setHelp } from './help.store.ts';
import { actsIn, handable, mayMark, noRequest } from './read-help.ts';
import { targets } from './targets.ts';
import { dueAt } from './targets.rules.ts';

type Asked = z.infer<typeof helpContract.askHelp.body>;
const whoseOf = ({ practice, practiceTenant }: Pick<HelpRow, 'practice' | 'practiceTenant'>) => ({
  practice,
  tenant: practiceTenant,
});
const side = (viewer: Viewer) => (viewer.as === 'practice' ? ('practice' as const) : ('region' as const));

/** A fault or a question, from anyone of a practice of the region, during a project or long after. */
export const askHelp = async (desk: Desk, body: Asked, ctx: Ctx): Promise<{ id: string; reference: string }> =>
  askHelpAs(desk, await practiceViewer(desk, ctx), body);
export async function askHelpAs(
  desk: Desk,
  viewer: PracticeViewer,
  { kind, urgency, title, words }: Asked,
): Promise<{ id: string; reference: string }> {
  const { tenant } = viewer.region;
  const at = desk.now();
  const due = dueAt(at, targets.urgencies.find(({ id }) => id === urgency)!.hours, targets);
  const whose = {
    practice: viewer.practice.id,
    practiceName: viewer.practice.name,
    practiceTenant: viewer.caller.tenant || null,
  };
  const made = await desk.db.transaction(tenant, async (sql) => {
    const made = await insertHelp(
      sql,
      tenant,
      { ...whose, kind, urgency, title, practitioner: viewer.practitioner, by: viewer.name, at, dueAt: due },
      dayInFrance(at).slice(0, 4),
    );
    await addLine(sql, tenant, made.id, {
      kind: 'words',
      side: 'practice',
      words,
      file: null,
      practitioner: viewer.practitioner,
      by: viewer.name,
      at,
    });
    await trace(sql, viewer, 'ask-help', `Help/${made.id}`, { details: { kind, urgency } });
    return made;
  });
  tellTeam(desk, viewer, whoseOf(whose), 'help');
  return made;
}

/** Whoever may read a request may write in it. */
const anyone = (): void => undefined;
type Change = {
  row: HelpRow;
  next: Pick<HelpRow, 'state' | 'asked' | 'askedName' | 'answeredAt' | 'solvedAt' | 'mark' | 'markWords'>;
};
/**
 * One change of a request that the viewer may know of, under its row.
 * @param allow refuses whoever may not, before the version is looked at
 */
async function change(
  desk: Desk,
  viewer: Viewer,
  id: string,
  seen: number | null,
  action: string,
  allow: (row: HelpRow) => void,
  act: (sql: Sql, change: Change) => Promise<Record<string, unknown>>,
): Promise<HelpRow> {
  const { tenant } = viewer.region;
  const row = await desk.db.transaction(tenant, async (sql) => {
    const row = await helpRow(sql, viewer, id, true);
    if (!row) throw noRequest();
    allow(row);
    if (seen !== null && row.version !== seen)
      throw conflict(
        'Cette demande a changé pendant que vous la lisiez. Elle vient d’être relue : votre texte est encore sur cet écran.',
      );
    const next = {
      state: row.state,
      asked: row.asked,
      askedName: row.askedName,
      answeredAt: row.answeredAt,
      solvedAt: row.solvedAt,
      mark: row.mark,
      markWords: row.markWords,
    };
    const details = await act(sql, { row, next });
    await setHelp(sql, tenant, id, next, desk.now());
    await trace(sql, viewer, action, `Help/${id}`, { details });
    return row;
  });
  tellTeam(desk, viewer, whoseOf(row), 'help');
  return row;
}
/** The other side hears of what was written, inside the product and without content: whoever asked, or whoever has the request. */
async function tellOther(
  desk: Desk,
  viewer: Viewer,
  { practiceTenant, practitioner, reference, id }: HelpRow,
  asked: string | null,
): Promise<void> {
  const notice = (tenant: number, to: string, words: string) =>
    desk.db.transaction(tenant, (sql) =>
      tellNotice(sql, tenant, { practitioner: to, kind: `programme-help:${id}`, patient: null, words }, { once: true }),
    );
  if (viewer.as !== 'practice' && practiceTenant !== null)
    await notice(practiceTenant, practitioner, `Votre demande d’aide ${reference} a une réponse.`);
  if (asked !== null && asked !== viewer.practitioner)
    await notice(viewer.region.tenant, asked, `La demande d’aide ${reference} vous attend.`);
}
const line = (desk: Desk, viewer: Viewer, words: string, kind: 'words' | 'handed' | 'state' = 'words') => ({
  kind,
  side: side(viewer),
  words,
  file: null,
  practitioner: viewer.practitioner,
  by: viewer.name,
  at: desk.now(),
});

export const writeHelp = async (
  desk: Desk,
  id: string,
  body: { words: string; solved: boolean; seen: number },
  ctx: Ctx,
): Promise<void> => writeHelpAs(desk, await viewerOf(desk, ctx), id, body);
/** Words of either side. The first from the region is the answer that was due; `solved`: it ends the request with them. */
export async function writeHelpAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { words, solved, seen }: { words: string; solved: boolean; seen: number },
): Promise<void> {
  const row = await change(desk, viewer, id, seen, 'write', anyone, async (sql, { row, next }) => {
    if (!actsIn(viewer, row).write) throw conflict('Cette demande est close : rouvrez-la pour y écrire.');
    await addLine(sql, viewer.region.tenant, id, line(desk, viewer, words));
    if (viewer.as !== 'practice') next.answeredAt ??= desk.now();
    if (solved) {
      next.state = 'solved';
      next.solvedAt = desk.now();
      await addLine(sql, viewer.region.tenant, id, line(desk, viewer, 'Résolue', 'state'));
    } else if (viewer.as === 'practice' && row.state === 'solved') {
      // The team still has something to say: it is not solved.
      next.state = 'open';
      next.solvedAt = null;
      await addLine(sql, viewer.region.tenant, id, line(desk, viewer, 'Rouverte', 'state'));
    }
    return { solved };
  });
  await tellOther(desk, viewer, row, row.asked);
}
export const handHelp = async (
  desk: Desk,
  id: string,
  body: { practitioner: string | null; words: string; seen: number },
  ctx: Ctx,
): Promise<void> => handHelpAs(desk, await viewerOf(desk, ctx), id, body);
export async function handHelpAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { practitioner, words, seen }: { practitioner: string | null; words: string; seen: number },
): Promise<void> {
  const person =
    practitioner === null
      ? undefined
      : (await handable(desk, viewer.region.tenant)).find((one) => one.practitioner === practitioner);
  const allow = (): void => {
    if (!mayIn(viewer, 'support'))
      throw forbidden('L’ARS, le GCS ou le consultant du projet transmettent une demande.');
  };
  const row = await change(desk, viewer, id, seen, 'hand', allow, async (sql, { row, next }) => {
    if (row.state !== 'open') throw conflict('Cette demande n’est plus ouverte.');
    if (practitioner !== null && !person)
      throw invalid(
        'Cette personne n’est pas un éditeur, un partenaire ou un consultant de la région. Rien n’a été changé.',
        { practitioner: 'à choisir dans la liste' },
      );
    next.asked = practitioner;
    next.askedName = person?.name ?? '';
    await addLine(
      sql,
      viewer.region.tenant,
      id,
      line(
        desk,
        viewer,
        [person ? `Transmise à ${person.name}` : `Reprise à ${row.askedName}`, words].filter(Boolean).join('. '),
        'handed',
      ),
    );
    return { practitioner };
  });
  if (person) await tellOther(desk, viewer, { ...row, practiceTenant: null }, practitioner);
}
const stateWords = { open: 'Rouverte', solved: 'Résolue', closed: 'Close par l’équipe' } as const;
export const settleHelp = async (
  desk: Desk,
  id: string,
  body: { state: HelpRow['state']; seen: number },
  ctx: Ctx,
): Promise<void> => settleHelpAs(desk, await viewerOf(desk, ctx), id, body);
/** Either side says it is solved or opens it again; only the team closes it. */
export async function settleHelpAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { state, seen }: { state: HelpRow['state']; seen: number },
): Promise<void> {
  const allow = (): void => {
    if (state === 'closed' && viewer.as !== 'practice') throw forbidden('L’équipe qui a demandé clôt sa demande.');
  };
  const row = await change(desk, viewer, id, seen, 'settle', allow, async (sql, { row, next }) => {
    if (row.state === state) throw conflict('Cette demande est déjà dans cet état.');
    next.state = state;
    next.solvedAt = state === 'open' ? null : (row.solvedAt ?? desk.now());
    await addLine(sql, viewer.region.tenant, id, line(desk, viewer, stateWords[state], 'state'));
    return { state };
  });
  if (state === 'solved') await tellOther(desk, viewer, row, null);
}
export const markHelp = async (
  desk: Desk,
  id: string,
  body: { mark: number; words: string; seen: number },
  ctx: Ctx,
): Promise<void> => markHelpAs(desk, await viewerOf(desk, ctx), id, body);
export async function markHelpAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { mark, words, seen }: { mark: number; words: string; seen: number },
): Promise<void> {
  const allow = (row: HelpRow): void => {
    if (!mayMark(viewer, row))
      throw forbidden('La personne qui a demandé, ou la coordination de l’équipe, donne son avis.');
  };
  await change(desk, viewer, id, seen, 'mark', allow, async (_sql, { row, next }) => {
    if (row.state === 'open') throw conflict('Donnez votre avis une fois la demande résolue.');
    next.mark = mark;
    next.markWords = words;
    return { mark };
  });
}

const mostFiles = 10;
export async function addHelpFile(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  // Whoever may not is told so before anything is read from them.
  await desk.db.tenant(tenant, async (sql) => {
    const row = await helpRow(sql, viewer, id);
    if (!row) throw noRequest();
  });
  const { name, bytes } = await receiveFile(ctx);
  demandPdf(bytes);
  await change(desk, viewer, id, null, 'attach', anyone, async (sql, { row }) => {
    if (!actsIn(viewer, row).write) throw conflict('Cette demande est close : rouvrez-la pour y joindre un fichier.');
    if ((await filesOf(sql, tenant, `Help/${id}`)).length >= mostFiles)
      throw new Problem(
        413,
        'Trop de fichiers',
        `Cette demande a déjà ${mostFiles} fichiers. Rien n’a été enregistré.`,
      );
    const file = await insertFile(sql, tenant, {
      subject: `Help/${id}`,
      kind: 'help',
      name: shownName(name),
      sha256: sha256(bytes),
      bytes,
      practitioner: viewer.practitioner,
      by: viewer.name,
      at: desk.now(),
    });
    await addLine(sql, tenant, id, {
      kind: 'file',
      side: side(viewer),
      words: file.name,
      file: file.id,
      practitioner: viewer.practitioner,
      by: viewer.name,
      at: desk.now(),
    });
    return { file: file.id, name: file.name };
  });
}
