import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound } from '../../platform/index.ts';
import { editionRow } from '../calls/editions.store.ts';
import { someOf } from '../contract/some-of.ts';
import { type Desk, regionalViewer, trace } from '../desk.ts';
import { decidedIn, decisionsOf, insertDecision } from '../review/decisions.store.ts';
import { interestsOf } from '../review/review.store.ts';
import type { placesContract } from './contract.ts';
import { freed, offered } from './offer.rules.ts';
import { renouncedIn, renunciationsOf } from './places.store.ts';

export async function renunciations(
  desk: Desk,
  edition: string,
  ctx: Ctx,
): Promise<z.infer<typeof placesContract.renunciations.reply>> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    if (!(await editionRow(sql, tenant, edition))?.body) throw notFound('Cet appel à candidatures');
    const rows = await renunciationsOf(sql, tenant, edition);
    const [last] = await decisionsOf(sql, tenant, edition);
    const { free, next, sure, equals, left } = freed(
      last ? await decidedIn(sql, tenant, edition, last.number) : [],
      new Map(rows.map((row) => [row.application, row])),
    );
    const shown = ({ application, name, waiting }: (typeof next)[number]) => ({
      application,
      team: name,
      waiting: waiting!,
    });
    return {
      lines: rows.map(({ application, team, outcome, decision, reason, by, at }) => ({
        application,
        team,
        outcome,
        decision,
        reason,
        by,
        at: at.toISOString(),
      })),
      decision: last?.number ?? null,
      free,
      next: (free === 0 ? next.filter(({ waiting }) => waiting === next[0]!.waiting) : sure).map(shown),
      equals: equals.map(shown),
      left,
      may: { offer: viewer.as === 'officer' },
    };
  });
}
/**
 * The decision that follows a désistement: nobody is ranked anew, the next of the waiting list has the place; among equals `settled` names who has it. Notified like any other.
 * Errors: 404, 409; 422 when equals are not settled.
 */
export async function offerPlace(
  desk: Desk,
  edition: string,
  { reason, decision: seen, settled }: { reason: string; decision: number; settled: readonly string[] },
  ctx: Ctx,
): Promise<{ number: number; chosen: number }> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const made = await desk.db.transaction(tenant, async (sql) => {
    if (!(await editionRow(sql, tenant, edition, true))?.body) throw notFound('Cet appel à candidatures');
    const [last] = await decisionsOf(sql, tenant, edition);
    if (!last || last.number !== seen)
      throw conflict('Une autre décision a été prise entre-temps : elle vient d’être relue. Rien n’est décidé.', {
        reason: 'edited-meanwhile',
      });
    if (!last.notifiedAt) throw conflict('La décision en vigueur n’est pas notifiée : notifiez-la d’abord.');
    const before = await decidedIn(sql, tenant, edition, last.number);
    const renounced = await renouncedIn(sql, tenant, edition);
    const { free, next, sure, equals, left } = freed(before, renounced);
    if (free === 0)
      throw conflict('Aucune place n’est libre : aucune équipe retenue par la décision en vigueur ne s’est désistée.');
    if (next.length === 0) throw conflict('La liste d’attente est vide : la place reste libre.');
    const mine = new Set(
      (
        await interestsOf(
          sql,
          tenant,
          next.map(({ application }) => application),
        )
      )
        .filter(({ reviewer }) => reviewer === viewer.practitioner)
        .map(({ application }) => application),
    );
    if ([...sure, ...equals].some(({ application }) => mine.has(application)))
      throw forbidden(
        'Vous avez déclaré un lien avec l’équipe qui suit : un autre instructeur doit prendre cette décision.',
      );
    const who = new Set(settled);
    if (who.size !== left || equals.filter(({ application }) => who.has(application)).length !== left)
      throw invalid(
        equals.length === 0
          ? 'Il n’y a pas d’égalité à départager : les places suivent la liste d’attente.'
          : `Ces équipes sont à égalité sur la liste d’attente : ${someOf(equals.map(({ name }) => name))}. Choisissez ${left === 1 ? 'celle qui a la place' : `les ${left} qui ont une place`}, et dites pourquoi. Rien n’est décidé.`,
        { settled: equals.length === 0 ? 'sans objet' : `${left} à choisir` },
      );
    const { lines, chosen } = offered(before, renounced, { who, reason });
    const number = last.number + 1;
    await insertDecision(
      sql,
      tenant,
      edition,
      { number, version: last.version, places: last.places, reason, by: viewer.name, at: desk.now() },
      lines,
    );
    await trace(sql, viewer, 'decide', `Call/${edition}`, {
      reason,
      details: {
        number,
        version: last.version,
        places: last.places,
        offered: chosen.map(({ application }) => application),
      },
    });
    return { number, chosen: chosen.length };
  });
  desk.tell(tenant, { topic: 'files' });
  return made;
}
