import { type Ctx, staffOf } from '../../access/index.ts';
import { conflict, invalid, Problem, type Sql } from '../../platform/index.ts';
import { supportLacks, supportModes } from '../contract/composition.ts';
import { dayInFrance, type Desk, partOf, type Viewer, viewerOf } from '../desk.ts';
import { queueMail } from '../mails/mails.store.ts';
import { act } from './open-track.ts';
import { beginOutline } from './outline.ts';
import { issue, newestOf, type PaperKind, requestPaper, statutesPaper, supportLetter } from './papers.ts';
import { phaseOf, type TrackRow } from './reach.ts';
import { acceptLacks, requestLacks, shortKind } from './tracks.rules.ts';
import {
  changeTrack,
  checksOf,
  peopleOf,
  putPerson,
  putSupport,
  removePerson,
  type SupportRow,
  supportOf,
} from './tracks.store.ts';

/** Each refusal says all that is lacking, at once. */
export const lacking = (title: string, lead: string, lacks: string[]): Problem =>
  new Problem(422, title, `${lead} ${lacks.join(' ')} Rien n’est perdu.`, { extra: { lacks } });

/** A letter to whoever answers for the team, by mail with its paper; kept in the track all the same where there is no address. */
export async function mailTeam(
  sql: Sql,
  viewer: Viewer,
  track: TrackRow,
  paper: { id: string; reference: string },
  words: { subject: string; text: string },
  at: Date,
): Promise<void> {
  const { contact } = track.about;
  await queueMail(sql, viewer.region.tenant, {
    key: `paper ${paper.id}`,
    subjectOf: `Track/${track.id}`,
    batch: paper.reference,
    recipient: contact.mail,
    name: contact.name,
    subject: words.subject,
    words: `Madame, Monsieur,\n\n${words.text}\n\nLe courrier ${paper.reference} est joint à ce message. Il est aussi dans votre parcours ${track.reference}.\n\n${viewer.name}\n${viewer.region.name}\n`,
    paper: paper.id,
    at,
  });
}

/** Model statutes at hand (POL-3): a paper made of what the team said; again: its next version. */
export const statutes = async (desk: Desk, id: string, ctx: Ctx): Promise<{ paper: string }> =>
  statutesAs(desk, await viewerOf(desk, ctx), id);
export const statutesAs = (desk: Desk, viewer: Viewer, id: string): Promise<{ paper: string }> =>
  again(desk, viewer, id, 'statutes', (track) => statutesPaper(track));
const again = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  kind: PaperKind,
  paper: (track: TrackRow) => Parameters<typeof issue>[4],
): Promise<{ paper: string }> =>
  act(desk, viewer, id, { part: 'manage', name: 'issue' }, async (sql, track, at) => {
    const former = await newestOf(sql, viewer.region.tenant, id, kind);
    const { id: made } = await issue(sql, viewer, track, kind, paper(track), at, former?.id);
    return { result: { paper: made }, details: { paper: made, kind } };
  });

/** Sends the request for support; refused with all it lacks (POL-2, POL-3). */
export const askSupport = async (desk: Desk, id: string, seen: number, ctx: Ctx): Promise<{ paper: string }> =>
  askSupportAs(desk, await viewerOf(desk, ctx), id, seen);
export const askSupportAs = (desk: Desk, viewer: Viewer, id: string, seen: number): Promise<{ paper: string }> =>
  act(desk, viewer, id, { part: 'manage', name: 'ask-support', seen }, async (sql, track, at) => {
    if (track.state !== 'meeting')
      throw conflict(
        track.state === 'requested' ? 'La demande de soutien est déjà envoyée.' : 'La phase 1 est terminée.',
      );
    const lacks = requestLacks(track);
    if (lacks.length > 0) throw lacking('Demande incomplète', 'La demande de soutien ne peut pas partir.', lacks);
    const former = await newestOf(sql, viewer.region.tenant, id, 'support-request');
    const { id: paper } = await issue(sql, viewer, track, 'support-request', requestPaper(track), at, former?.id);
    await changeTrack(sql, viewer.region.tenant, track, { state: 'requested', reason: '' }, viewer.name, at);
    return { result: { paper }, details: { paper } };
  });

/** ARS accepts, which opens phase 2, or sends the request back with reasons; both by letter and mail. Accepting asks that the two checks of phase 1 hold. */
export const answerRequest = async (
  desk: Desk,
  id: string,
  body: { accept: boolean; reason: string; seen: number },
  ctx: Ctx,
): Promise<void> => answerRequestAs(desk, await viewerOf(desk, ctx), id, body);
export const answerRequestAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { accept, reason, seen }: { accept: boolean; reason: string; seen: number },
): Promise<void> =>
  act(
    desk,
    viewer,
    id,
    { part: 'instruct', name: accept ? 'accept-request' : 'return-request', seen },
    async (sql, track, at) => {
      const { tenant } = viewer.region;
      if (track.state !== 'requested') throw conflict('Aucune demande de soutien n’attend de réponse.');
      if (!accept && reason.length < 10)
        throw invalid('Dites pourquoi la demande est rendue, en 10 caractères au moins. Rien n’a été envoyé.', {
          reason: 'à renseigner',
        });
      const lacks = accept ? [...requestLacks(track), ...acceptLacks(await checksOf(sql, tenant, id))] : [];
      if (lacks.length > 0) throw lacking('Phase 1 non vérifiée', 'La phase 2 ne peut pas s’ouvrir.', lacks);
      const paper = await issue(
        sql,
        viewer,
        track,
        'support-letter',
        supportLetter(track, accept, reason, viewer.name),
        at,
      );
      await mailTeam(
        sql,
        viewer,
        track,
        paper,
        {
          subject: `${shortKind[track.kind]} « ${track.practiceName} » : ${accept ? 'soutien accordé' : 'demande de soutien à compléter'}`,
          text: accept
            ? 'Votre demande de soutien est acceptée : vous pouvez écrire votre projet de santé.'
            : `Votre demande de soutien vous est rendue. ${reason}`,
        },
        at,
      );
      if (accept) await beginOutline(sql, tenant, track, viewer.name, at);
      await changeTrack(
        sql,
        tenant,
        track,
        { state: accept ? 'writing' : 'meeting', reason: accept ? '' : reason },
        viewer.name,
        at,
      );
      return { result: undefined, details: { paper: paper.id }, ...(reason && { reason }) };
    },
  );

type Asked = Omit<SupportRow, 'version' | 'by' | 'at'>;
export const planSupport = async (desk: Desk, id: string, body: Asked & { seen: number }, ctx: Ctx): Promise<void> =>
  planSupportAs(desk, await viewerOf(desk, ctx), id, body);
/** The support of phase 2, chosen by the professionals in one of its ways (POL-4, POL-5); a value outside its range is refused, the range is said. A consultant who is chosen has their part in the track. */
export async function planSupportAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { seen, ...asked }: Asked & { seen: number },
): Promise<void> {
  const { tenant } = viewer.region;
  const consultants = (await desk.db.tenant(tenant, (sql) => staffOf(sql, tenant))).filter(
    ({ profession }) => partOf(profession) === 'consultant',
  );
  await act(desk, viewer, id, { part: 'manage', name: 'plan-support' }, async (sql, track, at) => {
    const before = await supportOf(sql, tenant, id);
    if ((before?.version ?? 0) !== seen)
      throw conflict(
        `${before?.by ?? 'Une autre personne'} a changé le soutien entre-temps. Votre saisie est toujours à l’écran : relisez, puis recommencez.`,
        { reason: 'edited-meanwhile' },
      );
    if (phaseOf(track.state) !== 2 || track.state === 'submitted')
      throw conflict(
        track.state === 'submitted'
          ? 'Le projet est devant la commission : le soutien ne change plus.'
          : 'Le soutien se choisit en phase 2.',
      );
    const lacks = supportLacks(track.kind, asked, dayInFrance(at));
    const consultant =
      asked.mode === 'consultant'
        ? consultants.find(({ practitioner }) => practitioner === asked.consultant)
        : undefined;
    if (asked.mode === 'consultant' && asked.consultant && !consultant)
      lacks.consultant = 'Choisissez l’un des consultants agréés de la région.';
    if (Object.keys(lacks).length > 0)
      throw invalid(`${Object.values(lacks).join(' ')} Rien n’a été enregistré.`, lacks);
    const own = asked.mode === 'pool' ? asked : { ...asked, coordinator: '', coordinatorSince: null, pacte: false };
    await putSupport(sql, tenant, id, {
      ...own,
      consultant: consultant?.practitioner ?? null,
      provider: supportModes[asked.mode].kind === 'esp' ? asked.provider : '',
      by: viewer.name,
      at,
    });
    if (consultant) {
      for (const former of await peopleOf(sql, tenant, id))
        if (former.role === 'consultant') await removePerson(sql, tenant, id, former.practitioner, at);
      await putPerson(
        sql,
        tenant,
        id,
        { practitioner: consultant.practitioner, name: consultant.name, role: 'consultant' },
        viewer.name,
        at,
      );
    }
    return { result: undefined, details: { ...asked } };
  });
}
