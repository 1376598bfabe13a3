import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, notFound, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, trace, type Viewer, viewerOf } from '../desk.ts';
import { issuePaper, papersOf, type Subject } from '../papers/papers.store.ts';
import { sendPdf } from '../papers/receive-file.ts';
import { drawPaper } from '../papers/templates.ts';
import { answeredIn } from '../projects/projects.store.ts';
import { callOf, demand, noProject, projectFor, sharedWith } from '../projects/reach.ts';
import { askedOf, demonstrationsFor, setRemoved } from './choosing.store.ts';
import {
  insertRequirements,
  renewRequirements,
  type RequirementRow,
  requirementsOf,
  updateRequirement,
} from './requirement.store.ts';
import type { choosingContract, Importance, RequirementLine } from './contract.ts';
import { changeIn, editedMeanwhile, formerOf, issuedOf, writes } from './inside.ts';
import { needsOf, textsOf, voicesOf } from './needs.store.ts';
import { numbered, type NumberedRequirement, specificationPaper } from './papers.ts';
import { wordsOf } from './read-synthesis.ts';
import { type Need, needsIn } from './requirements.rules.ts';
import { byWords, pooled } from './professions.rules.ts';
import { groupsOf } from './synthesis.rules.ts';

interface Body {
  area: string;
  sentence: string;
  importance: Importance;
  reason: string;
  professions: string[];
}
export const requirementLine = ({
  id,
  source,
  area,
  sentence,
  computed,
  importance,
  reason,
  professions,
  because,
  version,
  by,
  at,
}: RequirementRow): RequirementLine => ({
  id,
  source,
  area,
  sentence,
  computed,
  importance,
  reason,
  professions,
  because,
  version,
  by,
  at: at.toISOString(),
});

/** What the submitted answers ask for. Professions of one nameless person are not told apart. */
async function needsNow(
  sql: Sql,
  tenant: number,
  project: string,
): Promise<{ needs: Need[]; submitted: number; professions: string[] }> {
  const form = await needsOf(sql, tenant, project);
  const voices = await voicesOf(sql, tenant, project);
  const { groups } = groupsOf(voices);
  const counted = voices.map((voice, at) => ({ ...voice, profession: groups[at] ?? pooled }));
  const shown = (list: readonly string[]) => list.filter((one) => one !== pooled);
  return {
    needs: form
      ? needsIn(form.sections, counted).map((need) => ({ ...need, professions: shown(need.professions) }))
      : [],
    submitted: voices.length,
    professions: shown([...new Set(counted.map(({ profession }) => profession))].sort(byWords)),
  };
}
const same = (row: RequirementRow, need: Pick<Need, 'importance' | 'because' | 'professions'>): boolean =>
  row.computed === need.importance &&
  row.because === need.because &&
  row.professions.join() === need.professions.join();

export async function readSpecification(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof choosingContract.specification.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    const [rows, texts, now] = [
      await requirementsOf(sql, tenant, id),
      await textsOf(sql, tenant, id),
      await needsNow(sql, tenant, id),
    ];
    const known = new Map(rows.map((row) => [row.source, row]));
    return {
      lead: wordsOf(texts, 'specification.lead'),
      end: wordsOf(texts, 'specification.end'),
      requirements: rows.filter(({ removed }) => !removed).map(requirementLine),
      removed: rows.filter(({ removed }) => removed).length,
      submitted: now.submitted,
      toBuild: now.needs.filter((need) => !known.has(need.source) || !same(known.get(need.source)!, need)).length,
      professions: now.professions,
      papers: await issuedOf(sql, viewer, id, 'specification'),
      may: { write: writes(viewer, project), papers: (await sharedWith(sql, viewer, id)).includes('papers') },
    };
  });
}
/**
 * Makes requirements of the answers: each need once. Of a requirement that is there, the computed importance and its figures are renewed; the sentence, and an importance that was changed with a reason, stay. What
 * was taken out stays out.
 */
export const buildSpecification = async (
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<{ added: number; changed: number }> => buildSpecificationAs(desk, await viewerOf(desk, ctx), id);
export const buildSpecificationAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
): Promise<{ added: number; changed: number }> =>
  changeIn(desk, viewer, id, 'support', 'build-specification', async (sql) => {
    const { tenant } = viewer.region;
    const { needs, submitted } = await needsNow(sql, tenant, id);
    if (submitted === 0)
      throw conflict(
        'Personne n’a encore répondu : le cahier des charges se construit des réponses. Vous pouvez ajouter des exigences à la main.',
      );
    const rows = await requirementsOf(sql, tenant, id);
    const known = new Map(rows.map((row) => [row.source, row]));
    const written = { at: desk.now(), by: viewer.name };
    const added = needs
      .map((need, place) => ({
        id: randomUUID(),
        ...need,
        computed: need.importance,
        reason: '',
        place,
        ...written,
      }))
      .filter(({ source }) => !known.has(source));
    const changed = needs.flatMap(({ source, importance, because, professions }) => {
      const row = known.get(source);
      if (!row || same(row, { importance, because, professions })) return [];
      const kept = row.reason ? row.importance : importance;
      return [{ id: row.id, computed: importance, importance: kept, because, professions, ...written }];
    });
    if (added.length > 0) await insertRequirements(sql, tenant, id, added);
    if (changed.length > 0) await renewRequirements(sql, tenant, id, changed);
    const reply = { added: added.length, changed: changed.length };
    return { reply, details: reply };
  });
/** Another importance than the computed one needs a reason. */
function checked(body: Body, computed: Importance | null): Body {
  if (computed !== null && body.importance !== computed && body.reason.trim().length < 5)
    throw invalid(
      'Les réponses donnent une autre importance : dites pourquoi vous la changez. Rien n’a été enregistré.',
      {
        reason: 'à dire, en une phrase',
      },
    );
  return { ...body, reason: computed !== null && body.importance === computed ? '' : body.reason };
}
export async function addRequirement(desk: Desk, id: string, body: Body, ctx: Ctx): Promise<{ id: string }> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'write-requirement', async (sql) => {
    const rows = await requirementsOf(sql, viewer.region.tenant, id);
    if (rows.length >= 300)
      throw invalid(
        'Ce cahier des charges a déjà 300 exigences. Rien n’a été enregistré : retirez-en avant d’en ajouter.',
      );
    const made = randomUUID();
    await insertRequirements(sql, viewer.region.tenant, id, [
      {
        id: made,
        source: null,
        computed: null,
        because: '',
        place: 1000 + rows.length,
        ...body,
        by: viewer.name,
        at: desk.now(),
      },
    ]);
    return { reply: { id: made }, details: { requirement: made } };
  });
}
export async function changeRequirement(
  desk: Desk,
  id: string,
  requirement: string,
  body: Body & { seen: number },
  ctx: Ctx,
): Promise<RequirementLine> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'write-requirement', async (sql) => {
    const { tenant } = viewer.region;
    const row = (await requirementsOf(sql, tenant, id)).find((one) => one.id === requirement && !one.removed);
    if (!row) throw notFound('Cette exigence');
    const { area, sentence, importance, reason, professions } = checked(body, row.computed);
    const saved = await updateRequirement(sql, tenant, id, body.seen, {
      ...row,
      area,
      sentence,
      importance,
      reason,
      professions,
      by: viewer.name,
      at: desk.now(),
    });
    if (!saved) throw editedMeanwhile('Cette exigence', requirementLine(row));
    return { reply: requirementLine(saved), details: { requirement, importance, before: row.importance, reason } };
  });
}
export async function turnRequirement(
  desk: Desk,
  id: string,
  requirement: string,
  on: boolean,
  ctx: Ctx,
): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', on ? 'restore-requirement' : 'remove-requirement', async (sql) => {
    if (!(await setRemoved(sql, viewer.region.tenant, 'requirement', id, requirement, on ? null : desk.now())))
      throw notFound('Cette exigence');
    return { reply: undefined, details: { requirement } };
  });
}
/** Frozen with its numbers: vendors answer to this version. */
export const issueSpecification = async (desk: Desk, id: string, ctx: Ctx): Promise<{ paper: string }> =>
  issueSpecificationAs(desk, await viewerOf(desk, ctx), id);
export const issueSpecificationAs = (desk: Desk, viewer: Viewer, id: string): Promise<{ paper: string }> =>
  changeIn(desk, viewer, id, 'support', 'issue-specification', async (sql, project) => {
    const { tenant, name: region } = viewer.region;
    const rows = (await requirementsOf(sql, tenant, id)).filter(({ removed }) => !removed);
    if (rows.length === 0)
      throw conflict('Le cahier des charges est vide : construisez-le des réponses, ou ajoutez une exigence.');
    const [call, texts, now, at] = [
      await callOf(sql, tenant, project),
      await textsOf(sql, tenant, id),
      await needsNow(sql, tenant, id),
      desk.now(),
    ];
    const territory = project.application
      ? (await answeredIn(sql, tenant, [project.application], 'team.territory')).get(project.application)
      : '';
    const row = await issuePaper(sql, tenant, {
      subject: `Project/${id}`,
      of: project.reference,
      kind: 'specification',
      mark: 'CDC',
      title: 'Cahier des charges',
      by: viewer.name,
      at,
      former: await formerOf(sql, tenant, id, 'specification'),
      data: (reference, version) =>
        specificationPaper(
          numbered(rows),
          {
            lead: wordsOf(texts, 'specification.lead')?.words ?? '',
            end: wordsOf(texts, 'specification.end')?.words ?? '',
          },
          {
            region,
            team: project.practiceName,
            reference,
            version,
            on: dayInFrance(at),
            foot: call.title,
            by: viewer.name,
          },
          {
            submitted: now.submitted,
            professions: now.professions,
            territory: typeof territory === 'string' ? territory : '',
          },
        ),
    });
    return { reply: { paper: row.id }, details: { reference: row.reference, version: row.version } };
  });

/** The projects in which a vendor is asked; nothing for anyone else. */
export async function askedSpecifications(
  desk: Desk,
  ctx: Ctx,
): Promise<z.infer<typeof choosingContract.askedSpecifications.reply>> {
  const viewer = await viewerOf(desk, ctx);
  if (viewer.as !== 'vendor') return [];
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const { tenant } = viewer.region;
    const asked = await askedOf(sql, tenant, viewer.practitioner);
    const subject = (project: string): Subject => `Project/${project}`;
    const papers = (
      await papersOf(
        sql,
        tenant,
        asked.map(({ project }) => subject(project)),
      )
    ).filter(({ kind }) => kind === 'specification');
    return asked.map(({ project, team }) => {
      const newest = papers.find((one) => one.subject === subject(project));
      return {
        project,
        team,
        reference: newest?.reference ?? null,
        version: newest?.version ?? null,
        at: newest?.at.toISOString() ?? null,
      };
    });
  });
}
async function asked(sql: Sql, viewer: Viewer, id: string) {
  const found =
    viewer.as === 'vendor'
      ? (await askedOf(sql, viewer.region.tenant, viewer.practitioner)).find(({ project }) => project === id)
      : undefined;
  if (!found) throw noProject();
  const paper = await formerOf(sql, viewer.region.tenant, id, 'specification');
  if (!paper) throw notFound('Le cahier des charges de ce projet (il n’est pas encore diffusé)');
  await trace(sql, viewer, 'read', `Paper/${paper.id}`);
  return { paper, team: found.team };
}
/** The specification in force as a vendor who is asked reads it: the frozen paper, never the draft; and the dates of their own demonstrations. */
export async function askedSpecification(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof choosingContract.askedSpecification.reply>> {
  const viewer = await viewerOf(desk, ctx);
  return desk.db.transaction(viewer.region.tenant, async (sql) => {
    const { paper, team } = await asked(sql, viewer, id);
    const data = paper.data as { requirements: NumberedRequirement[]; lead: string; end: string; territory: string };
    return {
      team,
      territory: data.territory,
      reference: paper.reference,
      version: paper.version,
      at: paper.at.toISOString(),
      lead: data.lead,
      end: data.end,
      requirements: data.requirements,
      demonstrations: await demonstrationsFor(sql, viewer.region.tenant, id, viewer.practitioner),
    };
  });
}
export async function askedSpecificationPdf(desk: Desk, id: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { paper } = await desk.db.transaction(viewer.region.tenant, (sql) => asked(sql, viewer, id));
  await sendPdf(ctx, drawPaper(paper), `${paper.reference} cahier des charges`);
  return undefined;
}
