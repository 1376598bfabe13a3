import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { notFound, Problem, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { planWordsIn } from '../leading/plan/read-plan.ts';
import { pageMark, unmarked } from '../mails/links.ts';
import { queueMail } from '../mails/mails.store.ts';
import { issuePaper, type PaperRow, paperOf, papersNamed } from '../papers/papers.store.ts';
import { plainData } from '../papers/templates.ts';
import { wordsAnswered } from '../projects/projects.store.ts';
import { callOf, demand, mayIn, type ProjectRow, projectFor } from '../projects/reach.ts';
import { stepsOf } from '../projects/steps.ts';
import { actionLineOf } from './actions.ts';
import { actOnProject } from './act-on-project.ts';
import type { gatheringsContract } from './contract.ts';
import {
  agendas,
  type MinutesKind,
  minutesBlockers,
  missingAt,
  modelTexts,
  type Presence,
  purposeOf,
} from './minutes.rules.ts';
import { professionName, projectProfessions, teamOf } from './people.ts';
import { peopleOf } from './polls.store.ts';
import { wholePoll } from './read-polls.ts';
import { actionsOf, insertSheet, type SheetRow, setIssued, sheetRow, sheetsOf } from './sheets.store.ts';
import { sayDay, sayShortDay } from './words.ts';

const kinds = ['launch-minutes', 'follow-up-minutes'] as const;
export const valuesOf = (sheet: Pick<SheetRow, 'fields'>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(sheet.fields).map(([name, { value }]) => [name, value]));
export const issuedOf = (paper: PaperRow | undefined) =>
  paper
    ? { paper: paper.id, reference: paper.reference, version: paper.version, at: paper.at.toISOString(), by: paper.by }
    : null;
const sideNames = { officer: 'ARS', gcs: 'GCS e-santé', consultant: 'Consultant', team: '', other: 'Autre' } as const;
const stateWords = {
  done: 'terminée',
  skipped: 'passée',
  late: 'en retard',
  current: 'en cours',
  'to-come': 'à venir',
} as const;
const actionWords = (action: { state: string; late: boolean }): string =>
  action.state === 'done' ? 'fait' : action.state === 'dropped' ? 'abandonné' : action.late ? 'en retard' : 'en cours';

export async function minutes(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof gatheringsContract.projectMinutes.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    const writes = mayIn(viewer, 'support');
    const today = dayInFrance(desk.now());
    const sheets = (await sheetsOf(sql, tenant, id, kinds)).filter(({ paper }) => paper || writes);
    const papers = await papersNamed(
      sql,
      tenant,
      sheets.flatMap(({ paper }) => paper ?? []),
    );
    const shown = new Set(sheets.map((one) => one.id));
    return {
      writes: writes && project.state === 'open',
      follows: mayIn(viewer, 'team') && project.state === 'open',
      minutes: sheets.map((sheet) => {
        const text = (name: string) => String(sheet.fields[name]?.value ?? '');
        return {
          id: sheet.id,
          kind: sheet.kind as MinutesKind,
          heldOn: text('heldOn'),
          place: text('place'),
          issued: issuedOf(papers.get(sheet.paper ?? '')),
          changed: sheet.changed,
          by: sheet.by,
          at: sheet.at.toISOString(),
        };
      }),
      actions: (await actionsOf(sql, tenant, id))
        .filter(({ sheet }) => shown.has(sheet))
        .map((one) => actionLineOf(one, today)),
    };
  });
}

/** Of a team that does not work with this product, those named in the newest minutes that name someone: to be ticked, or not. */
async function lastPresent(sql: Sql, tenant: number, project: string): Promise<Presence[]> {
  const lists = (await sheetsOf(sql, tenant, project, ['launch-minutes', 'follow-up-minutes'])).map(
    (sheet) => (valuesOf(sheet).present ?? []) as Presence[],
  );
  return (lists.find((list) => list.length > 0) ?? []).map((one) => ({ ...one, there: false }));
}

type NewMinutes = z.infer<typeof gatheringsContract.addMinutes.body>;
export const addMinutes = async (desk: Desk, id: string, body: NewMinutes, ctx: Ctx): Promise<{ id: string }> =>
  addMinutesAs(desk, await viewerOf(desk, ctx), id, body);
/** Begins minutes with what the project knows: the model of the meeting (PRJ-3), those who were to come, the actions that are still open. */
export const addMinutesAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { kind, poll }: NewMinutes,
): Promise<{ id: string }> =>
  actOnProject(
    desk,
    viewer,
    id,
    'support',
    'create',
    async ({ sql, tenant, project, team, professions, at, today }) => {
      const asked = poll ? await wholePoll(sql, viewer, project, poll, team) : undefined;
      const chosen = asked?.slots.find((one) => one.id === asked.row.slot);
      const present: Presence[] = asked
        ? asked.people.map((one) => ({
            name: one.name || one.email,
            profession: one.profession,
            side: one.side,
            there: chosen ? one.answers[chosen.id] === 'yes' : false,
          }))
        : team.length > 0
          ? team.map(({ name, profession }) => ({ name, profession, side: 'team' as const, there: false }))
          : await lastPresent(sql, tenant, id);
      const said = (field: string) => wordsAnswered(sql, tenant, project, field);
      const call = await callOf(sql, tenant, project);
      const steps = await stepsOf(sql, tenant, project, today);
      const open = (await actionsOf(sql, tenant, id))
        .filter(({ state }) => state === 'open')
        .map((one) => actionLineOf(one, today));
      const plan = kind === 'follow-up-minutes' ? await planWordsIn(sql, tenant, project, today) : {};
      const texts = modelTexts(kind, {
        team: project.practiceName,
        professions: professions.map(professionName),
        present: await said('software.present'),
        envisaged: await said('software.envisaged'),
        basis: call.funding.basis,
        payments: call.funding.payments,
        steps: steps.map((one) => ({
          title: one.step.title,
          from: sayShortDay(one.from),
          to: sayShortDay(one.to),
          state: stateWords[one.state],
        })),
        actions: open.map((one) => ({
          words: one.words,
          owner: one.owner,
          due: one.due ? sayShortDay(one.due) : '',
          state: actionWords(one),
        })),
      });
      const values = {
        heldOn: chosen && chosen.starts.slice(0, 10) <= today ? chosen.starts.slice(0, 10) : '',
        place: chosen ? [chosen.place, chosen.visio].filter(Boolean).join(', ') : '',
        present,
        decisions: [],
        ...Object.fromEntries(Object.entries({ ...texts, ...plan }).map(([item, text]) => [`item.${item}`, text])),
      };
      const sheet = (await insertSheet(sql, tenant, {
        project: id,
        kind,
        poll: asked?.row.id ?? null,
        by: viewer.name,
        at,
        values,
      }))!;
      return { result: { id: sheet }, target: `Sheet/${sheet}`, details: { kind, poll } };
    },
  );

export async function minutesSheet(
  desk: Desk,
  id: string,
  sheetId: string,
  ctx: Ctx,
): Promise<z.infer<typeof gatheringsContract.minutesSheet.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const team = await teamOf(desk, viewer, id);
  return desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    const sheet = await sheetRow(sql, tenant, id, sheetId);
    if (!sheet || sheet.kind === 'completion-report') throw notFound('Ce compte rendu');
    const professions = await projectProfessions(sql, tenant, project, team);
    const values = valuesOf(sheet);
    const agenda = [...agendas[purposeOf(sheet.kind)]];
    return {
      id: sheet.id,
      kind: sheet.kind,
      agenda,
      fields: sheet.fields,
      issued: issuedOf(sheet.paper ? await paperOf(sql, tenant, sheet.paper) : undefined),
      changed: sheet.changed,
      professions,
      missing: missingAt((values.present ?? []) as Presence[], professions),
      blockers: minutesBlockers(values, agenda, dayInFrance(desk.now())),
      writes: project.state === 'open',
      sendsTo: (await recipients(sql, tenant, sheet)).length,
    };
  });
}
const recipients = async (sql: Sql, tenant: number, { poll }: Pick<SheetRow, 'poll'>) =>
  poll ? (await peopleOf(sql, tenant, [poll])).filter(({ email }) => email !== '') : [];

export const issueMinutes = async (desk: Desk, id: string, sheet: string, body: { send: boolean }, ctx: Ctx) =>
  issueMinutesAs(desk, await viewerOf(desk, ctx), id, sheet, body);
export const issueMinutesAs = (desk: Desk, viewer: Viewer, id: string, sheetId: string, { send }: { send: boolean }) =>
  actOnProject(desk, viewer, id, 'support', 'issue', async ({ sql, tenant, project, professions, at, today }) => {
    const sheet = await sheetRow(sql, tenant, id, sheetId);
    if (!sheet || sheet.kind === 'completion-report') throw notFound('Ce compte rendu');
    const values = valuesOf(sheet);
    const blockers = minutesBlockers(values, agendas[purposeOf(sheet.kind)], today);
    if (blockers.length > 0)
      throw new Problem(
        422,
        'Compte rendu incomplet',
        `Ce compte rendu n’est pas prêt à être émis. ${blockers.join(' ')} Ce qui est écrit est gardé.`,
        { extra: { blockers } },
      );
    const former = sheet.paper ? await paperOf(sql, tenant, sheet.paper) : undefined;
    if (former && !sheet.changed)
      throw new Problem(409, 'Déjà émis', 'Rien n’a changé depuis que ce compte rendu est émis.');
    const paper = await issuePaper(sql, tenant, {
      subject: `Project/${id}`,
      of: project.reference,
      kind: sheet.kind,
      mark: sheet.kind === 'launch-minutes' ? 'CRL' : 'CR',
      title: `${sheet.kind === 'launch-minutes' ? 'Compte rendu de la réunion de lancement' : 'Compte rendu de suivi'} du ${sayShortDay(String(values.heldOn))}`,
      by: viewer.name,
      at,
      former,
      data: await paperData(sql, viewer, project, sheet, values, professions, today),
    });
    await setIssued(sql, tenant, sheetId, paper.id, at);
    const to = send ? await recipients(sql, tenant, sheet) : [];
    const numbered =
      paper.version > 1 ? `${paper.reference}, version ${paper.version}, qui remplace la précédente` : paper.reference;
    for (const one of to)
      await queueMail(sql, tenant, {
        key: `minutes/${sheetId}/${paper.version}/${one.id}`,
        subjectOf: `Project/${id}`,
        batch: `minutes/${sheetId}/${paper.version}`,
        recipient: one.email,
        name: one.name,
        subject: paper.title,
        words: [
          `Bonjour${one.name ? ` ${unmarked(one.name)}` : ''},`,
          `Voici le ${paper.title.charAt(0).toLowerCase()}${unmarked(paper.title.slice(1))}, projet ${unmarked(project.practiceName)} (${numbered}).`,
          ...(one.practitioner === null
            ? []
            : [`Le projet dans Estran :\n${pageMark(`/programme/projets/${id}?onglet=reunions`)}`]),
        ]
          .join('\n\n')
          .concat('\n'),
        paper: paper.id,
        at,
      });
    return {
      result: issuedOf(paper)!,
      target: `Paper/${paper.id}`,
      details: { sheet: sheetId, reference: paper.reference, version: paper.version, sent: to.length },
    };
  });

async function paperData(
  sql: Sql,
  viewer: Viewer,
  project: ProjectRow,
  sheet: SheetRow,
  values: Record<string, unknown>,
  professions: string[],
  today: string,
): Promise<(reference: string, version: number) => Record<string, unknown>> {
  const present = (values.present ?? []) as Presence[];
  const missing = missingAt(present, professions);
  const actions = (await actionsOf(sql, viewer.region.tenant, project.id)).map((one) => actionLineOf(one, today));
  const rows = (all: typeof actions) =>
    all.map((one) => [one.words, one.owner, one.due ? sayShortDay(one.due) : '', actionWords(one)]);
  const [own, others] = [
    actions.filter((one) => one.sheet === sheet.id),
    actions.filter((one) => one.sheet !== sheet.id && one.state !== 'dropped'),
  ];
  const head = ['Action', 'Qui', 'Pour le', 'État'];
  const text = (item: string) => String(values[`item.${item}`] ?? '').trim();
  const decisions = ((values.decisions ?? []) as string[]).filter((one) => one.trim() !== '');
  const place = String(values.place ?? '');
  return (reference, version) =>
    plainData(
      {
        title: sheet.kind === 'launch-minutes' ? 'Compte rendu de la réunion de lancement' : 'Compte rendu de suivi',
        lead: [
          ...(version > 1 ? [`Version ${version}, qui remplace la précédente.`] : []),
          `Projet de système d’information partagé de l’équipe « ${project.practiceName} » (${project.reference}).`,
          `Réunion du ${sayDay(String(values.heldOn))}${place ? `, ${place}` : ''}.`,
        ].join(' '),
        parts: [
          {
            title: 'Présences',
            table: {
              head: ['Nom', 'Au titre de', 'Présence'],
              rows: present.map((one) => [
                one.name,
                sideNames[one.side] || professionName(one.profession),
                one.there ? 'présent' : 'absent',
              ]),
            },
            ...(missing.length ? {} : { paragraphs: ['Chaque profession du projet était représentée.'] }),
          },
          ...(missing.length ? [{ title: 'Professions non représentées', points: missing.map(professionName) }] : []),
          ...(sheet.kind === 'follow-up-minutes' && others.length
            ? [{ title: 'Actions décidées auparavant', table: { head, rows: rows(others) } }]
            : []),
          ...agendas[purposeOf(sheet.kind as MinutesKind)]
            .filter(({ id }) => text(id) !== '')
            .map(({ id, title }) => ({ title, paragraphs: [text(id)] })),
          ...(decisions.length ? [{ title: 'Décisions', points: decisions }] : []),
          ...(own.length ? [{ title: 'Actions', table: { head, rows: rows(own) } }] : []),
        ],
        signatures: [['Rédigé par', viewer.name]],
      },
      {
        region: viewer.region.name,
        reference,
        version,
        on: sayShortDay(today),
        foot: `Projet ${project.practiceName}`,
      },
    );
}
