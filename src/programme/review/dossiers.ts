import { notFound, type Sql } from '../../platform/index.ts';
import { factsOf } from '../calls/answers.rules.ts';
import type { Answer, Facts, Moments } from '../calls/conditions.rules.ts';
import type { Edition } from '../calls/contract.ts';
import { type EditionRow, editionRow, editionVersions } from '../calls/editions.store.ts';
import { eligibilityOf, type RuleResult } from '../calls/eligibility.rules.ts';
import { markOf, meanOf } from '../calls/ranking.rules.ts';
import { dayInFrance, type Viewer } from '../desk.ts';
import { type ApplicationRow, applicationsOf } from '../applications/applications.store.ts';
import { type Submission, submissionsOf } from '../applications/submissions.store.ts';
import { renouncedIn } from '../places/places.store.ts';
import {
  type InterestRow,
  interestsOf,
  type OverruleRow,
  overrulesOf,
  type ScoreRow,
  scoresOf,
} from './review.store.ts';

/** One application as it was submitted, with everything said of it. */
export interface Dossier {
  row: ApplicationRow;
  sent: Submission;
  /** Of the version under which it was submitted: a team is judged by the rules that it read. */
  edition: Edition;
  facts: Facts;
  moments: Moments;
  verdict: 'eligible' | 'not-eligible' | 'unknown';
  results: (RuleResult & { own: Answer; overrules: OverruleRow[] })[];
  scores: ScoreRow[];
  interests: InterestRow[];
  /** The team gave up its place: it is ranked no more. */
  renounced: boolean;
  /** The mean of the reviewers who scored everything and have no interest in it, hundredths. */
  mark: number | null;
}
export interface Shelf {
  call: EditionRow;
  /** Newest version of the call: it ranks. */
  edition: Edition;
  version: number;
  dossiers: Dossier[];
}

/** What a condition is judged on: the day of the submission, or of the review. */
const reviewMoments = (edition: Edition, sent: Date, now: Date): Moments => ({
  holds: dayInFrance(edition.holdsWhen === 'submission' ? sent : now),
  answer: dayInFrance(sent),
});

/** The applications of a call that this viewer may know of, as they were submitted. Errors: 404. */
export async function shelf(sql: Sql, viewer: Viewer, call: string, now: Date, lock = false): Promise<Shelf> {
  const tenant = viewer.region.tenant;
  const row = await editionRow(sql, tenant, call, lock);
  if (!row?.body) throw notFound('Cet appel à candidatures');
  const rows = await applicationsOf(sql, viewer, call);
  const ids = rows.map(({ id }) => id);
  const [sent, overrules, scores, interests] = [
    await submissionsOf(sql, tenant, ids),
    await overrulesOf(sql, tenant, ids),
    await scoresOf(sql, tenant, ids),
    await interestsOf(sql, tenant, ids),
  ];
  const renounced = await renouncedIn(sql, tenant, call);
  const [newest, { published }] = [row.body, row];
  const earlier = [...new Set(sent.map(({ version }) => version))].filter((version) => version !== published);
  const versions = await editionVersions(
    sql,
    tenant,
    earlier.map((version) => ({ edition: call, version })),
  );
  const dossiers = rows.map((one) => {
    const current = sent.find(({ application, number }) => application === one.id && number === one.submission)!;
    const of = <Row extends { application: string }>(all: readonly Row[]) =>
      all.filter(({ application }) => application === one.id);
    return dossierOf(
      one,
      current,
      current.version === published ? newest : versions(call, current.version),
      { overrules: of(overrules), scores: of(scores), interests: of(interests), renounced: renounced.has(one.id) },
      now,
      newest,
    );
  });
  return { call: row, edition: newest, version: published, dossiers };
}

function dossierOf(
  row: ApplicationRow,
  sent: Submission,
  edition: Edition,
  said: Pick<Dossier, 'scores' | 'interests' | 'renounced'> & { overrules: OverruleRow[] },
  now: Date,
  newest: Edition,
): Dossier {
  const facts = factsOf(edition, sent.answers);
  const moments = reviewMoments(edition, sent.at, now);
  const results = eligibilityOf(edition, facts, moments).results.map((result) => {
    const overrules = said.overrules.filter(({ rule }) => rule === result.rule.id);
    return { ...result, own: result.answer, answer: overrules.at(-1)?.answer ?? result.answer, overrules };
  });
  const verdict = results.some(({ answer }) => answer === 'no')
    ? 'not-eligible'
    : results.some(({ answer }) => answer === 'unknown')
      ? 'unknown'
      : 'eligible';
  const reviewers = new Set(
    said.scores.map(({ reviewer }) => reviewer).filter((id) => !said.interests.some(({ reviewer }) => reviewer === id)),
  );
  const mark = meanOf([...reviewers].map((id) => reviewerMark(newest, said.scores, id)));
  return {
    row,
    sent,
    edition,
    facts,
    moments,
    verdict,
    results,
    scores: said.scores,
    interests: said.interests,
    renounced: said.renounced,
    mark,
  };
}
/** One reviewer's own mark; null while an item lacks its score. */
export const reviewerMark = (edition: Edition, scores: readonly ScoreRow[], reviewer: string): number | null =>
  markOf(
    edition.review,
    Object.fromEntries(
      scores.filter((one) => one.reviewer === reviewer).map(({ criterion, points }) => [criterion, points]),
    ),
  );
export const hasInterest = ({ interests }: Pick<Dossier, 'interests'>, viewer: Viewer): boolean =>
  interests.some(({ reviewer }) => reviewer === viewer.practitioner);
