import type { z } from 'zod';
import { actorOf, kindCodes, kindsOfData } from '../../access/index.ts';
import { keyOf, type ResourceOf, type ResourceType, type Stored } from '../../fhir/index.ts';
import { invalid, record, type Sql, textArray } from '../../platform/index.ts';
import type { Hit } from '../contract.ts';
import type { documentEntries } from '../contract/wire-documents.ts';
import { dateSpan, parseDate, today } from '../dates.rules.ts';
import { normalise } from '../fhir-words.ts';
import { briefsOf } from '../identity/search-patients.ts';
import { describe } from '../read/describe.ts';
import { enter } from '../read/enter.ts';
import { emptyReading, lineOf, readingAbout } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { candidatesFor, rangesIn, snippetOf, understandWords } from './snippet.rules.ts';
import { findTexts, type FoundText } from './words.store.ts';

const page = 20;
const kindsAsked: Record<string, string[]> = {
  note: ['Composition', 'ClinicalImpression'],
  document: ['DocumentReference'],
};

/** DOS-10: words of documents and notes, of one record or of the caller's patients. Newest first; the ledger says which records were looked into. */
export async function searchTexts(
  room: Room,
  caller: PersonCaller,
  query: z.infer<typeof documentEntries.searchTexts.query>,
): Promise<z.infer<typeof documentEntries.searchTexts.reply>> {
  const began = performance.now();
  const now = room.now();
  const { words, phrases } = understandWords(query.q);
  const store = room.fhirFor(caller);
  // The door of the record says why it is closed, as everywhere; a record that has gone into another is searched there.
  const patient = query.patient ? (await enter(room, caller, query.patient)).patientId : undefined;
  const candidates = candidatesFor(words, phrases);
  const none = { hits: [], next: null, took: Math.round(performance.now() - began) };
  if (!candidates) return none;
  const sight = await store.sight('read');
  const asked =
    query.kind
      ?.split(',')
      .filter((code) => /^[A-Za-z0-9-]{1,40}$/.test(code))
      .flatMap((code) => kindsAsked[code] ?? [code]) ?? [];
  const bounds = { low: bound(query.from, now, 0) ?? '1800-01-01', high: bound(query.to, now, 1) ?? '9999-12-31' };
  const { rows, isOne } = await store.sql(async (sql) => {
    const found = await findTexts(
      sql,
      caller.tenant,
      sight,
      {
        words,
        phrases,
        patientKey: patient ? String(keyOf(`Patient/${patient}`)) : null,
        ...bounds,
        kinds: asked.length > 0 ? asked : null,
        author: normalise(query.author ?? ''),
        most: page + 1,
      },
      positionOf(query.after),
    );
    const shown = found.slice(0, page);
    await record(sql, caller.tenant, [
      {
        ...actorOf(caller),
        action: 'search',
        target: 'texte',
        patients: [...new Set(shown.map((row) => row.patient))],
        details: { found: shown.length },
      },
    ]);
    return { rows: found, isOne: await meant(sql, shown, candidates, words, phrases) };
  });
  const shown = rows.slice(0, page).map((row) => ({ row, stored: storedOf(row) }));
  await room.directory.learn(
    store,
    shown.map(({ stored }) => stored),
  );
  const briefs = await briefsOf(
    store,
    shown.map(({ row }) => row.patient),
    now,
  );
  const last = rows.length > page ? rows[page - 1] : undefined;
  const nobody = emptyReading(room.directory, caller, today(now));
  return {
    hits: shown.flatMap(({ row, stored }): Hit[] => {
      const brief = briefs.get(row.patient);
      if (!brief) return [];
      const reading = readingAbout(nobody, brief);
      const said = describe(stored.resource, reading);
      const document = stored.type === 'DocumentReference';
      return [
        {
          ...lineOf(reading, stored),
          title: said.title,
          what: document ? 'document' : 'note',
          whatLabel: said.whatLabel,
          patient: brief,
          replaced: stored.type === 'DocumentReference' && stored.resource.status === 'superseded',
          recognised: row.confidence === null ? null : Math.round(row.confidence * 100),
          ...snippetOf(row.body, candidates, isOne),
          titleMarks: rangesIn(said.title, candidates, isOne),
        },
      ];
    }),
    next: last ? `${last.day}_${last.rid}` : null,
    took: Math.round(performance.now() - began),
  };
}

const storedOf = <T extends ResourceType>(row: FoundText & { type: T }): Stored<T> => ({
  type: row.type,
  id: row.id,
  version: row.version,
  updated: new Date(row.updated).toISOString(),
  deleted: false,
  text: row.content,
  // Valid as the type of its row before it was stored.
  resource: JSON.parse(row.content) as ResourceOf<T>,
  kind: kindCodes.find((code) => kindsOfData[code].bit === row.kind)!,
});

/** Which of the words that begin alike have the stem of one that was typed: asked of the dictionary that found them. */
async function meant(
  sql: Sql,
  rows: readonly FoundText[],
  candidates: RegExp,
  words: readonly string[],
  phrases: readonly string[],
): Promise<(word: string) => boolean> {
  const met = new Set<string>();
  for (const row of rows) {
    const before = met.size;
    for (const [word] of row.body.matchAll(candidates)) {
      met.add(word.toLowerCase());
      if (met.size > before + 60) break;
    }
    for (const [word] of row.content.matchAll(candidates)) if (met.size < 3_000) met.add(word.toLowerCase());
  }
  const asked = [...words, ...phrases.flatMap((phrase) => phrase.split(/[\s-]+/))];
  const right = await sql.query<{ word: string }>(
    `with q as materialized (select record.query_of(array[a], '{}') as q from unnest($2::text[]) a) select w.word from unnest($1::text[]) as w (word) where exists (select 1 from q where numnode(q.q) > 0 and record.words_of(w.word) @@ q.q)`,
    [textArray([...met]), textArray(asked)],
  );
  const known = new Set(right.map(({ word }) => word));
  return (word) => known.has(word.toLowerCase());
}

function bound(typed: string | undefined, now: Date, end: 0 | 1): string | null {
  if (!typed) return null;
  const date = parseDate(typed, now);
  if (!date)
    throw invalid(`« ${typed} » n’est pas une date.`, {
      [end ? 'to' : 'from']: 'Écrivez la date ainsi : JJ/MM/AAAA, MM/AAAA, AAAA.',
    });
  return dateSpan(date)[end];
}
function positionOf(cursor: string | undefined): [string, string] | null {
  if (!cursor) return null;
  const [, day, rid] = /^(\d{4}-\d{2}-\d{2})_(\d{1,18})$/.exec(cursor) ?? [];
  if (!day || !rid || Number.isNaN(Date.parse(day)))
    throw invalid('Cette page de résultats n’existe plus : recommencez la recherche.');
  return [day, rid];
}
