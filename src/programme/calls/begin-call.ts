import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { addMonths, conflict, notFound, slugOf } from '../../platform/index.ts';
import type { editionsContract } from '../contract/editions.ts';
import { type Desk, regionalViewer, trace } from '../desk.ts';
import { realDay } from './answers.rules.ts';
import type { Edition } from './contract.ts';
import { editionRow, insertEdition, saveDraft } from './editions.store.ts';
import { blankEdition } from './editions/index.ts';

/** A day, or a moment of it, so many years later. A 29 February becomes the 28th; what is no day stays none, to be told as a flaw. */
function moved(at: string, years: number): string {
  const day = at.slice(0, 10);
  return realDay(day)
    ? addMonths(day, 12 * years) + at.slice(10)
    : at.replace(/^\d{4}/, (year) => String(Number(year) + years));
}
const copyOf = (body: Edition, { year, title }: { year: number; title: string }): Edition => ({
  ...body,
  title,
  year,
  deadline: moved(body.deadline, year - body.year),
  funding: { ...body.funding, notBefore: moved(body.funding.notBefore, year - body.year) },
});

/** Begins a call as a draft: a copy of another, dates moved with the year, or a frame that copies none. The same asked twice is one draft; a name that was given up is free again. */
export async function beginCall(
  desk: Desk,
  { from, year, title }: z.infer<typeof editionsContract.beginCall.body>,
  ctx: Ctx,
): Promise<{ id: string }> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const id = await desk.db.transaction(tenant, async (sql) => {
    const source = from === null ? undefined : await editionRow(sql, tenant, from);
    const body = source?.draft ?? source?.body;
    if (from !== null && !body) throw notFound('Cet appel à candidatures');
    const base = slugOf(title, 40) || 'appel';
    for (let n = 1; n < 100; n++) {
      const id = n === 1 ? base : `${base}-${n}`;
      const draft = body
        ? { ...copyOf(body, { year, title }), id }
        : blankEdition({ id, title, year, publisher: viewer.region.name });
      const free = (await insertEdition(sql, tenant, id, from)).length > 0;
      const row = (await editionRow(sql, tenant, id, true))!;
      if (!free) {
        if (id !== from && !row.body && row.copiedFrom === from && isDeepStrictEqual(row.draft, draft)) return id;
        continue;
      }
      await saveDraft(sql, tenant, id, row.draftVersion, draft, viewer.name, desk.now());
      await trace(sql, viewer, 'create', `Call/${id}`, { details: { from } });
      return id;
    }
    throw conflict('Trop d’appels portent ce titre : donnez-en un autre.');
  });
  desk.tell(tenant, { topic: 'calls' });
  return { id };
}
