import type { z } from 'zod';
import { type Ctx, staffOf } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import { compositionOf, suggestedMeetings } from '../contract/composition.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { type FileRow, filesOf, papersOf } from '../papers/papers.store.ts';
import { fileLineOf, paperLineOf } from '../projects/read-projects.ts';
import type { policyContract, trackLine } from './contract.ts';
import { isShown, isShownFile } from './files.ts';
import { type ActionRow, actionsOf, agreementOf, decisionsOf, type OpinionRow, opinionsOf } from './outcome.store.ts';
import { outlineFor } from './outline.ts';
import { aciCore } from './outlines/index.ts';
import { versionsOf } from './project.store.ts';
import { mayIn, phaseOf, type TrackRow, trackFor, tracksFor } from './reach.ts';
import {
  type CheckFacts,
  headcount,
  professionFacts,
  requestLacks,
  submitLacks,
  teamOf,
  territoryFacts,
} from './tracks.rules.ts';
import {
  type CheckRow,
  checksOf,
  type MeetingRow,
  meetingsOf,
  peopleOf,
  supportOf,
  territoriesBeside,
} from './tracks.store.ts';
import { partsNow } from './write-project.ts';

const isLate = ({ state, due }: Pick<ActionRow, 'state' | 'due'>, today: string): boolean =>
  state !== 'done' && due < today;
/** Opinions on what is before the commission now: for ARS, and for the commission; a member reads those of the others once they have given theirs. */
function shownOpinions(viewer: Viewer, track: TrackRow, all: readonly OpinionRow[]): OpinionRow[] | null {
  if (viewer.as !== 'officer' && viewer.as !== 'reviewer') return null;
  const own = all.filter((one) => one.track === track.id);
  if (viewer.as === 'officer') return own;
  const gave = new Set(
    own.filter(({ reviewer }) => reviewer === viewer.practitioner).map(({ submission }) => submission),
  );
  return own.filter(
    ({ submission, reviewer }) =>
      reviewer === viewer.practitioner || gave.has(submission) || track.state !== 'submitted',
  );
}
function lineOf(
  viewer: Viewer,
  track: TrackRow,
  actions: readonly ActionRow[],
  opinions: readonly OpinionRow[],
  today: string,
): z.infer<typeof trackLine> {
  const own = actions.filter((one) => one.track === track.id);
  const now = opinions.filter((one) => one.track === track.id && one.submission === track.submitted);
  const counts = viewer.as === 'officer' || viewer.as === 'reviewer';
  return {
    id: track.id,
    reference: track.reference,
    kind: track.kind,
    team: track.practiceName,
    territory: track.about.territory,
    state: track.state,
    phase: phaseOf(track.state, track.beforeStop),
    openedOn: track.openedOn,
    at: track.at.toISOString(),
    here: track.practiceTenant !== null,
    validatedOn: track.validatedOn,
    actions: {
      done: own.filter(({ state }) => state === 'done').length,
      of: own.length,
      late: own.filter((one) => isLate(one, today)).length,
    },
    opinions: counts ? now.length : null,
    mine: now.some(({ reviewer }) => reviewer === viewer.practitioner),
  };
}
export async function tracks(desk: Desk, ctx: Ctx): Promise<z.infer<typeof policyContract.tracks.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const today = dayInFrance(desk.now());
  return desk.db.tenant(tenant, async (sql) => {
    const rows = await tracksFor(sql, viewer);
    const ids = rows.map(({ id }) => id);
    const [actions, opinions] = [await actionsOf(sql, tenant, ids), await opinionsOf(sql, tenant, ids)];
    const mayOpen =
      viewer.as === 'officer' ||
      (viewer.as === 'practice' &&
        viewer.manages &&
        !rows.some(
          ({ state, kind: form }) =>
            (state !== 'validated' && state !== 'stopped') || (state === 'validated' && form === 'msp'),
        ));
    return { as: viewer.as, mayOpen, tracks: rows.map((row) => lineOf(viewer, row, actions, opinions, today)) };
  });
}

/** One track. What a viewer is not shown is not in the answer: the project while it is written, opinions, papers. */
export async function track(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof policyContract.track.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const consultants = new Map(
    (await desk.db.tenant(tenant, (sql) => staffOf(sql, tenant))).map(({ practitioner, name }) => [practitioner, name]),
  );
  return desk.db.tenant(tenant, async (sql) =>
    reply(sql, viewer, await trackFor(sql, viewer, id), dayInFrance(desk.now()), consultants),
  );
}
/** The two points that ARS looks at before the request is accepted, with the facts of each. */
const checkLines = (
  checks: readonly CheckRow[],
  facts: Record<CheckRow['subject'], CheckFacts[]>,
): z.infer<typeof policyContract.track.reply>['checks'] =>
  (['professions', 'territory'] as const).map((subject) => {
    const said = checks.find((one) => one.subject === subject);
    return {
      subject,
      title: subject === 'professions' ? 'Tous les professionnels sont associés' : 'Le territoire est cohérent',
      facts: facts[subject],
      answer: said?.answer ?? null,
      note: said?.note ?? '',
      by: said?.by ?? null,
      at: said?.at.toISOString() ?? null,
      version: said?.version ?? 0,
    };
  });
/** Of the meetings that come with the writing of the project. */
const usedBy = (meetings: readonly MeetingRow[]) => ({
  meetings: meetings.filter(({ phase }) => phase === 2).length,
  halfDays: meetings.reduce((sum, one) => sum + (one.phase === 2 ? one.halfDays : 0), 0),
});
const opinionLines = (viewer: Viewer, { submitted }: TrackRow, shown: readonly OpinionRow[]) =>
  shown
    .filter(({ submission }) => submission === submitted)
    .map(({ reviewer, name, opinion, reason, version, at }) => ({
      reviewer: name,
      opinion,
      reason,
      version,
      at: at.toISOString(),
      mine: reviewer === viewer.practitioner,
    }));
const proofOf = (action: string): string => `proof-${action}`;
const planLines = (viewer: Viewer, actions: readonly ActionRow[], files: readonly FileRow[], today: string) =>
  actions.map(({ track: _track, ...one }) => ({
    ...one,
    late: isLate(one, today),
    proofs: files.filter(({ kind }) => kind === proofOf(one.id)).map((file) => fileLineOf(file, viewer)),
  }));

async function reply(
  sql: Sql,
  viewer: Viewer,
  row: TrackRow,
  today: string,
  names: ReadonlyMap<string, string>,
): Promise<z.infer<typeof policyContract.track.reply>> {
  const { tenant } = viewer.region;
  const { id, about } = row;
  const may = {
    manage: mayIn(viewer, row, 'manage'),
    write: mayIn(viewer, row, 'write'),
    meet: mayIn(viewer, row, 'meet'),
    instruct: mayIn(viewer, row, 'instruct'),
    judge: mayIn(viewer, row, 'judge'),
    read: mayIn(viewer, row, 'read'),
  };
  const seesOutcome = may.read || viewer.as === 'reviewer';
  const outline = await outlineFor(sql, tenant, row);
  const meetings = await meetingsOf(sql, tenant, id);
  const support = await supportOf(sql, tenant, id);
  const written = may.read
    ? (await partsNow(sql, tenant, row)).filter(({ text }) => text !== '').map((one) => one.id)
    : null;
  const opinions = await opinionsOf(sql, tenant, [id]);
  const shown = shownOpinions(viewer, row, opinions);
  const actions = await actionsOf(sql, tenant, [id]);
  const papers = (await papersOf(sql, tenant, `Track/${id}`)).filter((one) => isShown(viewer, row, one));
  const files = (await filesOf(sql, tenant, `Track/${id}`)).filter((one) => isShownFile(viewer, row, one));
  return {
    ...lineOf(viewer, row, actions, opinions, today),
    practice: row.practice,
    about,
    version: row.version,
    reason: may.read || may.judge ? row.reason : '',
    today,
    as: viewer.as,
    composition: compositionOf(row.kind, teamOf(about)),
    lacks: requestLacks(row),
    checks: checkLines(await checksOf(sql, tenant, id), {
      professions: professionFacts(about, meetings),
      territory: territoryFacts(about, may.manage || may.judge ? await territoriesBeside(sql, tenant, row) : []),
    }),
    meetings: meetings.map(({ practitioner, at, removed: _, ...one }) => ({
      ...one,
      at: at.toISOString(),
      mine: practitioner === viewer.practitioner,
    })),
    people: await peopleOf(sql, tenant, id),
    support: support
      ? {
          ...support,
          at: support.at.toISOString(),
          consultantName: support.consultant ? (names.get(support.consultant) ?? '') : '',
        }
      : null,
    suggested: suggestedMeetings(headcount(about), about.themes.length),
    used: usedBy(meetings),
    outline,
    written,
    versions: (await versionsOf(sql, tenant, id))
      .filter(({ submitted }) => may.read || (viewer.as === 'reviewer' && submitted))
      .map((one) => ({ ...one, at: one.at.toISOString() })),
    submitted: row.submitted,
    toSubmit: written ? submitLacks(row, outline.sections, new Set(written), support) : [],
    opinionsGiven: shown && opinionLines(viewer, row, shown),
    decisions: seesOutcome
      ? (await decisionsOf(sql, tenant, id)).map((one) => ({ ...one, at: one.at.toISOString() }))
      : [],
    core: aciCore,
    agreement: seesOutcome ? ((await agreementOf(sql, tenant, id)) ?? null) : null,
    plan: seesOutcome ? planLines(viewer, actions, files, today) : [],
    papers: papers.map(paperLineOf),
    files: files.filter(({ kind }) => !kind.startsWith(proofOf(''))).map((one) => fileLineOf(one, viewer)),
    may,
  };
}
