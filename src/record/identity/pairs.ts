import type { Patient } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { clinicalKinds, type KindOfData, kindsOfData, maskOf, mergedInto } from '../../access/index.ts';
import type { FhirStore, Stored } from '../../fhir/index.ts';
import { notFound } from '../../platform/index.ts';
import type { duplicatePair, mergeLine, pairSide } from '../contract.ts';
import type { recordContract } from '../contract.ts';
import { today } from '../dates.rules.ts';
import { needsPatientId } from '../read/enter.ts';
import type { PersonCaller, Room } from '../room.ts';
import { compareTraits } from './duplicates.ts';
import { saysGone, sideBySide, type Verdict, verdictOf } from './merge.rules.ts';
import {
  apartOnes,
  countsByKind,
  inCare,
  isApart,
  lastMerges,
  type Merge,
  pairOf,
  pairsToCompare,
} from './merges.store.ts';
import { type IndexedPatient, patientsByKey } from './patient-index.store.ts';
import { briefOf } from './patient.rules.ts';
import { briefNow } from './search-patients.ts';

type PairLine = z.infer<typeof duplicatePair>;
type Page = z.infer<typeof recordContract.duplicatePairs.reply>;
const most = 100;
const compared = 2_000;

const mine = (one: IndexedPatient) => ({
  families: one.families,
  givens: one.givens,
  birthDate: one.birthDate,
  sex: one.brief.sex,
  ins: one.ins,
  phones: one.phones,
});

/** IDV-2: the patients of the practice who may be one person, most alike first; what was set apart; the merges there have been. */
export async function duplicatePairs(room: Room, caller: PersonCaller): Promise<Page> {
  const store = room.fhirFor(caller);
  const now = room.now();
  const sight = await store.sight('read');
  const { found, people, apart, merges } = await store.sql(async (sql) => {
    const pairs = await pairsToCompare(sql, caller.tenant, compared);
    const set = await apartOnes(sql, caller.tenant);
    return {
      found: pairs,
      apart: set,
      merges: await lastMerges(sql, caller.tenant, 100),
      people: await patientsByKey(sql, caller.tenant, sight, [
        ...new Set([...pairs, ...set].flatMap((pair) => [pair.one, pair.other])),
      ]),
    };
  });
  const pairs = found
    .flatMap((pair): (PairLine & { strong: boolean })[] => {
      const [a, b] = [people.get(pair.one), people.get(pair.other)];
      return a && b ? [{ one: briefNow(a, now), other: briefNow(b, now), ...compareTraits(mine(a), b) }] : [];
    })
    .filter((pair) => pair.strong)
    .sort((a, b) => b.score - a.score || a.one.name.localeCompare(b.one.name, 'fr'));
  return {
    pairs: pairs.slice(0, most).map(({ strong: _, ...pair }) => pair),
    more: pairs.length > most,
    apart: apart.flatMap((pair) => {
      const [a, b] = [people.get(pair.one), people.get(pair.other)];
      return a && b
        ? [{ one: briefNow(a, now), other: briefNow(b, now), name: pair.by_name, at: new Date(pair.at).toISOString() }]
        : [];
    }),
    merges: await mergeLines(store, merges),
  };
}

/** Merges with the names as they are now; of patients whom one may not know nothing is said. */
export async function mergeLines(store: FhirStore, merges: readonly Merge[]): Promise<z.infer<typeof mergeLine>[]> {
  const ids = [...new Set(merges.flatMap((one) => [one.gone, one.kept]))];
  const names = new Map<string, { name: string; detail: string }>();
  for (let i = 0; i < ids.length; i += 50) {
    const { resources } = await store.search('Patient', [
      ['_id', ids.slice(i, i + 50).join(',')],
      ['_count', '50'],
    ]);
    for (const one of resources) {
      const brief = briefOf(one.resource, '2000-01-01');
      names.set(one.id, {
        name: brief.name,
        detail: [brief.birthDateLabel, brief.phone, brief.insStatusLabel.toLowerCase()].filter(Boolean).join(' · '),
      });
    }
  }
  return merges.flatMap((one) => {
    const [gone, kept] = [names.get(one.gone), names.get(one.kept)];
    if (!gone || !kept) return [];
    return [
      {
        id: one.id,
        gone: one.gone,
        goneName: gone.name,
        goneDetail: gone.detail,
        kept: one.kept,
        keptName: kept.name,
        keptDetail: kept.detail,
        name: one.by_name,
        at: new Date(one.at).toISOString(),
        reason: one.reason,
        unsorted: one.unsorted,
        separated: one.separated_at
          ? { name: one.separated_name ?? '', at: new Date(one.separated_at).toISOString() }
          : null,
      },
    ];
  });
}

export interface Couple {
  store: FhirStore;
  stored: [Stored<'Patient'>, Stored<'Patient'>];
  patients: [Patient, Patient];
  /** One of them has gone into another here. */
  merged: boolean;
  counts: Map<string, Map<KindOfData, number>>;
  verdict: Verdict;
  /** Why this person may not merge these two: nobody opens a record to oneself by merging it. */
  notYou: string | null;
  apart: boolean;
}
/** Two records at one desk. */
export async function couple(room: Room, caller: PersonCaller, one: string, other: string): Promise<Couple> {
  needsPatientId(one);
  needsPatientId(other);
  if (one === other) throw notFound('Cette paire de patients');
  const store = room.fhirFor(caller);
  const stored: [Stored<'Patient'>, Stored<'Patient'>] = [
    await store.read('Patient', one),
    await store.read('Patient', other),
  ];
  const patients = stored.map((each) => each.resource) as [Patient, Patient];
  const sight = await store.sight('read');
  const { gone, counts, care, apart } = await store.sql(async (sql) => ({
    gone: await mergedInto(sql, caller.tenant, [one, other]),
    counts: await countsByKind(sql, caller.tenant, [one, other]),
    care: await inCare(sql, caller.tenant, sight, [one, other]),
    apart: await isApart(sql, caller.tenant, pairOf(one, other)),
  }));
  const clinical = maskOf(clinicalKinds.filter((kind) => kind !== 'coordination' && kind !== 'private-notes'));
  const notYou =
    (sight.teamMask & clinical) !== 0 && care.size === 1
      ? 'Vous faites partie de l’équipe de soins d’un seul de ces deux patients : la fusion vous ouvrirait l’autre dossier. Demandez-la au secrétariat, à la coordination ou à une personne qui soigne les deux.'
      : null;
  return {
    store,
    stored,
    patients,
    merged: gone.size > 0,
    counts,
    verdict: verdictOf(patients, [totalOf(counts.get(one)!), totalOf(counts.get(other)!)]),
    notYou,
    apart,
  };
}
const totalOf = (counts: ReadonlyMap<KindOfData, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** The pair side by side. Who does not read a kind here is not told how much of it there is. */
export async function duplicatePairPage(
  room: Room,
  caller: PersonCaller,
  one: string,
  other: string,
): Promise<z.infer<typeof recordContract.duplicatePair.reply>> {
  const { store, stored, patients, merged, counts, verdict, notYou, apart } = await couple(room, caller, one, other);
  const now = room.now();
  const sight = await store.sight('read');
  const people = await store.sql((sql) => patientsByKey(sql, caller.tenant, sight, [one, other]));
  const briefs = patients.map((patient) => briefOf(patient, today(now))) as [
    ReturnType<typeof briefOf>,
    ReturnType<typeof briefOf>,
  ];
  const gone = merged || patients.some((patient) => patient.active === false && !saysGone(patient));
  const traits = sideBySide(patients, briefs);
  const sides = stored.map((each, i): z.infer<typeof pairSide> => {
    const kinds = counts.get(each.id)!;
    const told = [...kinds].filter(([kind]) => sight.practiceMask & maskOf([kind]));
    const rest = [...kinds]
      .filter(([kind]) => !(sight.practiceMask & maskOf([kind])))
      .reduce((sum, [, count]) => sum + count, 0);
    return {
      patient: briefs[i]!,
      version: each.version,
      created: each.updated,
      traits: traits[i]!,
      total: totalOf(kinds),
      mayNotStay: verdict.mayNotStay[i]!,
      counts: [
        ...told.map(([kind, count]) => ({ label: kindsOfData[kind].fr, count })),
        ...(rest > 0 ? [{ label: 'Données de soins', count: rest }] : []),
      ],
    };
  });
  const [a, b] = [people.get(one), people.get(other)];
  return {
    sides,
    reasons: a && b ? compareTraits(mine(a), b).reasons : [],
    refused: gone ? 'Un de ces dossiers a déjà été réuni à un autre.' : (verdict.refused ?? notYou),
    suggested: stored[verdict.suggested].id,
    warnings: verdict.warnings,
    apart,
  };
}
