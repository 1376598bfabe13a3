import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import { type KindOfData, kindCodes, kindsOfData } from '../../access/index.ts';
import { FhirProblem, type FhirStore, ifThere, isResourceType, type Separated } from '../../fhir/index.ts';
import { forbidden, notFound, Problem, sqlState } from '../../platform/index.ts';
import type { recordContract } from '../contract.ts';
import { describe } from '../read/describe.ts';
import type { Reading } from '../read/reading.ts';
import { rightsHere } from '../read/rights-here.store.ts';
import { today } from '../dates.rules.ts';
import type { PersonCaller, Room } from '../room.ts';
import {
  addedTo,
  type AddedRow,
  bringTogether,
  draftsFollow,
  draftsReturn,
  mergeOf,
  pairOf,
  setApart,
} from './merges.store.ts';
import { couple, mergeLines } from './pairs.ts';

const tenSeconds = 10_000;

/** IDV-2: two who look alike and are two. */
export async function setThemApart(room: Room, caller: PersonCaller, one: string, other: string): Promise<void> {
  const { store } = await couple(room, caller, one, other);
  await store.sql((sql) => setApart(sql, caller.tenant, pairOf(one, other), caller.name));
}
export async function bringThemTogether(room: Room, caller: PersonCaller, one: string, other: string): Promise<void> {
  const { store } = await couple(room, caller, one, other);
  await store.sql((sql) => bringTogether(sql, caller.tenant, pairOf(one, other)));
}

/** A merge never waits for a row that a writer holds, who may be waiting for the merge: it lets go and comes back. */
async function comingBack<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (sqlState(error) !== '55P03') throw error;
      if (tries >= 12)
        throw new Problem(
          409,
          'Dossier occupé',
          'D’autres personnes enregistrent dans ces dossiers en ce moment. Rien n’a été modifié : recommencez dans un instant.',
        );
      await wait(40 * tries);
    }
  }
}

/** IDV-2: one record into the other, in one transaction. The identity that stays is the surer one (RNIV). */
export async function mergeRecords(
  room: Room,
  caller: PersonCaller,
  body: z.infer<typeof recordContract.mergeRecords.body>,
): Promise<z.infer<typeof recordContract.mergeRecords.reply>> {
  const { store, verdict, notYou, apart } = await couple(room, caller, body.gone, body.kept);
  const no = verdict.refused ?? verdict.mayNotStay[1];
  if (no) throw new Problem(422, 'Fusion refusée', `${no} Rien n’a été modifié.`, { extra: { code: 'merge-refused' } });
  if (notYou) throw forbidden(`${notYou} Rien n’a été modifié.`);
  if (apart)
    throw new Problem(
      409,
      'Fusion refusée',
      'Il est noté que ce ne sont pas les mêmes personnes. Revenez d’abord sur cette réponse. Rien n’a été modifié.',
    );
  const reason = body.reason ?? '';
  const done = await comingBack(() =>
    store.transaction(async (tx) => {
      const merged = await tx
        .asHouse(reason || 'fusion de deux dossiers')
        .mergePatients(body.gone, body.kept, { reason, seen: [body.goneVersion, body.keptVersion] });
      await tx.sql((sql) => draftsFollow(sql, caller.tenant, body.gone, body.kept));
      return merged;
    }),
  );
  return {
    id: done.id,
    kept: body.kept,
    moved: Object.values(done.moved).reduce((sum, count) => sum + count, 0),
    undoUntil: new Date(Date.parse(done.at) + tenSeconds).toISOString(),
  };
}

/** Each record gets back what was its own, at once or years later. */
export async function separateRecords(
  room: Room,
  caller: PersonCaller,
  id: string,
  reason: string,
): Promise<Separated> {
  const store = room.fhirFor(caller);
  const merge = await known(store, caller, id);
  return comingBack(() =>
    store.transaction(async (tx) => {
      const separated = await tx.asHouse(reason || 'séparation de deux dossiers').separatePatients(id, { reason });
      await tx.sql((sql) => draftsReturn(sql, caller.tenant, merge.gone, merge.kept));
      return separated;
    }),
  ).catch((error: unknown) => {
    if (error instanceof FhirProblem && error.status === 409)
      throw new Problem(
        409,
        'Séparation impossible',
        error.outcome.issue[0]?.code === 'business-rule'
          ? 'Une fusion plus récente repose sur celle-ci : séparez d’abord la plus récente. Rien n’a été modifié.'
          : 'Ces dossiers sont déjà séparés.',
      );
    throw error;
  });
}

async function known(store: FhirStore, caller: PersonCaller, id: string) {
  const merge = await store.sql((sql) => mergeOf(sql, caller.tenant, id));
  if (!merge) throw notFound('Cette fusion');
  return merge;
}

type SortPage = z.infer<typeof recordContract.addedMeanwhile.reply>;
interface Sorting {
  store: FhirStore;
  page: SortPage;
  rows: AddedRow[];
}
async function sorting(room: Room, caller: PersonCaller, id: string): Promise<Sorting> {
  const store = room.fhirFor(caller);
  const merge = await known(store, caller, id);
  const [line] = await mergeLines(store, [merge]);
  if (!line) throw notFound('Cette fusion');
  const [read, write] = [await store.sight('read'), await store.sight('write')];
  const { rows, here } = await store.sql(async (sql) => ({
    rows: await addedTo(sql, caller.tenant, id, read),
    here: [
      await rightsHere(sql, caller.tenant, merge.kept, read, write),
      await rightsHere(sql, caller.tenant, merge.gone, read, write),
    ],
  }));
  await room.directory.learnPeople(
    store,
    rows.flatMap((row) => row.author ?? []),
  );
  const reading: Reading = {
    caller,
    directory: room.directory,
    patient: merge.kept,
    birth: undefined,
    sex: undefined,
    today: today(room.now()),
    lastVisit: null,
    add: here[0]!.add,
  };
  const lines: SortPage['lines'] = [];
  for (const row of rows) {
    const kind = kindCodes.find((each) => kindsOfData[each].bit === row.kind) as KindOfData;
    const stored =
      here.some((one) => one.see.has(kind)) || row.mine ? await ifThere(store.read(row.type, row.id)) : null;
    lines.push({
      type: row.type,
      id: row.id,
      kindLabel: kindsOfData[kind].fr,
      title: stored ? titleOf(describe(stored.resource, reading)) : null,
      who: row.author ? room.directory.who(caller, { reference: `Practitioner/${row.author}` }) : null,
      at: new Date(row.updated).toISOString(),
      place: row.place,
      maySort: row.mine || (stored !== null && here.every((one) => one.add.has(kind))),
    });
  }
  return { store, rows, page: { merge: line, lines } };
}
const titleOf = (described: { title: string; summary?: string; detail?: string }): string =>
  [described.title, described.summary ?? described.detail].filter(Boolean).join(' · ');

/** What was added while two records were one: each line is its author's to place, or theirs who may write it in both records. */
export const addedMeanwhile = async (room: Room, caller: PersonCaller, id: string): Promise<SortPage> =>
  (await sorting(room, caller, id)).page;

export async function sortAdded(
  room: Room,
  caller: PersonCaller,
  id: string,
  type: string,
  one: string,
  place: 'kept' | 'gone',
): Promise<SortPage> {
  const { store, page } = await sorting(room, caller, id);
  const line = page.lines.find((each) => each.type === type && each.id === one);
  if (!line || !isResourceType(type)) throw notFound('Cette ligne à trier');
  if (!line.maySort)
    throw forbidden(
      'Cette ligne est à trier par la personne qui l’a écrite, ou par quelqu’un qui peut l’écrire dans les deux dossiers. Rien n’a été modifié.',
    );
  await comingBack(() =>
    store.transaction((tx) => tx.asHouse('ligne triée après une séparation').placeAdded(id, type, one, place)),
  );
  return (await sorting(room, caller, id)).page;
}
