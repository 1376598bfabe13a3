import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { applicationOf } from '../applications/applications.store.ts';
import { ruleLines, sentLine } from '../applications/read-application.ts';
import { noApplication } from '../applications/state.ts';
import { isOpen } from '../calls/read-calls.ts';
import { scoreOf } from '../calls/ranking.rules.ts';
import { type Desk, regionalViewer, trace, type Viewer } from '../desk.ts';
import type { fileLine, fileReply } from './contract.ts';
import { decidedIn, decisionsOf, type DecidedRow } from './decisions.store.ts';
import { type Dossier, hasInterest, reviewerMark, shelf } from './dossiers.ts';
import type { ScoreRow } from './review.store.ts';

const asBoolean = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);
export const scoreLine = ({ criterion, points, reason, version, at }: ScoreRow) => ({
  criterion,
  points,
  reason,
  version,
  at: at.toISOString(),
});

function lineOf(one: Dossier, viewer: Viewer, items: number, decided: readonly DecidedRow[]): z.infer<typeof fileLine> {
  const mine = one.scores.filter(({ reviewer }) => reviewer === viewer.practitioner).length;
  const interest = hasInterest(one, viewer);
  return {
    id: one.row.id,
    team: one.row.practiceName,
    receipt: one.sent.receipt,
    submittedAt: one.sent.at.toISOString(),
    verdict: one.verdict,
    overruled: one.results.some(({ own, answer }) => own !== answer),
    territory: String(one.facts['team.territory'] ?? ''),
    fragile: asBoolean(one.facts['team.fragileTerritory']),
    aci: asBoolean(one.facts['aci.member']),
    mine: interest ? 'interest' : mine >= items && items > 0 ? 'done' : mine > 0 ? 'started' : 'none',
    reviewers: new Set(one.scores.map(({ reviewer }) => reviewer)).size,
    mark: interest ? null : one.mark,
    outcome: decided.find(({ application }) => application === one.row.id)?.outcome ?? null,
    renounced: one.renounced,
  };
}

/** The applications submitted to a call. */
export async function files(desk: Desk, edition: string, ctx: Ctx) {
  const viewer = await regionalViewer(desk, ctx);
  const now = desk.now();
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const { edition: body, dossiers } = await shelf(sql, viewer, edition, now);
    const [last] = await decisionsOf(sql, viewer.region.tenant, edition);
    const decided = last ? await decidedIn(sql, viewer.region.tenant, edition, last.number) : [];
    return {
      edition,
      title: body.title,
      open: isOpen(body, now),
      files: dossiers.map((one) => lineOf(one, viewer, body.review.length, decided)),
    };
  });
}

/** One application beside the rules. Who has declared an interest reads it without any figure. */
export async function file(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof fileReply>> {
  const viewer = await regionalViewer(desk, ctx);
  const tenant = viewer.region.tenant;
  return desk.db.transaction(tenant, async (sql) => {
    const row = await applicationOf(sql, viewer, id);
    if (!row) throw noApplication();
    const { edition: newest, dossiers } = await shelf(sql, viewer, row.edition, desk.now());
    const at = dossiers.findIndex((one) => one.row.id === id);
    const one = dossiers[at]!;
    await trace(sql, viewer, 'read', `Application/${id}`);
    const [last] = await decisionsOf(sql, tenant, row.edition);
    const interest = one.interests.find(({ reviewer }) => reviewer === viewer.practitioner);
    const mine = one.scores.filter(({ reviewer }) => reviewer === viewer.practitioner);
    const complete = newest.review.length > 0 && mine.length >= newest.review.length;
    const reviewers = [
      ...new Map(
        one.scores
          .filter(({ reviewer }) => reviewer !== viewer.practitioner)
          .map(({ reviewer, reviewerName }) => [reviewer, reviewerName]),
      ),
    ];
    return {
      id,
      team: row.practiceName,
      edition: { ...one.edition, review: newest.review },
      version: one.sent.version,
      submission: sentLine(one.sent),
      answers: one.sent.answers as never,
      documents: one.sent.documents.map(({ id: document, document: of, name, size }) => ({
        id: document,
        document: of,
        name,
        size,
      })),
      verdict: one.verdict,
      results: ruleLines(one.results).map((line, i) => ({
        ...line,
        own: one.results[i]!.own,
        overrules: one.results[i]!.overrules.map(({ rule, answer, reason, by, at: when }) => ({
          rule,
          answer,
          reason,
          by,
          at: when.toISOString(),
        })),
      })),
      criteria: newest.ranking
        .map((criterion) => scoreOf(criterion, one.facts, one.moments))
        .map(({ criterion, title, points, words }) => ({ id: criterion, title, points, words })),
      scores: interest ? [] : mine.map(scoreLine),
      // Everyone gives their own before reading the others'.
      others:
        interest || (viewer.as === 'reviewer' && !complete)
          ? []
          : reviewers.map(([reviewer, name]) => ({
              reviewer: name,
              mark: reviewerMark(newest, one.scores, reviewer),
              scores: one.scores.filter((score) => score.reviewer === reviewer).map(scoreLine),
            })),
      mark: interest || (viewer.as === 'reviewer' && !complete) ? null : one.mark,
      interest: interest ? { reason: interest.reason, at: interest.at.toISOString() } : null,
      interests:
        viewer.as === 'officer'
          ? one.interests.map(({ reviewerName, reason, at: when }) => ({
              reviewer: reviewerName,
              reason,
              at: when.toISOString(),
            }))
          : [],
      may: { score: !interest && newest.review.length > 0 && !last?.notifiedAt, overrule: viewer.as === 'officer' },
      before: dossiers[at - 1]?.row.id ?? null,
      after: dossiers[at + 1]?.row.id ?? null,
    };
  });
}
