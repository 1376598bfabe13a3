import { type Db, hash64, type May, type Sql } from '../platform/index.ts';
import type { Caller, PersonCaller, PracticeRole } from './caller.ts';
import { type KindOfData, kindCodes, kindsOfData } from './kinds-of-data.ts';
import { isPracticeAct, type PracticeActRule, practiceActs } from './practice-rights.ts';
import { isProfession, isRegional, type Profession } from './professions.ts';
import { loadRightChanges } from './rights.store.ts';
import { clinicalKinds, type Rights, readyMadeRights } from './rights-table.ts';
import { type ScopeLetter, typesOf } from './scopes.ts';
import { type Act, type Param, reads, type Sight, sightPredicate } from './sight.ts';

/**
 * The one decision place (trust.md): right of the profession on the kind of data × care team × opposition × sensitivity × emergency.
 * Denied unless said otherwise here.
 */

type RightsOfPractice = Partial<Record<Profession, Rights>>;
/** Practices' own changes, for a few seconds; another process learns of a change within this delay, this one at once. */
const ttl = 5_000;
const cache = new WeakMap<Db, Map<number, { until: number; rights: Promise<RightsOfPractice> }>>();

const isDb = (from: Db | Sql): from is Db => 'tenant' in from;

async function load(from: Db | Sql, tenant: number): Promise<RightsOfPractice> {
  const rows = isDb(from)
    ? await from.tenant(tenant, (sql) => loadRightChanges(sql, tenant))
    : await loadRightChanges(from, tenant);
  const found: Record<string, Record<string, unknown>> = {};
  for (const row of rows) {
    if (!isProfession(row.profession) || !Object.hasOwn(kindsOfData, row.kind)) continue;
    found[row.profession] ??= { ...readyMadeRights[row.profession] };
    found[row.profession]![row.kind] = { reach: row.reach, write: row.write };
  }
  return found as RightsOfPractice;
}

/** Rights of a profession in a practice. Give the Db when you hold it: then the practice's changes are remembered for 5 s. */
export async function rightsOf(from: Db | Sql, tenant: number, profession: Profession): Promise<Rights> {
  let changes: RightsOfPractice;
  if (isDb(from)) {
    let known = cache.get(from);
    if (!known) cache.set(from, (known = new Map()));
    let entry = known.get(tenant);
    if (!entry || entry.until < Date.now()) {
      entry = { until: Date.now() + ttl, rights: load(from, tenant) };
      known.set(tenant, entry);
      entry.rights.catch(() => known.delete(tenant));
    }
    changes = await entry.rights;
  } else changes = await load(from, tenant);
  return changes[profession] ?? readyMadeRights[profession];
}

/** Forgets the rights of a practice after a change. */
export function forgetRights(db: Db, tenant: number): void {
  cache.get(db)?.delete(tenant);
}

const maskWhere = (rights: Rights, wanted: (right: Rights[KindOfData]) => boolean): number =>
  kindCodes.reduce((mask, kind) => (wanted(rights[kind]) ? mask | (1 << kindsOfData[kind].bit) : mask), 0);

const lettersOf: Record<Act, readonly ScopeLetter[]> = {
  read: ['r'],
  search: ['s'],
  create: ['c'],
  update: ['u'],
  delete: ['d'],
  write: ['c', 'u', 'd'],
};

/**
 * What this caller may reach. With a Db the answer costs no statement most of the time; with a Sql (inside a transaction, where a Db
 * would wait for itself) it costs one.
 */
export async function sightOf(from: Db | Sql, caller: Caller, act: Act): Promise<Sight> {
  const nothing: Sight = {
    caller,
    everything: false,
    practiceMask: 0,
    teamMask: 0,
    practitionerKey: 0n,
    profession: '',
    types: null,
    onlyPatient: null,
  };
  if (caller.kind === 'system') return { ...nothing, everything: true };
  if (caller.kind === 'client') {
    const types = typesOf(caller, lettersOf[act]);
    return {
      ...nothing,
      types,
      onlyPatient: caller.patient === undefined ? null : hash64(`Patient/${caller.patient}`),
    };
  }
  const rights = ofRegion(caller)
    ? readyMadeRights['ars-officer']
    : await rightsOf(from, caller.tenant, caller.profession);
  const counts = (right: Rights[KindOfData]) => reads(act) || right.write;
  return {
    ...nothing,
    practiceMask: maskWhere(rights, (right) => right.reach === 'practice' && counts(right)),
    teamMask: maskWhere(rights, (right) => right.reach !== 'none' && counts(right)),
    practitionerKey: hash64(`Practitioner/${caller.practitioner}`),
    profession: caller.profession,
  };
}

/** May this caller read or write this kind of data of this patient, by the very predicate that filters rows? */
export async function mayReach(
  from: Db | Sql,
  caller: Caller,
  patient: string,
  kind: KindOfData,
  act: Act,
): Promise<boolean> {
  const sight = await sightOf(from, caller, act);
  const params: unknown[] = [
    caller.tenant,
    kindsOfData[kind].bit,
    String(hash64(`Patient/${patient}`)),
    String(sight.practitionerKey),
  ];
  const param: Param = (value) => `$${params.push(value)}`;
  const where = sightPredicate({ ...sight, types: null }, 'r', param, '$3');
  const text = `select 1 as reached from (select $1::int as tenant_id, 'Basic' as type, $2::smallint as kind, $3::bigint as patient, null::bigint[] as patients, $4::bigint as author) r where ${where}`;
  const rows = isDb(from)
    ? await from.tenant(caller.tenant, (sql) => sql.query(text, params))
    : await from.query(text, params);
  return rows.length > 0;
}

/** Who a verdict is about: a person, without one patient in view. */
export interface Standing {
  profession: Profession;
  roles: readonly PracticeRole[];
  region?: true;
}
const ofRegion = (who: Pick<Standing, 'profession' | 'region'>): boolean =>
  who.region === true || isRegional(who.profession);
/** `team`: yes for the patients of whose care team one is, to be settled by `mayReach`. */
export type Verdict = 'yes' | 'team' | 'no';

/** What a contract entry allows to a signed-in person, before any patient is in view. The guard and the matrix both ask this. */
export function verdict(rights: Rights, who: Standing, may: May): Verdict {
  if (may === 'public' || may === 'signed-in' || may === 'pending') return 'yes';
  if ('practice' in may) {
    if (!isPracticeAct(may.practice)) return 'no';
    const act: PracticeActRule = practiceActs[may.practice];
    if (act.where !== 'both' && (act.where === 'region') !== ofRegion(who)) return 'no';
    return act.roles.some((role) => who.roles.includes(role)) ||
      act.professions?.includes(who.profession) ||
      (act.care && givesCare(rights))
      ? 'yes'
      : 'no';
  }
  const [kind, writes] = 'read' in may ? [may.read, false] : [may.write, true];
  if (!Object.hasOwn(kindsOfData, kind) || (ofRegion(who) && kind !== 'directory')) return 'no';
  const right = rights[kind as KindOfData];
  if (right.reach === 'none' || (writes && !right.write)) return 'no';
  return right.reach === 'team' ? 'team' : 'yes';
}

/** Does the profession reach any health content at all? */
export const givesCare = (rights: Rights): boolean =>
  clinicalKinds.some((kind) => kind !== 'private-notes' && kind !== 'coordination' && rights[kind].reach !== 'none');

/** May this person call this entry, for this patient when the path names one? */
export async function mayCall(from: Db | Sql, caller: PersonCaller, may: May, patient?: string): Promise<boolean> {
  if (typeof may === 'string') return may !== 'pending';
  const answer = verdict(await rightsOf(from, caller.tenant, caller.profession), caller, may);
  if (answer === 'no') return false;
  if ('practice' in may || patient === undefined) return true;
  return 'read' in may
    ? mayReach(from, caller, patient, may.read as KindOfData, 'read')
    : mayReach(from, caller, patient, may.write as KindOfData, 'write');
}
