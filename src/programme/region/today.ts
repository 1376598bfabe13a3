import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import { applicationsOf } from '../applications/applications.store.ts';
import { editionsOf } from '../calls/editions.store.ts';
import { isOpen } from '../calls/read-calls.ts';
import { dayInFrance, type Desk, type RegionalViewer, regionalViewer } from '../desk.ts';
import { demandsFor } from '../leading/demands/demands.store.ts';
import { helpFor } from '../leading/help/help.store.ts';
import { figuresOf as moneyOf } from '../money/figures.ts';
import { heldBy } from '../money/money.rules.ts';
import { askedOf, quotesOf } from '../money/quotes.store.ts';
import { outboxCounts } from '../outbox/outbox.store.ts';
import { freed } from '../places/offer.rules.ts';
import { renouncedIn } from '../places/places.store.ts';
import { opinionsOf } from '../policy/outcome.store.ts';
import { tracksFor } from '../policy/reach.ts';
import { heldAt } from '../projects/gates.ts';
import { kindsThere, openedFor } from '../projects/projects.store.ts';
import { projectsWithSteps } from '../projects/read-projects.ts';
import { decidedNow, lastDecisions } from '../review/decisions.store.ts';
import { hasInterest } from '../review/dossiers.ts';
import { interestsOf, scoresOf } from '../review/review.store.ts';
import type { regionContract } from './contract.ts';

type Reply = z.infer<typeof regionContract.today.reply>;
type Wait = Reply['waits'][number];
type Projects = Awaited<ReturnType<typeof projectsWithSteps>>;
const wait = (count: number, one: string, many: string, to: string, tone: Wait['tone'] = 'info'): Wait[] =>
  count > 0 ? [{ count, words: count > 1 ? many : one, to, tone }] : [];

/** What waits for this person today, each with the list it is in; their projects; where all projects are. */
export async function today(desk: Desk, ctx: Ctx): Promise<Reply> {
  const viewer = await regionalViewer(desk, ctx);
  const day = dayInFrance(desk.now());
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const projects = await projectsWithSteps(sql, viewer, day);
    const open = projects.filter(({ project }) => project.state === 'open');
    const steps = new Map<string, Reply['steps'][number]>();
    for (const { line } of open)
      if (line.step) {
        const step = steps.get(line.step.id) ?? {
          id: line.step.id,
          title: line.step.title,
          at: line.at,
          onTime: 0,
          late: 0,
        };
        step[line.lateDays > 0 ? 'late' : 'onTime']++;
        steps.set(step.id, step);
      }
    const followed = open
      .toSorted(
        (a, b) => b.line.lateDays - a.line.lateDays || ((a.line.step?.to ?? '') < (b.line.step?.to ?? '') ? -1 : 1),
      )
      .slice(0, viewer.as === 'consultant' ? 30 : 6);
    const gates = await gatesOfSteps(sql, viewer.region.tenant, followed);
    const mine = followed.map(({ line, views }): Reply['projects'][number] => ({
      id: line.id,
      team: line.team,
      step: line.step?.title ?? '',
      to: line.step?.to ?? line.endsOn,
      lateDays: line.lateDays,
      blockers:
        viewer.as === 'partner' || !line.step
          ? []
          : [
              ...(views.find(({ step }) => step.id === line.step!.id)?.blockers ?? []),
              ...(gates.get(line.id) ?? []),
            ].slice(0, 3),
    }));
    return {
      as: viewer.as,
      waits: await waitsOf(desk, sql, viewer, open),
      steps: [...steps.values()].sort((a, b) => a.at - b.at),
      projects: mine,
    };
  });
}

/** What holds each of these projects in the step at which it is. */
async function gatesOfSteps(sql: Sql, tenant: number, projects: Projects): Promise<Map<string, string[]>> {
  const held = new Map<string, string[]>();
  for (const [step, there] of Map.groupBy(projects, ({ line }) => line.step?.id)) {
    if (!step) continue;
    const rows = there.map(({ project }) => project);
    for (const [project, words] of await heldAt(sql, tenant, step, rows)) held.set(project, words);
  }
  return held;
}

async function waitsOf(desk: Desk, sql: Sql, viewer: RegionalViewer, open: Projects): Promise<Wait[]> {
  const late = open.filter(({ line }) => line.lateDays > 0).length;
  const helps =
    viewer.as === 'reviewer' || viewer.as === 'other'
      ? []
      : (await helpFor(sql, viewer)).filter(({ state }) => state === 'open');
  const help = [
    ...wait(
      helps.filter(({ answeredAt }) => answeredAt === null).length,
      'demande d’aide sans réponse',
      'demandes d’aide sans réponse',
      '/programme/aide',
      'warning',
    ),
  ];
  const lateOnes = wait(
    late,
    'projet en retard',
    'projets en retard',
    '/programme/projets?etat=retard&tri=-late',
    'danger',
  );
  switch (viewer.as) {
    case 'officer':
      return [
        ...(await callWaits(desk, sql, viewer)),
        ...lateOnes,
        ...nameless(open),
        ...(await moneyWaits(sql, viewer, open)),
        ...(await trackWaits(sql, viewer)),
        ...help,
        ...(await sendWaits(sql, viewer)),
      ];
    case 'gcs':
      return [
        ...lateOnes,
        ...nameless(open),
        ...(await trackWaits(sql, viewer)),
        ...help,
        ...(await sendWaits(sql, viewer)),
      ];
    case 'consultant':
      return [...lateOnes, ...(await moneyWaits(sql, viewer, open)), ...help];
    case 'reviewer':
      return [...(await scoreWaits(sql, viewer)), ...(await trackWaits(sql, viewer))];
    case 'vendor':
      return [...(await vendorWaits(sql, viewer)), ...help];
    case 'partner':
      return [
        ...wait(open.length, 'projet partagé avec vous', 'projets partagés avec vous', '/programme/projets'),
        ...help,
      ];
    default:
      return [];
  }
}
const nameless = (open: Projects): Wait[] =>
  wait(
    open.filter(({ line }) => line.consultant === null).length,
    'projet sans consultant',
    'projets sans consultant',
    '/programme/projets?tri=consultant',
    'warning',
  );

/** Calls to decide, decisions to notify, places that are free, projects to open. */
async function callWaits(desk: Desk, sql: Sql, viewer: RegionalViewer): Promise<Wait[]> {
  const { tenant } = viewer.region;
  const [editions, decisions, applications, decided, renounced, opened] = [
    await editionsOf(sql, tenant),
    await lastDecisions(sql, tenant),
    await applicationsOf(sql, viewer),
    await decidedNow(sql, tenant),
    await renouncedIn(sql, tenant),
    await openedFor(sql, tenant),
  ];
  return editions.flatMap(({ id, body }) => {
    if (!body || isOpen(body, desk.now())) return [];
    const last = decisions.find(({ edition }) => edition === id);
    if (!last)
      return wait(
        applications.filter(({ edition }) => edition === id).length,
        `candidature à décider : ${body.title}`,
        `candidatures à décider : ${body.title}`,
        `/programme/dossiers/classement?appel=${id}`,
        'warning',
      );
    if (!last.notifiedAt)
      return wait(1, `décision à notifier : ${body.title}`, '', `/programme/dossiers/courriers?appel=${id}`, 'warning');
    const lines = decided.filter(({ edition }) => edition === id);
    const { free, next } = freed(lines, renounced);
    return [
      ...wait(
        Math.min(free, next.length),
        `place libre à proposer : ${body.title}`,
        `places libres à proposer : ${body.title}`,
        `/programme/dossiers/classement?appel=${id}`,
        'warning',
      ),
      ...wait(
        lines.filter(
          ({ outcome, application }) => outcome === 'chosen' && !opened.has(application) && !renounced.has(application),
        ).length,
        `équipe retenue sans projet : ${body.title}`,
        `équipes retenues sans projet : ${body.title}`,
        '/programme/projets',
      ),
    ];
  });
}
/** Payments that nothing holds any more, for ARS; quotes to validate, for whoever validates them. */
async function moneyWaits(sql: Sql, viewer: RegionalViewer, open: Projects): Promise<Wait[]> {
  const { tenant } = viewer.region;
  const rows = open.map(({ project }) => project);
  const [figures, kinds] = [
    await moneyOf(sql, tenant, rows),
    await kindsThere(
      sql,
      tenant,
      rows.map(({ id }) => id),
    ),
  ];
  const due = figures.flatMap(({ project, payments }) =>
    payments.filter(
      ({ state, number }) => state === 'due' && heldBy(payments, number, kinds.get(project.id)!).length === 0,
    ),
  ).length;
  const quotes = figures.filter(({ money, agreement }) => agreement === undefined && money.pending > 0);
  const first = quotes[0] ? `/programme/projets/${quotes[0].project.id}?onglet=argent` : '';
  return [
    ...(viewer.as === 'officer'
      ? wait(due, 'versement à ordonner', 'versements à ordonner', '/programme/budget', 'warning')
      : []),
    ...wait(
      quotes.length,
      'projet avec des devis à valider',
      'projets avec des devis à valider',
      quotes.length === 1 ? first : '/programme/projets',
    ),
  ];
}
async function trackWaits(sql: Sql, viewer: RegionalViewer): Promise<Wait[]> {
  const tracks = await tracksFor(sql, viewer);
  const submitted = tracks.filter(({ state }) => state === 'submitted');
  if (viewer.as !== 'reviewer')
    return [
      ...wait(
        tracks.filter(({ state }) => state === 'requested').length,
        'demande d’appui à instruire',
        'demandes d’appui à instruire',
        '/programme/parcours?etat=requested',
        'warning',
      ),
      ...wait(
        submitted.length,
        'projet de santé devant la commission',
        'projets de santé devant la commission',
        '/programme/parcours?etat=submitted',
      ),
    ];
  const given = (
    await opinionsOf(
      sql,
      viewer.region.tenant,
      submitted.map(({ id }) => id),
    )
  ).filter(({ reviewer }) => reviewer === viewer.practitioner);
  const left = submitted.filter(
    (track) => !given.some((one) => one.track === track.id && one.submission === track.submitted),
  ).length;
  return wait(
    left,
    'projet de santé attend votre avis',
    'projets de santé attendent votre avis',
    '/programme/parcours?etat=submitted',
    'warning',
  );
}
/** Files of calls that are not decided which this person has not scored whole. */
async function scoreWaits(sql: Sql, viewer: RegionalViewer): Promise<Wait[]> {
  const { tenant } = viewer.region;
  const [editions, decisions, applications] = [
    await editionsOf(sql, tenant),
    await lastDecisions(sql, tenant),
    await applicationsOf(sql, viewer),
  ];
  const decided = new Set(decisions.map(({ edition }) => edition));
  const ids = applications.filter(({ edition }) => !decided.has(edition)).map(({ id }) => id);
  const [scores, interests] = [
    (await scoresOf(sql, tenant, ids)).filter(({ reviewer }) => reviewer === viewer.practitioner),
    await interestsOf(sql, tenant, ids),
  ];
  return editions.flatMap(({ id: call, body }) => {
    if (!body || body.review.length === 0 || decided.has(call)) return [];
    const left = applications.filter(({ id, edition }) => {
      const of = <Row extends { application: string }>(rows: readonly Row[]) =>
        rows.filter(({ application }) => application === id);
      return (
        edition === call && !hasInterest({ interests: of(interests) }, viewer) && of(scores).length < body.review.length
      );
    }).length;
    return wait(
      left,
      `candidature à noter : ${body.title}`,
      `candidatures à noter : ${body.title}`,
      `/programme/dossiers?appel=${call}`,
      'warning',
    );
  });
}
async function sendWaits(sql: Sql, viewer: RegionalViewer): Promise<Wait[]> {
  const counts = new Map(
    (await outboxCounts(sql, viewer.region.tenant, viewer.as === 'officer')).map(({ state, count }) => [state, count]),
  );
  return [
    ...wait(
      counts.get('unsure') ?? 0,
      'envoi à vérifier',
      'envois à vérifier',
      '/programme/envois?etat=unsure',
      'danger',
    ),
    ...wait(
      counts.get('failed') ?? 0,
      'envoi refusé par le serveur de courrier',
      'envois refusés par le serveur de courrier',
      '/programme/envois?etat=failed',
      'danger',
    ),
  ];
}
async function vendorWaits(sql: Sql, viewer: RegionalViewer): Promise<Wait[]> {
  const { tenant } = viewer.region;
  const asked = (await askedOf(sql, tenant, viewer.practitioner)).filter(({ state }) => state === 'open');
  const given = new Set(
    (
      await quotesOf(
        sql,
        tenant,
        asked.map(({ project }) => project),
      )
    )
      .filter(({ vendorPerson }) => vendorPerson === viewer.practitioner)
      .map(({ project }) => project),
  );
  const demands = (await demandsFor(sql, viewer)).filter(
    ({ state, vendor }) => state === 'sent' && vendor === viewer.practitioner,
  ).length;
  return [
    ...wait(
      asked.filter(({ project }) => !given.has(project)).length,
      'équipe attend votre devis',
      'équipes attendent votre devis',
      '/programme/devis',
      'warning',
    ),
    ...wait(
      demands,
      'demande d’évolution sans réponse',
      'demandes d’évolution sans réponse',
      '/programme/demandes',
      'warning',
    ),
  ];
}
