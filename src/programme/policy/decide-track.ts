import type { Ctx } from '../../access/index.ts';
import { conflict, invalid } from '../../platform/index.ts';
import { looksLikeIdentity, noPatientWords } from '../contract/patient-words.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { lacking, mailTeam } from './ask-support.ts';
import { act } from './open-track.ts';
import { insertDecision, type OpinionRow, opinionsOf, putOpinion } from './outcome.store.ts';
import { outlineFor } from './outline.ts';
import { decisionPaper, issue, newestOf, projectPaper } from './papers.ts';
import { insertVersion, projectText, textOf } from './project.store.ts';
import { isWritten } from './reach.ts';
import { shortKind, submitLacks } from './tracks.rules.ts';
import { changeTrack, supportOf } from './tracks.store.ts';
import { partsNow } from './write-project.ts';

/** Sends the health project to the commission (POL-7): the words that stand at this moment are frozen as a version and as a numbered paper. Refused with all it lacks. */
export const submitProject = async (desk: Desk, id: string, seen: number, ctx: Ctx): Promise<{ number: number }> =>
  submitProjectAs(desk, await viewerOf(desk, ctx), id, seen);
export const submitProjectAs = (desk: Desk, viewer: Viewer, id: string, seen: number): Promise<{ number: number }> =>
  act(desk, viewer, id, { part: 'manage', name: 'submit', seen }, async (sql, track, at) => {
    const { tenant } = viewer.region;
    if (!isWritten(track))
      throw conflict(
        track.state === 'submitted'
          ? 'Le projet est déjà devant la commission.'
          : track.state === 'validated'
            ? 'Le projet est validé.'
            : 'La phase 2 n’est pas ouverte.',
      );
    await projectText.hold(sql, tenant, textOf(id));
    const { sections, title } = await outlineFor(sql, tenant, track);
    const parts = await partsNow(sql, tenant, track);
    const lacks = submitLacks(
      track,
      sections,
      new Set(parts.filter(({ text }) => text !== '').map((one) => one.id)),
      await supportOf(sql, tenant, id),
    );
    // Written together, it came letter by letter: it is looked at whole before the commission reads it.
    for (const { title: part } of parts.filter((one) => looksLikeIdentity(one.text)))
      lacks.push(`« ${part} » : ${noPatientWords}.`);
    if (lacks.length > 0)
      throw lacking('Projet incomplet', 'Le projet de santé ne peut pas partir à la commission.', lacks);
    const number = await insertVersion(sql, tenant, id, {
      name: 'Soumise à la commission',
      parts,
      submitted: true,
      by: viewer.name,
      at,
    });
    const former = await newestOf(sql, tenant, id, 'health-project');
    const { id: paper } = await issue(
      sql,
      viewer,
      track,
      'health-project',
      projectPaper(track, title, `Version ${number}, soumise à la commission`, parts),
      at,
      former?.id,
    );
    await changeTrack(sql, tenant, track, { state: 'submitted', submitted: number, reason: '' }, viewer.name, at);
    return { result: { number }, details: { version: number, paper } };
  });
/** Takes the project back while nobody of the commission has said anything of it. */
export const withdrawProject = async (desk: Desk, id: string, ctx: Ctx): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await act(desk, viewer, id, { part: 'manage', name: 'withdraw' }, async (sql, track, at) => {
    const { tenant } = viewer.region;
    if (track.state !== 'submitted') throw conflict('Le projet n’est pas devant la commission.');
    if ((await opinionsOf(sql, tenant, [id])).some(({ submission }) => submission === track.submitted))
      throw conflict('La commission a commencé à donner son avis : attendez la décision.');
    await changeTrack(sql, tenant, track, { state: 'writing' }, viewer.name, at);
    return { result: undefined };
  });
};

type Opinion = Pick<OpinionRow, 'opinion' | 'reason'>;
export const giveOpinion = async (desk: Desk, id: string, body: Opinion & { seen: number }, ctx: Ctx): Promise<void> =>
  giveOpinionAs(desk, await viewerOf(desk, ctx), id, body);
/** The opinion of a member of the commission on what was submitted, with its reason; it may be changed until the decision. */
export const giveOpinionAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { opinion, reason, seen }: Opinion & { seen: number },
): Promise<void> =>
  act(desk, viewer, id, { part: 'judge', name: 'give-opinion' }, async (sql, track, at) => {
    const { tenant } = viewer.region;
    if (track.state !== 'submitted')
      throw conflict('Ce projet n’attend pas d’avis. Votre texte est toujours à l’écran.');
    const mine = (await opinionsOf(sql, tenant, [id])).find(
      (one) => one.submission === track.submitted && one.reviewer === viewer.practitioner,
    );
    if ((mine?.version ?? 0) !== seen)
      throw conflict(
        'Votre avis a changé depuis une autre fenêtre. Il vient d’être relu : recommencez s’il y a lieu.',
        { reason: 'edited-meanwhile' },
      );
    await putOpinion(sql, tenant, {
      track: id,
      submission: track.submitted,
      reviewer: viewer.practitioner,
      name: viewer.name,
      opinion,
      reason,
      at,
    });
    return {
      result: undefined,
      details: { submission: track.submitted, opinion, before: mine?.opinion ?? null },
      reason,
    };
  });

export interface Decided {
  outcome: 'validated' | 'returned';
  reason: string;
  signatory: string;
  role: string;
  /** How many opinions were on screen. */
  opinions: number;
  seen: number;
}
export const decideTrack = async (desk: Desk, id: string, body: Decided, ctx: Ctx): Promise<{ paper: string }> =>
  decideTrackAs(desk, await viewerOf(desk, ctx), id, body);
/** ARS validates, which gives the status from this day, or sends the project back with reasons: letter on paper and by mail (POL-7). The commission has spoken first. */
export const decideTrackAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { outcome, reason, signatory, role, opinions: read, seen }: Decided,
): Promise<{ paper: string }> =>
  act(
    desk,
    viewer,
    id,
    { part: 'instruct', name: outcome === 'validated' ? 'validate' : 'return', seen },
    async (sql, track, at) => {
      const { tenant } = viewer.region;
      if (track.state !== 'submitted') throw conflict('Ce projet n’attend pas de décision.');
      if (outcome === 'returned' && reason.length < 10)
        throw invalid('Dites pourquoi le projet est rendu, en 10 caractères au moins. Rien n’a été envoyé.', {
          reason: 'à renseigner',
        });
      const said = (await opinionsOf(sql, tenant, [id])).filter(({ submission }) => submission === track.submitted);
      if (said.length === 0)
        throw conflict('La commission n’a pas encore donné d’avis : la décision vient après elle.');
      if (said.length !== read)
        throw conflict('Un avis est arrivé pendant que vous décidiez. Lisez-le, puis décidez.', {
          reason: 'edited-meanwhile',
        });
      const day = dayInFrance(at);
      const opinions = { favourable: 0, reserved: 0, unfavourable: 0 };
      for (const { opinion } of said) opinions[opinion]++;
      const paper = await issue(
        sql,
        viewer,
        track,
        'track-decision',
        decisionPaper(track, { outcome, reason, day, version: track.submitted, opinions }, [
          signatory,
          role,
          viewer.region.name,
        ]),
        at,
      );
      await insertDecision(sql, tenant, id, {
        outcome,
        reason,
        submission: track.submitted,
        day,
        paper: paper.id,
        by: viewer.name,
        at,
      });
      await changeTrack(
        sql,
        tenant,
        track,
        {
          state: outcome,
          reason: outcome === 'returned' ? reason : '',
          validatedOn: outcome === 'validated' ? day : null,
        },
        viewer.name,
        at,
      );
      const subject = `${shortKind[track.kind]} « ${track.practiceName} » : projet de santé ${outcome === 'validated' ? 'validé' : 'à reprendre'}`;
      await mailTeam(
        sql,
        viewer,
        track,
        paper,
        {
          subject,
          text:
            outcome === 'validated'
              ? 'Votre projet de santé est validé : votre équipe est reconnue.'
              : `Votre projet de santé vous est rendu, pour les raisons suivantes :\n\n${reason}`,
        },
        at,
      );
      return {
        result: { paper: paper.id },
        details: { outcome, submission: track.submitted, paper: paper.id, opinions },
        ...(reason && { reason }),
      };
    },
  );
