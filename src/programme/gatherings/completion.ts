import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, notFound, Problem, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, practiceViewer, type Viewer, viewerOf } from '../desk.ts';
import { choicesOf, solutionsOf } from '../choice/choosing.store.ts';
import { filesOf, issuePaper, type PaperRow, paperOf } from '../papers/papers.store.ts';
import { partiesOf, wordsAnswered } from '../projects/projects.store.ts';
import { demand, mayIn, type ProjectRow, projectFor } from '../projects/reach.ts';
import { actOnProject } from './act-on-project.ts';
import { completionData, type Signatures } from './completion-paper.ts';
import { completionBlockers, firstValues } from './completion.rules.ts';
import { type CompletionFields, completionFields, type gatheringsContract, type sheetField } from './contract.ts';
import { issuedOf } from './minutes.ts';
import { freshMonths, saidMonths } from './read-use.ts';
import { type Field, insertSheet, putField, type SheetRow, setIssued, sheetsOf } from './sheets.store.ts';
import { signsOf } from './use.rules.ts';
import { monthsOf } from './use.store.ts';
import { fieldValue } from './write-sheet.ts';

const kinds = ['completion-report'] as const;
const sheetOf = async (sql: Sql, tenant: number, project: string): Promise<SheetRow | undefined> =>
  (await sheetsOf(sql, tenant, project, kinds))[0];

async function told(sql: Sql, tenant: number, project: ProjectRow): Promise<CompletionFields> {
  const said = (field: string) => wordsAnswered(sql, tenant, project, field);
  const [choice] = await choicesOf(sql, tenant, project.id);
  const solution = choice?.solution
    ? (await solutionsOf(sql, tenant, project.id)).find(({ id }) => id === choice.solution)
    : undefined;
  return firstValues({
    product: choice?.product ?? (await said('software.envisaged')),
    vendor: solution?.body.company ?? '',
    sites: await said('team.sites'),
    signatory: await said('signatory.name'),
    role: await said('signatory.role'),
  });
}
/** The fields as they stand, those that nobody wrote yet at version 0 with what the application and the choice of the software said. */
async function fieldsOf(
  sql: Sql,
  tenant: number,
  project: ProjectRow,
  sheet: SheetRow | undefined,
): Promise<Record<string, Field>> {
  const first = await told(sql, tenant, project);
  return Object.fromEntries(
    Object.keys(completionFields).map((name) => [
      name,
      sheet?.fields[name] ?? {
        value: first[name as keyof CompletionFields],
        version: 0,
        by: '',
        at: project.startedOn,
      },
    ]),
  );
}
const reportOf = (fields: Record<string, Field>): CompletionFields =>
  Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value])) as CompletionFields;
async function facts(sql: Sql, tenant: number, project: string, today: string) {
  const months = saidMonths(await monthsOf(sql, tenant, project));
  const evidence = (await filesOf(sql, tenant, `Project/${project}`)).filter(({ kind }) => kind === 'evidence');
  return {
    months,
    evidence,
    signs: signsOf(months),
    forBlockers: {
      months: months.length,
      evidence: evidence.length,
      typed: months.some(({ source }) => source === 'typed'),
      signs: signsOf(months),
      today,
    },
  };
}
const noSignatures: Signatures = { consultant: null, team: null };
const signaturesOf = (paper: PaperRow | undefined): Signatures =>
  (paper?.data.signed as Signatures | undefined) ?? noSignatures;
/** The consultant concludes; ARS or GCS in a project that has none. */
const mayConclude = async (sql: Sql, viewer: Viewer, project: string): Promise<boolean> =>
  viewer.as === 'consultant' ||
  (mayIn(viewer, 'lead') &&
    !(await partiesOf(sql, viewer.region.tenant, [project])).some(({ role }) => role === 'consultant'));

export async function completion(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof gatheringsContract.completionReport.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    const sheet = await sheetOf(sql, tenant, id);
    const fields = await fieldsOf(sql, tenant, project, sheet);
    const known = await facts(sql, tenant, id, dayInFrance(desk.now()));
    const paper = sheet?.paper ? await paperOf(sql, tenant, sheet.paper) : undefined;
    const signatures = signaturesOf(paper);
    const open = project.state === 'open';
    return {
      fields,
      issued: issuedOf(paper),
      changed: sheet?.changed ?? false,
      blockers: completionBlockers(reportOf(fields), known.forBlockers),
      signatures,
      evidence: known.evidence.length,
      may: {
        write: open && mayIn(viewer, 'support'),
        issue: open && (await mayConclude(sql, viewer, id)),
        sign:
          open &&
          viewer.as === 'practice' &&
          viewer.manages &&
          paper !== undefined &&
          !sheet?.changed &&
          signatures.team === null,
      },
    };
  });
}

export const saveCompletionField = async (
  desk: Desk,
  project: string,
  field: string,
  body: { seen: number; value?: unknown },
  ctx: Ctx,
): Promise<z.infer<typeof sheetField>> => saveCompletionFieldAs(desk, await viewerOf(desk, ctx), project, field, body);
export const saveCompletionFieldAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  name: string,
  { seen, value }: { seen: number; value?: unknown },
): Promise<Field> =>
  actOnProject(desk, viewer, id, 'support', 'update', async ({ sql, tenant, at }) => {
    const kept = fieldValue('completion-report', name, value);
    const sheet = (await sheetOf(sql, tenant, id)) ?? (await begin(sql, tenant, id, viewer, at));
    const before = sheet.fields[name];
    if ((before?.version ?? 0) !== seen)
      throw conflict(
        `${before?.by ?? 'Une autre personne'} a écrit ici entre-temps. Votre saisie est toujours à l’écran : choisissez la version à garder.`,
        { reason: 'edited-meanwhile', theirs: before ?? null },
      );
    const field: Field = { value: kept, version: seen + 1, by: viewer.name, at: at.toISOString() };
    await putField(sql, tenant, sheet.id, name, field);
    return { result: field, target: `Sheet/${sheet.id}`, details: { field: name, version: field.version } };
  });
async function begin(sql: Sql, tenant: number, project: string, viewer: Viewer, at: Date): Promise<SheetRow> {
  await insertSheet(sql, tenant, { project, kind: 'completion-report', poll: null, by: viewer.name, at, values: {} });
  return (await sheetOf(sql, tenant, project))!;
}

async function issue(
  sql: Sql,
  viewer: Viewer,
  project: ProjectRow,
  sheet: SheetRow,
  fields: Record<string, Field>,
  signed: Signatures,
  at: Date,
): Promise<PaperRow> {
  const { tenant } = viewer.region;
  const today = dayInFrance(at);
  const known = await facts(sql, tenant, project.id, today);
  const former = sheet.paper ? await paperOf(sql, tenant, sheet.paper) : undefined;
  const paper = await issuePaper(sql, tenant, {
    subject: `Project/${project.id}`,
    of: project.reference,
    kind: 'completion-report',
    mark: 'PV',
    title: 'Procès-verbal d’achèvement',
    by: viewer.name,
    at,
    former,
    data: (reference, version) =>
      completionData({
        region: viewer.region.name,
        project,
        report: reportOf(fields),
        months: known.months,
        signs: known.signs,
        evidence: known.evidence.map(({ name }) => name),
        signed,
        reference,
        version,
        today,
      }),
  });
  await setIssued(sql, tenant, sheet.id, paper.id, at);
  return paper;
}
export const issueCompletion = async (desk: Desk, id: string, ctx: Ctx) =>
  issueCompletionAs(desk, await viewerOf(desk, ctx), id);
export async function issueCompletionAs(desk: Desk, viewer: Viewer, id: string) {
  await freshMonths(desk, viewer, await desk.db.tenant(viewer.region.tenant, (sql) => projectFor(sql, viewer, id)));
  return actOnProject(desk, viewer, id, 'support', 'issue', async ({ sql, tenant, project, at, today }) => {
    if (!(await mayConclude(sql, viewer, id)))
      throw forbidden('Le consultant du projet conclut et émet le procès-verbal.');
    const sheet = (await sheetOf(sql, tenant, id)) ?? (await begin(sql, tenant, id, viewer, at));
    const fields = await fieldsOf(sql, tenant, project, sheet);
    const blockers = completionBlockers(reportOf(fields), (await facts(sql, tenant, id, today)).forBlockers);
    if (blockers.length > 0)
      throw new Problem(
        422,
        'Procès-verbal incomplet',
        `Le procès-verbal n’est pas prêt à être émis. ${blockers.join(' ')} Ce qui est écrit est gardé.`,
        { extra: { blockers } },
      );
    if (sheet.paper && !sheet.changed) throw conflict('Rien n’a changé depuis que le procès-verbal est émis.');
    const paper = await issue(
      sql,
      viewer,
      project,
      sheet,
      fields,
      { consultant: { name: viewer.name, at: at.toISOString() }, team: null },
      at,
    );
    return {
      result: issuedOf(paper)!,
      target: `Paper/${paper.id}`,
      details: { reference: paper.reference, version: paper.version, verdict: reportOf(fields).verdict },
    };
  });
}
export const signCompletion = async (desk: Desk, id: string, body: { version: number; remarks: string }, ctx: Ctx) =>
  signCompletionAs(desk, await practiceViewer(desk, ctx), id, body);
/** The team signs what it read: the next version carries both signatures, and the team's remarks. */
export const signCompletionAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { version, remarks }: { version: number; remarks: string },
) =>
  actOnProject(desk, viewer, id, 'team', 'sign', async ({ sql, tenant, project, at }) => {
    if (viewer.as !== 'practice') throw forbidden('L’équipe signe elle-même.');
    const sheet = await sheetOf(sql, tenant, id);
    const paper = sheet?.paper ? await paperOf(sql, tenant, sheet.paper) : undefined;
    if (!sheet || !paper) throw notFound('Ce procès-verbal');
    if (paper.version !== version || sheet.changed)
      throw conflict(
        'Le procès-verbal a changé depuis que vous l’avez lu. Lisez la version en cours d’écriture, puis signez celle qui sera émise.',
      );
    const signed = signaturesOf(paper);
    if (signed.team) throw conflict(`Le procès-verbal est déjà signé pour l’équipe, par ${signed.team.name}.`);
    const next = await issue(
      sql,
      viewer,
      project,
      sheet,
      await fieldsOf(sql, tenant, project, sheet),
      { ...signed, team: { name: viewer.name, at: at.toISOString(), remarks } },
      at,
    );
    return {
      result: issuedOf(next)!,
      target: `Paper/${next.id}`,
      details: { reference: next.reference, version: next.version },
    };
  });
