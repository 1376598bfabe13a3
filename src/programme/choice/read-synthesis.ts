import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { issuePaper } from '../papers/papers.store.ts';
import { callOf, demand, demandShared, projectFor, sharedWith } from '../projects/reach.ts';
import type { needsContract, synthesisReply } from './contract.ts';
import { changeIn, editedMeanwhile, formerOf, issuedOf, writes } from './inside.ts';
import { answersGiven, needsOf, peopleOf, type TextRow, textsOf, voicesOf, writeText } from './needs.store.ts';
import { ratesOf, shippedForm, stateOn } from './questionnaire.ts';
import { synthesisPaper } from './papers.ts';
import { synthesisOf } from './synthesis.rules.ts';

/** A text as it stands; null when it was never written. */
export const wordsOf = (texts: readonly TextRow[], part: string) => {
  const row = texts.find((one) => one.part === part);
  return row ? { words: row.words, version: row.version, by: row.by, at: row.at.toISOString() } : null;
};

/** The synthesis as it is now. No name is in it; who asked for none and is alone in their profession is counted with others (synthesis.rules.ts). */
async function synthesisNow(sql: Sql, tenant: number, project: string, today: string) {
  const needs = await needsOf(sql, tenant, project);
  const [people, voices, texts] = [
    await peopleOf(sql, tenant, project),
    await voicesOf(sql, tenant, project),
    await textsOf(sql, tenant, project),
  ];
  const found = synthesisOf(needs?.sections ?? shippedForm.sections, voices);
  const rates = ratesOf(people);
  const silent = rates.filter(({ submitted }) => submitted === 0).map(({ profession }) => profession);
  return {
    state: stateOn(needs, today),
    closesOn: needs?.closesOn ?? null,
    asked: people.length,
    submitted: voices.length,
    rates,
    silent,
    professions: found.professions,
    together: found.together,
    sections: found.sections.map((section) => ({
      ...section,
      words: wordsOf(texts, `synthesis.section-${section.id}`),
      results: section.results.map((result) => ({
        ...result,
        words: wordsOf(texts, `synthesis.question-${result.question.id}`),
      })),
    })),
    lead: wordsOf(texts, 'synthesis.lead'),
    end: wordsOf(texts, 'synthesis.end'),
  };
}
export type Synthesis = Awaited<ReturnType<typeof synthesisNow>>;

export async function readSynthesis(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof synthesisReply>> {
  const viewer = await viewerOf(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    await demandShared(sql, viewer, project, 'needs');
    const papers = (await sharedWith(sql, viewer, id)).includes('papers');
    return {
      ...(await synthesisNow(sql, viewer.region.tenant, id, dayInFrance(desk.now()))),
      papers: await issuedOf(sql, viewer, id, 'needs-synthesis'),
      may: { write: writes(viewer, project), papers },
    };
  });
}
/** Answers one by one, for those who support the project: the name only of those who let it be seen, and no hour. */
export async function needsAnswers(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof needsContract.needsAnswers.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.transaction(tenant, async (sql) => {
    await projectFor(sql, viewer, id);
    demand(viewer, { state: 'open' }, 'support');
    const { title, intro, sections } = (await needsOf(sql, tenant, id)) ?? shippedForm;
    const rows = await answersGiven(sql, tenant, id);
    return {
      title,
      intro,
      sections,
      answers: rows.map(({ name, profession, nameless, submittedAt, answers }, at) => ({
        key: String(at + 1),
        name,
        profession,
        submittedOn: nameless ? null : dayInFrance(submittedAt),
        answers,
      })),
    };
  });
}
/** Words around what is computed: synthesis and specification. */
export const writeChoiceText = async (
  desk: Desk,
  id: string,
  part: string,
  body: { seen: number; words: string },
  ctx: Ctx,
): Promise<{ words: string; version: number; by: string; at: string }> =>
  writeChoiceTextAs(desk, await viewerOf(desk, ctx), id, part, body);
export const writeChoiceTextAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  part: string,
  { seen, words }: { seen: number; words: string },
) =>
  changeIn(desk, viewer, id, 'support', 'write-choice-text', async (sql) => {
    const { tenant } = viewer.region;
    const saved = await writeText(sql, tenant, id, part, seen, words, viewer.name, desk.now());
    if (!saved) throw editedMeanwhile('Ce texte', wordsOf(await textsOf(sql, tenant, id), part));
    return { reply: wordsOf([saved], part)!, details: { part } };
  });
/** The numbered paper of the step; again: its next version. Errors: 409 while nobody has answered. */
export const issueSynthesis = async (desk: Desk, id: string, ctx: Ctx): Promise<{ paper: string }> =>
  issueSynthesisAs(desk, await viewerOf(desk, ctx), id);
export const issueSynthesisAs = (desk: Desk, viewer: Viewer, id: string): Promise<{ paper: string }> =>
  changeIn(desk, viewer, id, 'support', 'issue-synthesis', async (sql, project) => {
    const { tenant, name: region } = viewer.region;
    const at = desk.now();
    const found = await synthesisNow(sql, tenant, id, dayInFrance(at));
    if (found.submitted === 0) throw conflict('Personne n’a encore répondu : il n’y a rien à mettre dans la synthèse.');
    const call = await callOf(sql, tenant, project);
    const row = await issuePaper(sql, tenant, {
      subject: `Project/${id}`,
      of: project.reference,
      kind: 'needs-synthesis',
      mark: 'SYN',
      title: 'Synthèse des besoins',
      by: viewer.name,
      at,
      former: await formerOf(sql, tenant, id, 'needs-synthesis'),
      data: (reference, version) =>
        synthesisPaper(found, {
          region,
          team: project.practiceName,
          reference,
          version,
          on: dayInFrance(at),
          foot: call.title,
          by: viewer.name,
        }),
    });
    return { reply: { paper: row.id }, details: { reference: row.reference, version: row.version } };
  });
