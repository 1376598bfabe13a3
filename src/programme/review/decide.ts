import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound } from '../../platform/index.ts';
import { editionRow } from '../calls/editions.store.ts';
import { someOf } from '../contract/some-of.ts';
import { type Ranked, rank } from '../calls/ranking.rules.ts';
import { isOpen } from '../calls/read-calls.ts';
import { type Desk, regionalViewer, trace, type Viewer } from '../desk.ts';
import { placesOn, sayPlace } from '../places/offer.rules.ts';
import type { rankingReply, reviewContract } from './contract.ts';
import { type DecidedRow, decidedIn, decisionsOf, insertDecision } from './decisions.store.ts';
import { type Dossier, hasInterest, shelf, type Shelf } from './dossiers.ts';

interface Ranking {
  ranked: (Ranked & { dossier: Dossier })[];
  refused: Dossier[];
  unclear: Dossier[];
}
/** The eligible in order; who is refused by a rule; who lacks a fact that a rule looks at. A team that gave up its place is in none. */
function rankingOf({ edition, dossiers: all }: Pick<Shelf, 'edition' | 'dossiers'>, places: number): Ranking {
  const dossiers = all.filter(({ renounced }) => !renounced);
  const byId = new Map(dossiers.map((one) => [one.row.id, one]));
  const eligible = dossiers.filter(({ verdict }) => verdict === 'eligible');
  const ranked = rank(
    edition,
    eligible.map((one) => ({
      id: one.row.id,
      name: one.row.practiceName,
      facts: one.facts,
      moments: one.moments,
      submitted: one.sent.at.toISOString(),
      mark: one.mark,
    })),
    places,
  );
  return {
    ranked: ranked.map((one) => ({ ...one, dossier: byId.get(one.candidate.id)! })),
    refused: dossiers.filter(({ verdict }) => verdict === 'not-eligible'),
    unclear: dossiers.filter(({ verdict }) => verdict === 'unknown'),
  };
}
const refusals = ({ results }: Dossier, answer: 'no' | 'unknown'): string[] =>
  results
    .filter((one) => one.answer === answer)
    .map(({ rule, overrules, own }) =>
      answer === 'unknown'
        ? `« ${rule.title} » : à préciser.`
        : own !== 'no' && overrules.at(-1)?.answer === 'no'
          ? `${rule.title} : ${overrules.at(-1)!.reason}`
          : rule.fails,
    );
const figures = ({ scores, candidate, because }: Ranked) => ({
  scores: scores.map(({ title, points, words }) => ({ title, points, words })),
  mark: candidate.mark ?? null,
  because,
});

/** What the decision would be taken on: two officers who look at the same thing send the same. */
const fingerprint = ({ version }: Shelf, { ranked, refused, unclear }: Ranking): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        version,
        ranked.map((one) => [one.candidate.id, one.rank, one.outcome]),
        refused.map(({ row }) => row.id),
        unclear.map(({ row }) => row.id),
      ]),
    )
    .digest('hex')
    .slice(0, 32);

/** The ranking for a number of places: nothing is kept. Figures of an application are hidden from who declared an interest in it. */
export async function ranking(
  desk: Desk,
  edition: string,
  asked: number | undefined,
  ctx: Ctx,
): Promise<z.infer<typeof rankingReply>> {
  const viewer = await regionalViewer(desk, ctx);
  const now = desk.now();
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const found = await shelf(sql, viewer, edition, now);
    const places = asked ?? found.edition.places;
    const order = rankingOf(found, places);
    // The words of the next one would tell what is hidden: they name who stands before.
    const hidden = new Set(found.dossiers.filter((one) => hasInterest(one, viewer)).map(({ row }) => row.practiceName));
    return {
      edition,
      title: found.edition.title,
      version: found.version,
      places,
      placesOfCall: found.edition.places,
      placesWords: found.edition.placesWords,
      open: isOpen(found.edition, now),
      reviewed: found.edition.review.length > 0,
      ranked: order.ranked.map((one, i) => {
        const shown = figures(one);
        const before = order.ranked[i - 1]?.candidate.name;
        return {
          id: one.candidate.id,
          team: one.candidate.name,
          receipt: one.dossier.sent.receipt,
          territory: String(one.dossier.facts['team.territory'] ?? ''),
          rank: one.rank,
          outcome: one.outcome,
          figures: hidden.has(one.candidate.name)
            ? null
            : { ...shown, because: before !== undefined && hidden.has(before) ? '' : shown.because },
        };
      }),
      refused: order.refused.map((one) => ({
        id: one.row.id,
        team: one.row.practiceName,
        reasons: refusals(one, 'no'),
      })),
      unclear: order.unclear.map((one) => ({
        id: one.row.id,
        team: one.row.practiceName,
        reasons: refusals(one, 'unknown'),
      })),
      unmarked:
        found.edition.review.length > 0
          ? order.ranked.filter(({ candidate }) => (candidate.mark ?? null) === null).length
          : 0,
      seen: fingerprint(found, order),
      may: { decide: viewer.as === 'officer' },
    };
  });
}

/**
 * Decides: the first by rank have the places, the others wait in their order, who is not eligible is refused with each reason. Equals at the last place are settled by hand:
 * `settled` names those who are chosen, and a reason is asked for. The decision keeps the version of the call and everything behind each outcome.
 * Errors: 409 while the call is open, while an application is unclear, or when something changed since `seen`; 422 when equals are not settled.
 */
export async function decide(
  desk: Desk,
  edition: string,
  body: z.infer<typeof reviewContract.decide.body>,
  ctx: Ctx,
): Promise<{ number: number }> {
  return decideAs(desk, await regionalViewer(desk, ctx), edition, body);
}
export async function decideAs(
  desk: Desk,
  viewer: Viewer,
  edition: string,
  { places, reason, settled, seen }: { places: number; reason: string; settled: readonly string[]; seen?: string },
): Promise<{ number: number }> {
  const tenant = viewer.region.tenant;
  const number = await desk.db.transaction(tenant, async (sql) => {
    const now = desk.now();
    const found = await shelf(sql, viewer, edition, now, true);
    if (isOpen(found.edition, now))
      throw conflict('Cet appel est encore ouvert : on décide après la date limite. La simulation reste possible.');
    const order = rankingOf(found, places);
    if (seen !== undefined && seen !== fingerprint(found, order))
      throw conflict(
        'Le classement a changé depuis que vous l’avez affiché. Rien n’est décidé : relisez-le, puis décidez.',
        { reason: 'edited-meanwhile' },
      );
    if (found.dossiers.length === 0) throw conflict('Aucune candidature n’est déposée : il n’y a rien à décider.');
    if (order.unclear.length > 0)
      throw conflict(
        `${someOf(order.unclear.map(({ row }) => row.practiceName))} : une règle reste sans réponse. Tranchez-la avec un motif, puis décidez.`,
      );
    const own = found.dossiers.filter((one) => hasInterest(one, viewer));
    if (own.length > 0)
      throw forbidden(
        `Vous avez déclaré un lien avec ${own.map(({ row }) => row.practiceName).join(', ')} : un autre instructeur doit prendre cette décision.`,
      );
    const before = await decisionsOf(sql, tenant, edition);
    if (before.length > 0 && reason.length < 10)
      throw invalid('Une nouvelle décision remplace la précédente : dites pourquoi (10 caractères au moins).', {
        reason: 'à renseigner',
      });
    const ties = order.ranked.filter(({ outcome }) => outcome === 'tie');
    const left = places - order.ranked.filter(({ outcome }) => outcome === 'chosen').length;
    const chosen = new Set(settled);
    if (ties.length > 0) {
      if (ties.filter(({ candidate }) => chosen.has(candidate.id)).length !== left || chosen.size !== left)
        throw invalid(
          [
            `Ces équipes sont à égalité pour ${left === 1 ? 'la dernière place' : `les ${left} dernières places`} : ${someOf(ties.map(({ candidate }) => candidate.name))}.`,
            `Choisissez ${left === 1 ? 'celle qui est retenue' : 'celles qui sont retenues'}.`,
          ].join(' '),
          { settled: `${left} à choisir` },
        );
      if (reason.length < 10)
        throw invalid('Départager des équipes à égalité demande un motif écrit (10 caractères au moins).', {
          reason: 'à renseigner',
        });
    } else if (chosen.size > 0)
      throw invalid('Il n’y a pas d’égalité à départager : les places suivent le classement.', {
        settled: 'sans objet',
      });
    const lines = linesOf(order, chosen, reason, places);
    const next = (before[0]?.number ?? 0) + 1;
    await insertDecision(
      sql,
      tenant,
      edition,
      { number: next, version: found.version, places, reason, by: viewer.name, at: now },
      lines,
    );
    await trace(sql, viewer, 'decide', `Call/${edition}`, {
      ...(reason && { reason }),
      details: {
        number: next,
        version: found.version,
        places,
        outcomes: lines.map(({ application, outcome, rank: at }) => [application, outcome, at]),
      },
    });
    return next;
  });
  desk.tell(tenant, { topic: 'files' });
  return { number };
}

function linesOf(
  { ranked, refused }: Ranking,
  settled: ReadonlySet<string>,
  reason: string,
  places: number,
): DecidedRow[] {
  const taken = (one: Ranked) => one.outcome === 'chosen' || settled.has(one.candidate.id);
  const list = ranked.filter((one) => !taken(one));
  const order = placesOn(list, ({ rank: at }) => at);
  return [
    ...ranked
      .toSorted((a, b) => a.rank - b.rank || Number(taken(b)) - Number(taken(a)))
      .map((one): DecidedRow => {
        const { scores, mark, because: behind } = figures(one);
        const waiting = order[list.indexOf(one)];
        const chosen = waiting === undefined;
        const words = [
          ...scores.map(
            ({ title, points, words: held }) =>
              `${title} : ${points} ${points > 1 ? 'points' : 'point'}${held.length ? ` (${held.join(', ')})` : ''}.`,
          ),
          ...(mark === null ? [] : [`Note de l’examen : ${(mark / 100).toFixed(2).replace('.', ',')} sur 5.`]),
          ...(one.outcome === 'tie' ? [`À égalité pour les dernières places ; départagée ainsi : ${reason}`] : []),
          chosen
            ? `Rang ${one.rank} pour ${places} ${places > 1 ? 'places' : 'place'}.`
            : `Rang ${one.rank} pour ${places} ${places > 1 ? 'places' : 'place'} : ${sayPlace(waiting.place, waiting.shared)}.`,
        ];
        return {
          application: one.candidate.id,
          outcome: chosen ? 'chosen' : 'waiting',
          rank: one.rank,
          waiting: waiting?.place ?? null,
          because: { words, scores, mark, behind, refused: [] },
        };
      }),
    ...refused.map((one): DecidedRow => {
      const against = refusals(one, 'no');
      return {
        application: one.row.id,
        outcome: 'refused',
        rank: null,
        waiting: null,
        because: { words: against, scores: [], mark: null, behind: '', refused: against },
      };
    }),
  ];
}

/** The decisions of a call; the lines of the one in force, or none. Who has an interest in an application sees its outcome without figures. */
export async function decisions(
  desk: Desk,
  edition: string,
  ctx: Ctx,
): Promise<z.infer<typeof reviewContract.decisions.reply>> {
  const viewer = await regionalViewer(desk, ctx);
  const tenant = viewer.region.tenant;
  return desk.db.tenant(tenant, async (sql) => {
    const call = await editionRow(sql, tenant, edition);
    if (!call?.body) throw notFound('Cet appel à candidatures');
    const all = await decisionsOf(sql, tenant, edition);
    const lines = all[0] ? await decidedIn(sql, tenant, edition, all[0].number) : [];
    const { dossiers } = await shelf(sql, viewer, edition, desk.now());
    const hidden = new Set(dossiers.filter((one) => hasInterest(one, viewer)).map(({ row }) => row.id));
    const names = dossiers.filter(({ row }) => hidden.has(row.id)).map(({ row }) => row.practiceName);
    return {
      title: call.body.title,
      year: call.body.year,
      decisions: all.map(({ at, notifiedAt, ...one }) => ({
        ...one,
        at: at.toISOString(),
        notifiedAt: notifiedAt?.toISOString() ?? null,
      })),
      resultsAt: call.resultsAt?.toISOString() ?? null,
      may: { decide: viewer.as === 'officer' },
      lines: lines.map(({ application, name, outcome, rank: at, waiting, because }) => ({
        application,
        team: name,
        outcome,
        rank: at,
        waiting,
        ...(hidden.has(application)
          ? { words: [], scores: [], mark: null, behind: '' }
          : {
              words: because.words,
              scores: because.scores,
              mark: because.mark,
              behind: names.some((name) => because.behind.includes(name)) ? '' : because.behind,
            }),
      })),
    };
  });
}
