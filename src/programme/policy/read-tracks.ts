import type { z } from 'zod';
import { type Ctx, staffOf } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import { compositionOf, suggestedMeetings } from '../contract/composition.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { filesOf, papersOf } from '../papers/papers.store.ts';
import { fileLineOf, paperLineOf } from '../projects/read-projects.ts';
import type { policyContract, trackLine } from './contract.ts';
import { isShown, isShownFile } from './files.ts';
import { type ActionRow, actionsOf, agreementOf, decisionsOf, type OpinionRow, opinionsOf } from './outcome.store.ts';
import { outlineFor } from './outline.ts';
import { aciCore } from './outlines/index.ts';
import { versionsOf } from './project.store.ts';
import { mayIn, phaseOf, type TrackRow, trackFor, tracksFor } from './reach.ts';
import { headcount, professionFacts, requestLacks, submitLacks, teamOf, territoryFacts } from './tracks.rules.ts';
import { checksOf, meetingsOf, peopleOf, supportOf, territoriesBeside } from './tracks.store.ts';
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
  const outline = await outlineFor(sql, tenant, row);
  const [meetings, checks, people, support] = [
    await meetingsOf(sql, tenant, id),
    await checksOf(sql, tenant, id),
    await peopleOf(sql, tenant, id),
    await supportOf(sql, tenant, id),
  ];
  const written = may.read
    ? (await partsNow(sql, tenant, row)).filter(({ text }) => text !== '').map((one) => one.id)
    : null;
  const [versions, opinions, decisions, agreement] = [
    await versionsOf(sql, tenant, id),
    await opinionsOf(sql, tenant, [id]),
    await decisionsOf(sql, tenant, id),
    await agreementOf(sql, tenant, id),
  ];
  const actions = await actionsOf(sql, tenant, [id]);
  const [papers, files] = [
    (await papersOf(sql, tenant, `Track/${id}`)).filter((one) => isShown(viewer, row, one)),
    (await filesOf(sql, tenant, `Track/${id}`)).filter((one) => isShownFile(viewer, row, one)),
  ];
  const facts = {
    professions: professionFacts(about, meetings),
    territory: territoryFacts(about, may.manage || may.judge ? await territoriesBeside(sql, tenant, row) : []),
  };
  const shown = shownOpinions(viewer, row, opinions);
  const phase3 = may.read || viewer.as === 'reviewer';
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
    checks: (['professions', 'territory'] as const).map((subject) => {
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
    }),
    meetings: meetings.map(({ practitioner, at, removed: _, ...one }) => ({
      ...one,
      at: at.toISOString(),
      mine: practitioner === viewer.practitioner,
    })),
    people,
    support: support
      ? {
          ...support,
          at: support.at.toISOString(),
          consultantName: support.consultant ? (names.get(support.consultant) ?? '') : '',
        }
      : null,
    suggested: suggestedMeetings(headcount(about), about.themes.length),
    used: {
      meetings: meetings.filter(({ phase }) => phase === 2).length,
      halfDays: meetings.reduce((sum, one) => sum + (one.phase === 2 ? one.halfDays : 0), 0),
    },
    outline,
    written,
    versions: versions
      .filter(({ submitted }) => may.read || (viewer.as === 'reviewer' && submitted))
      .map((one) => ({ ...one, at: one.at.toISOString() })),
    submitted: row.submitted,
    toSubmit: written ? submitLacks(row, outline.sections, new Set(written), support) : [],
    opinionsGiven:
      shown
        ?.filter(({ submission }) => submission === row.submitted)
        .map(({ reviewer, name, opinion, reason, version, at }) => ({
          reviewer: name,
          opinion,
          reason,
          version,
          at: at.toISOString(),
          mine: reviewer === viewer.practitioner,
        })) ?? null,
    decisions: phase3 ? decisions.map((one) => ({ ...one, at: one.at.toISOString() })) : [],
    core: aciCore,
    agreement: phase3 ? (agreement ?? null) : null,
    plan: phase3
      ? actions.map(({ track: _track, ...one }) => ({
          ...one,
          late: isLate(one, today),
          proofs: files.filter(({ kind }) => kind === `proof-${one.id}`).map((file) => fileLineOf(file, viewer)),
        }))
      : [],
    papers: papers.map(paperLineOf),
    files: files.filter(({ kind }) => !kind.startsWith('proof-')).map((one) => fileLineOf(one, viewer)),
    may,
  };
}
