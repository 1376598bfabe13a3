import { type Importer, newId } from '../../fhir/index.ts';
import { hash64 } from '../../platform/index.ts';
import { goodId, type Identity, type Scope } from './identity.ts';
import { type OriginRow, originsOf, promised } from './origin.store.ts';
import type { Traits } from './traits.ts';
import { identifierIn, identifiersOf, type Mention } from './references.ts';
import type { Json } from './read-entries.ts';

/** What is known of an identity: where it is, or will be, in the store. */
export interface Known {
  key: string;
  hash: string;
  type: string;
  id: string;
  /** Hash of the content that came; null while only spoken of. */
  content: string | null;
  /** Version that the take-over wrote; null when it has not written it. */
  version: number | null;
  run: number;
  /** The id was seen to be free by this process. */
  free: boolean;
  /** The row is in the database. */
  saved: boolean;
  /** A resource of the practice that did not come under this identity and is meant all the same: found by a condition, or by its id. */
  adopted: false | 'condition' | 'standing';
  /** When its source last changed what came, ms since 1970; null when it did not say. */
  saidAt: number | null;
  /** Up to this edition, versions here bear the numbers of the source; before anything came, the number that is expected. */
  edition: number | null;
  /** Where it came last in this run: `a.ndjson, ligne 3`. */
  came?: string;
  /** Whom a dry run would have written there. */
  traits?: Traits;
}

const most = 120_000;
const kept = 80_000;
/** Types that conditions point to while they are still on their way to the store. */
const carriers = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Patient',
  'Device',
  'Medication',
  'HealthcareService',
  'Endpoint',
]);
const conditionKey = (type: string, system: string | null, value: string): string =>
  `${type}|${system === null ? '*' : system}|${value}`;

/** Decides, once for each identity, which resource of the store it is. Memory is bounded: what is saved can be asked for again. */
export class Origins {
  readonly #tenant: number;
  readonly #importer: Importer;
  readonly #run: number;
  #cache = new Map<string, Known>();
  /** `Type/id` given away and not in the database yet. */
  #claimed = new Set<string>();
  #conditions = new Map<string, string | 'many'>();
  /** Identities that were decided and must be saved with the next batch. */
  #unsaved: Known[] = [];

  constructor(deps: { tenant: number; importer: Importer; run: number }) {
    this.#tenant = deps.tenant;
    this.#importer = deps.importer;
    this.#run = deps.run;
  }

  get(key: string): Known | undefined {
    return this.#cache.get(key);
  }

  /** Looks up or decides all of these; afterwards `get` answers for each. `came`: they are resources, not only spoken of. */
  async settle(identities: Iterable<Identity>, came: boolean): Promise<void> {
    const asked = new Map<string, Identity>();
    for (const identity of identities) if (!this.#cache.has(identity.key)) asked.set(identity.key, identity);
    if (asked.size === 0) return;
    const hashes = new Map([...asked.keys()].map((key) => [String(hash64(key)), key]));
    const { rows, standing, taken } = await this.#importer.look(async ({ sql, standing }) => {
      const rows = await originsOf(sql, this.#tenant, [...hashes.keys()]);
      const known = new Set(rows.map((row) => hashes.get(row.origin)!));
      const places = [...asked.values()].flatMap(({ key, type, wanted }) =>
        !known.has(key) && wanted !== null && goodId.test(wanted) ? [{ type, id: wanted }] : [],
      );
      if (places.length === 0) return { rows, standing: new Map<string, { deleted: boolean }>(), taken: [] };
      return { rows, standing: await standing(places), taken: await promised(sql, this.#tenant, places) };
    });
    for (const row of rows) {
      const key = hashes.get(row.origin)!;
      this.#put({
        ...row,
        run: row.version === null && row.content === null ? this.#run : row.run,
        edition: row.edition ?? null,
        key,
        hash: row.origin,
        free: false,
        saved: true,
        adopted: false,
      });
      asked.delete(key);
    }
    const promises = new Set(taken.map((row) => `${row.type}/${row.id}`));
    for (const identity of asked.values()) this.#decide(identity, standing, promises, came);
  }

  #decide(
    identity: Identity,
    standing: ReadonlyMap<string, { deleted: boolean }>,
    promises: ReadonlySet<string>,
    came: boolean,
  ): void {
    const { key, type, wanted } = identity;
    const known: Known = {
      key,
      hash: String(hash64(key)),
      type,
      id: '',
      content: null,
      version: null,
      run: this.#run,
      free: true,
      saved: false,
      adopted: false,
      saidAt: null,
      edition: null,
    };
    const place = wanted !== null && goodId.test(wanted) ? `${type}/${wanted}` : null;
    const there = place ? standing.get(place) : undefined;
    if (place && !there && !promises.has(place) && !this.#claimed.has(place)) known.id = wanted!;
    else if (
      place &&
      there &&
      !promises.has(place) &&
      (identity.worldwide || ((!came || identity.everyone) && key.startsWith('|') && !there.deleted))
    ) {
      // The same UUID, or a reference to this practice's own id: the resource that stands here is meant. A resource that comes with a short
      // id that is taken is another one: numbers of two programs meet by chance.
      known.id = wanted!;
      known.free = false;
      known.adopted = there.deleted ? false : 'standing';
    } else known.id = newId();
    this.#claimed.add(`${type}/${known.id}`);
    this.#put(known);
    if (!known.adopted) this.#unsaved.push(known);
  }

  #put(known: Known): void {
    this.#cache.set(known.key, known);
    if (this.#cache.size <= most) return;
    for (const [key, one] of this.#cache) {
      if (one.saved || one.adopted) this.#cache.delete(key);
      if (this.#cache.size <= kept) break;
    }
  }

  /** Entries of a bundle that must not be created twice are replaced by what is already there. */
  async settleConditions(scope: Scope): Promise<void> {
    if (scope.settled) return;
    scope.settled = true;
    await this.settle(
      scope.conditional.map((one) => one.identity),
      true,
    );
    const open = scope.conditional.flatMap(({ identity, query }) => {
      const known = this.#cache.get(identity.key)!;
      const asked = identifierIn(query);
      return known.content === null && !known.saved && !known.adopted && asked
        ? [{ known, asked: { type: identity.type, ...asked } }]
        : [];
    });
    const found = await this.find(open.map((one) => one.asked));
    for (const [i, id] of found.entries()) {
      const { known } = open[i]!;
      if (id === null || id === 'many' || id === known.id) continue;
      known.id = id;
      known.free = false;
      known.adopted = 'condition';
    }
  }

  /** Remembers how conditions may ask for a resource that is on its way. */
  carry(resource: Json, known: Known): void {
    if (!carriers.has(known.type)) return;
    if (this.#conditions.size > most) this.#conditions.clear();
    for (const { system, value } of identifiersOf(resource))
      for (const key of [conditionKey(known.type, system, value), conditionKey(known.type, null, value)]) {
        const before = this.#conditions.get(key);
        this.#conditions.set(key, before === undefined || before === known.id ? known.id : 'many');
      }
  }

  /** Id of the one resource that carries each identifier; null for none. */
  async find(asked: readonly { type: string; system: string | null; value: string }[]): Promise<(string | null)[]> {
    const missing = new Map<string, { type: string; system: string | null; value: string }>();
    for (const one of asked) {
      const key = conditionKey(one.type, one.system, one.value);
      if (!this.#conditions.has(key)) missing.set(key, one);
    }
    const none = new Set<string>();
    if (missing.size > 0) {
      const found = await this.#importer.look((look) => look.findByIdentifier([...missing.values()]));
      for (const [i, key] of [...missing.keys()].entries()) {
        const ids = found[i]!;
        // Nothing found is not remembered: it may come.
        if (ids.length === 0) none.add(key);
        else this.#conditions.set(key, ids.length === 1 ? ids[0]! : 'many');
      }
    }
    return asked.map((one) => {
      const key = conditionKey(one.type, one.system, one.value);
      return none.has(key) ? null : (this.#conditions.get(key) ?? null);
    });
  }

  /** Resolves conditions among mentions: id, 'many' or null, in order. */
  async settleMentions(mentions: readonly Mention[]): Promise<Map<Mention, string | null>> {
    const conditions = mentions.filter((mention) => mention.kind === 'condition');
    const found = await this.find(conditions);
    return new Map(conditions.map((mention, i) => [mention, found[i]!]));
  }

  /** Rows to save with the batch at hand. */
  takeUnsaved(): Known[] {
    const all = this.#unsaved;
    this.#unsaved = [];
    return all.filter((known) => !known.adopted || known.content !== null);
  }
  /** They are in the database now. */
  saved(all: readonly Known[]): void {
    for (const known of all) {
      known.saved = true;
      this.#claimed.delete(`${known.type}/${known.id}`);
    }
  }
  rowOf(known: Known): OriginRow {
    return {
      origin: known.hash,
      type: known.type,
      id: known.id,
      content: known.content,
      version: known.version,
      run: known.run,
      saidAt: known.saidAt,
      edition: known.edition,
    };
  }
}
