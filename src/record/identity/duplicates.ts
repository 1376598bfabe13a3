import type { FhirStore } from '../../fhir/index.ts';
import type { Candidate } from '../contract.ts';
import { dateLabel, dateSpan, parseDate } from '../dates.rules.ts';
import { normalise } from '../fhir-words.ts';
import type { Room } from '../room.ts';
import { compactIns } from './ins.rules.ts';
import { findPatients, type IndexedPatient, type PatientQuery, phoneKey } from './patient-index.store.ts';
import { briefNow } from './search-patients.ts';

export interface Traits {
  birthFamily: string;
  birthGivens: string;
  usedFamily?: string | null;
  birthDate?: string | null;
  sex?: string | null;
  ins?: string | null;
  phones: readonly string[];
  self?: string | null;
}

/** Share of letters in place: 1 is equal. Small words, so the plain Levenshtein distance will do. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  if (!a || !b) return 0;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return 1 - row[b.length]! / Math.max(a.length, b.length);
}
const best = (mine: readonly string[], theirs: readonly string[]): number =>
  Math.max(0, ...mine.flatMap((a) => theirs.map((b) => likeness(a, b))));
/** Same day; day and month swapped; one figure wrong; a partial date that holds the other. */
function dateLikeness(a: string, b: string): number {
  if (!a || !b) return 0;
  if (a === b) return 1;
  const [low, high] = dateSpan(a);
  const [otherLow, otherHigh] = dateSpan(b);
  if (a.length !== b.length && low <= otherHigh && otherLow <= high) return 0.8;
  if (a.length === 10 && b.length === 10) {
    if (`${a.slice(0, 4)}-${a.slice(8)}-${a.slice(5, 7)}` === b) return 0.8;
    if ([...a].filter((char, i) => char !== b[i]).length === 1) return 0.6;
  }
  return 0;
}

/** IDV-2: how much a known patient looks like the identity being typed, with the reasons. */
export function compareTraits(
  mine: { families: string[]; givens: string[]; birthDate: string; sex: string; ins: string; phones: string[] },
  known: IndexedPatient,
): { score: number; strong: boolean; reasons: string[] } {
  const reasons: string[] = [];
  const family = best(mine.families, known.families);
  const given = best(
    mine.givens.flatMap((one) => [one, one.split(' ')[0]!]),
    known.givens.flatMap((one) => [one, one.split(' ')[0]!]),
  );
  const date = dateLikeness(mine.birthDate, known.birthDate);
  const sameIns = mine.ins !== '' && mine.ins === known.ins;
  const phone = mine.phones.some((one) => known.phones.includes(one));
  const swapped = best(mine.families, known.givens) > 0.9 && best(mine.givens, known.families) > 0.9;
  if (sameIns) reasons.push('même INS');
  if (family === 1) reasons.push('même nom');
  else if (family >= 0.75) reasons.push('nom proche');
  if (swapped) reasons.push('nom et prénom inversés');
  if (given === 1) reasons.push('même prénom');
  else if (given >= 0.7) reasons.push('prénom proche');
  if (date === 1) reasons.push('même date de naissance');
  else if (date > 0) reasons.push('date de naissance proche');
  if (phone) reasons.push('même téléphone');
  const names = swapped ? 1 : family * 0.55 + given * 0.45;
  const contrary =
    mine.sex && known.brief.sex !== 'unknown' && mine.sex !== 'unknown' && mine.sex !== known.brief.sex ? 15 : 0;
  const score = sameIns
    ? 100
    : Math.max(0, Math.min(99, Math.round(names * 55 + date * 40 + (phone ? 10 : 0) - contrary)));
  // Same names and same date are the same person until someone says otherwise, whatever the sex typed.
  const strong =
    sameIns ||
    (date >= 0.8 && ((family >= 0.8 && given >= 0.7) || swapped)) ||
    (date === 1 && given >= 0.9 && phone) ||
    (date >= 0.6 && family === 1 && given === 1);
  return { score, strong, reasons };
}

/** Patients that look like these traits, most alike first. Those one may not see by name are not told of. */
export async function findDuplicates(room: Room, store: FhirStore, traits: Traits): Promise<Candidate[]> {
  const now = room.now();
  const sight = await store.sight('read');
  const date = traits.birthDate ? (parseDate(traits.birthDate, now) ?? '') : '';
  const distinct = (values: (string | null | undefined)[]) => [
    ...new Set(values.map((value) => normalise(value ?? '')).filter(Boolean)),
  ];
  const mine = {
    families: distinct([traits.birthFamily, traits.usedFamily]),
    givens: distinct([traits.birthGivens]),
    birthDate: date,
    sex: traits.sex ?? '',
    ins: traits.ins ? compactIns(traits.ins) : '',
    phones: traits.phones.map(phoneKey).filter(Boolean),
  };
  const none: PatientQuery = { words: [], birthLow: '', birthHigh: '', ins: '', phone: '', fuzzy: false, most: 30 };
  const names = [...mine.families, ...mine.givens].join(' ');
  // The family names run together are the way in: «Leberrigaut» for Le Berrigaud.
  const driven = [
    mine.families[0]?.replaceAll(' ', '') ?? '',
    ...(mine.givens[0]?.split(' ').slice(0, 1) ?? []),
  ].filter(Boolean);
  const queries: PatientQuery[] = [];
  if (mine.ins.length === 15) queries.push({ ...none, ins: mine.ins });
  for (const phone of mine.phones) queries.push({ ...none, phone });
  if (names.length >= 4 && driven[0]) queries.push({ ...none, fuzzy: true, words: driven });
  if (date) {
    const [birthLow, birthHigh] = [date, date.length === 10 ? date : dateSpan(date)[1]];
    queries.push({ ...none, birthLow, birthHigh, most: 60 });
    if (date.length === 10 && date.slice(5, 7) !== date.slice(8) && Number(date.slice(8)) <= 12) {
      const swapped = `${date.slice(0, 4)}-${date.slice(8)}-${date.slice(5, 7)}`;
      queries.push({ ...none, birthLow: swapped, birthHigh: swapped });
    }
  }
  const found = new Map<string, IndexedPatient>();
  await store.sql(async (sql) => {
    for (const query of queries)
      for (const one of await findPatients(sql, store.caller.tenant, sight, query)) found.set(one.brief.id, one);
  });
  return [...found.values()]
    .filter((one) => one.brief.id !== traits.self)
    .map((one) => ({ ...briefNow(one, now), ...compareTraits(mine, one) }))
    .filter((one) => one.strong || one.score >= 55)
    .sort((a, b) => Number(b.strong) - Number(a.strong) || b.score - a.score)
    .slice(0, 10)
    .map((one) => ({ ...one, birthDateLabel: dateLabel(one.birthDate) }));
}
