import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Ctx, isProfession, professionCodes, professions, regions } from '../../access/index.ts';
import { conflict, invalid, notFound, Problem, record } from '../../platform/index.ts';
import { dayInFrance, type Desk } from '../desk.ts';
import type { NeedAnswer, respondentReply } from './contract.ts';
import { sayDay } from './inside.ts';
import { pace } from '../links/pace.ts';
import { byLink, giveToken, type Held } from './links.ts';
import {
  insertPerson,
  type NeedsRow,
  peopleOf,
  setAnswer,
  setInvited,
  setNameless,
  setSubmitted,
} from './needs.store.ts';
import { byWords } from './professions.rules.ts';
import { isOpenOn } from './questionnaire.ts';
import { answerFlaw, questionsOf, unanswered } from './questionnaire.rules.ts';

const closed = (needs: NeedsRow) =>
  conflict(
    needs.state === 'draft'
      ? 'Ce questionnaire est en cours de modification : revenez un peu plus tard par le même lien.'
      : `Ce questionnaire est clos${needs.closesOn ? ` depuis le ${sayDay(needs.closesOn)}` : ''}. Ce que vous aviez enregistré est conservé.`,
    { reason: 'closed' },
  );
const opened = ({ needs, project }: Held, now: Date): boolean =>
  project.state === 'open' && isOpenOn(needs, dayInFrance(now));
/** Open, of a project that is not stopped or closed; the person behind the link. */
function answering(held: Held, now: Date): NonNullable<Held['person']> {
  if (!held.person) throw conflict('Dites d’abord votre profession.');
  if (!opened(held, now)) throw closed(held.needs);
  return held.person;
}
/** The screens of whoever supports the project: how many answered. */
const telling =
  (desk: Desk, { tenant, needs, project }: Held) =>
  () => {
    for (const to of new Set([tenant, project.practiceTenant ?? tenant]))
      desk.tell(to, { topic: 'projects', project: needs.project });
  };

export async function readQuestionnaire(desk: Desk, token: string, ctx: Ctx): Promise<z.infer<typeof respondentReply>> {
  const known = await regions(desk.db);
  return byLink(desk, token, ctx.address, async (sql, held) => {
    const { tenant, needs, person, project } = held;
    const open = opened(held, desk.now());
    const alone =
      person !== undefined &&
      (await peopleOf(sql, tenant, needs.project)).filter(({ profession }) => profession === person.profession)
        .length === 1;
    return {
      title: needs.title,
      intro: needs.intro,
      sections: open ? needs.sections : [],
      team: project.team,
      region: known.find((one) => one.tenant === tenant)?.name ?? '',
      closesOn: needs.closesOn ?? '',
      open,
      shared: person === undefined,
      name: person?.name ?? '',
      profession: person?.profession ?? '',
      nameless: person?.nameless ?? false,
      alone,
      answers: open ? (person?.answers ?? {}) : {},
      submittedAt: person?.submittedAt?.toISOString() ?? null,
      professions: person
        ? []
        : professionCodes
            .filter((code) => code !== 'administrator')
            .sort(byWords)
            .map((code) => ({ code, label: professions[code].fr })),
    };
  });
}
/** Behind the shared link: makes a person of whoever says their profession, with a link of their own. */
export async function startQuestionnaire(
  desk: Desk,
  token: string,
  { profession, name }: { profession: string; name: string },
  ctx: Ctx,
): Promise<{ token: string }> {
  if (!isProfession(profession) || !professionCodes.includes(profession))
    throw invalid('Choisissez votre profession dans la liste.', { profession: 'à choisir dans la liste' });
  await pace(desk, `start ${ctx.address}`, 120, 3600);
  const { made, hint } = await byLink(
    desk,
    token,
    ctx.address,
    async (sql, held) => {
      const { tenant, needs } = held;
      if (held.person) throw conflict('Ce lien est déjà le vôtre : continuez votre questionnaire.');
      if (!opened(held, desk.now())) throw closed(needs);
      if ((await peopleOf(sql, tenant, needs.project)).length >= 500)
        throw new Problem(
          429,
          'Trop de réponses',
          'Ce lien a reçu plus de réponses qu’une équipe n’en donne. Demandez un lien personnel à la personne qui accompagne votre équipe.',
        );
      const [id, at] = [randomUUID(), desk.now()];
      await insertPerson(sql, tenant, {
        id,
        project: needs.project,
        practitioner: null,
        name,
        profession,
        mail: '',
        shared: true,
        at,
      });
      await setInvited(sql, tenant, id, at);
      if (!name) await setNameless(sql, tenant, id, true);
      return { made: { token: await giveToken(sql, tenant, id, at) }, hint: telling(desk, held) };
    },
    true,
  );
  hint();
  return made;
}
/** Saves one answer; the others stay as they are, whatever another tab of the same person does. */
export async function answerQuestion(
  desk: Desk,
  token: string,
  id: string,
  value: NeedAnswer,
  ctx: Ctx,
): Promise<{ at: string }> {
  const at = desk.now();
  const hint = await byLink(
    desk,
    token,
    ctx.address,
    async (sql, held) => {
      const person = answering(held, at);
      const question = questionsOf(held.needs.sections).find((one) => one.id === id);
      if (!question) throw notFound('Cette question');
      const flaw = answerFlaw(question, value);
      if (flaw) throw invalid(`${flaw} Votre réponse d’avant est conservée.`, { [id]: flaw });
      await setAnswer(sql, held.tenant, person.id, id, typeof value === 'string' ? value.trim() || null : value, at);
      return person.startedAt ? undefined : telling(desk, held);
    },
    true,
  );
  hint?.();
  return { at: at.toISOString() };
}
export const hideMyName = (desk: Desk, token: string, nameless: boolean, ctx: Ctx): Promise<void> =>
  byLink(
    desk,
    token,
    ctx.address,
    async (sql, held) => {
      const person = answering(held, desk.now());
      if (!nameless && !person.name) throw invalid('Vous n’avez pas donné de nom : il n’y en a pas à montrer.');
      await setNameless(sql, held.tenant, person.id, nameless);
    },
    true,
  );
/** Errors: 422 with the questions that wait for an answer. */
export async function submitQuestionnaire(desk: Desk, token: string, ctx: Ctx): Promise<{ at: string }> {
  const at = desk.now();
  const hint = await byLink(
    desk,
    token,
    ctx.address,
    async (sql, held) => {
      const person = answering(held, at);
      const left = unanswered(held.needs.sections, person.answers);
      if (left.length > 0)
        throw new Problem(
          422,
          'Réponses à compléter',
          `Il reste à répondre : ${left.map(({ label }) => `« ${label} »`).join(', ')}. Ce que vous avez écrit est conservé.`,
          { extra: { questions: left.map((one) => one.id) } },
        );
      await setSubmitted(sql, held.tenant, person.id, at);
      // Whoever answers may have asked for no name: the ledger says that someone answered.
      await record(sql, held.tenant, [
        {
          actor: 'Respondent',
          action: person.submittedAt ? 'answer-needs-again' : 'answer-needs',
          target: `Project/${held.needs.project}`,
        },
      ]);
      return telling(desk, held);
    },
    true,
  );
  hint();
  return { at: at.toISOString() };
}
