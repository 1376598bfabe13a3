// https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-ins
import { exactText, parseExact } from '../decimals.ts';
import { FhirProblem } from '../outcome.ts';
import {
  asJson,
  type FhirStore,
  type JsonResource,
  type ResourceOf,
  type ResourceType,
  type Stored,
  type StoredVersion,
  type Writable,
  type WriteOptions,
} from '../store/store.ts';
import { actRefusal, mergeLinks, saysOther, unread, withMergeLinks } from './acts.rules.ts';
import { type Addressed, mustReach, newlyAddressed } from './addressed.ts';
import { type Identifier, isIns, isProven } from './identity.rules.ts';
import { deletionRefusal } from './kept.rules.ts';
import { meetingRefusal } from './meetings.rules.ts';

const mark = 'urn:oid:1.2.250.1.213.1.4.';

const listOf = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);
/** An INS of a proven identity is qualified: it may leave. One that was replaced never may. */
const mayLeave = (patient: JsonResource, one: Identifier): boolean =>
  !isIns(one) || (isProven(patient) && one.use !== 'old' && one.use !== 'temp');
const held = (patient: JsonResource): Identifier[] =>
  listOf<Identifier>(patient.identifier).filter((one) => !mayLeave(patient, one));

/** The text of a Patient as it may leave the house (IDV-1); the same text when nothing is held back. Contained ones too. */
export function leaving(type: string, text: string): string {
  if (!text.includes(mark) || (type !== 'Patient' && !text.includes('"resourceType":"Patient"', 20))) return text;
  const resource = parseExact(text) as JsonResource;
  let changed = false;
  for (const one of [resource, ...listOf<JsonResource>(resource.contained)]) {
    if (one?.resourceType !== 'Patient' || held(one).length === 0) continue;
    const rest = listOf<Identifier>(one.identifier).filter((each) => mayLeave(one, each));
    if (rest.length > 0) one.identifier = rest;
    else delete one.identifier;
    changed = true;
  }
  return changed ? exactText(resource) : text;
}

class Leaving<T extends ResourceType> implements StoredVersion<T> {
  readonly #whole: StoredVersion<T>;
  readonly text: string;
  #resource: ResourceOf<T> | undefined;
  constructor(whole: StoredVersion<T>, text: string) {
    this.#whole = whole;
    this.text = text;
  }
  get resource() {
    return (this.#resource ??= parseExact(this.text) as ResourceOf<T>);
  }
  get type() {
    return this.#whole.type;
  }
  get id() {
    return this.#whole.id;
  }
  get version() {
    return this.#whole.version;
  }
  get updated() {
    return this.#whole.updated;
  }
  get deleted() {
    return this.#whole.deleted;
  }
  get created() {
    return this.#whole.created;
  }
  get kind() {
    return this.#whole.kind;
  }
}
const shown = <T extends ResourceType>(stored: Stored<T>): Stored<T> => {
  const text = leaving(stored.type, stored.text);
  return text === stored.text ? stored : new Leaving(stored, text);
};

const kept = (standing: JsonResource | null): FhirProblem | null => {
  const refusal = standing && deletionRefusal(standing);
  return refusal ? new FhirProblem(409, 'business-rule', refusal, { expression: standing.resourceType }) : null;
};

/** What has to be looked at again before the running transaction ends. */
interface Pending {
  /** Observations that say something else than before. */
  values: Set<string>;
  addressed: Addressed[];
}
/** A value that may have been validated changes its report with it, and whom something is addressed to is looked at once it stands: in one transaction. */
const apart = new FhirProblem(409, 'conflict', 'What follows from this is written with it.');
/** What was validated is not what stands any more: its reports wait again. Written by the house: who may correct a value may not say who validates it. */
async function validateAgain(tx: FhirStore, values: ReadonlySet<string>): Promise<void> {
  const house = tx.asHouse('valeur corrigée après validation');
  for (const id of values) {
    const { resources } = await house.search('DiagnosticReport', [
      ['result', `Observation/${id}`],
      ['_count', '20'],
    ]);
    for (const { resource, version } of resources) {
      const next = unread(asJson(resource));
      if (next) await house.update(next, { ifMatch: `W/"${version}"` });
    }
  }
}

/** What whoever writes a Patient was not shown of it stays: an INS that may not leave, and what a merge linked. */
async function wholeOf<T extends ResourceType>(
  store: FhirStore,
  given: Writable<T>,
): Promise<JsonResource & { resourceType: T }> {
  const resource: JsonResource & { resourceType: T } = { ...asJson(given), resourceType: given.resourceType };
  if (resource.resourceType !== 'Patient' || typeof resource.id !== 'string') return resource;
  const standing = await store.read('Patient', resource.id).catch((error: unknown) => {
    // A Patient that is new, or was deleted, has nothing to keep.
    if (error instanceof FhirProblem && error.status < 500) return null;
    throw error;
  });
  if (!standing) return resource;
  const before = asJson(standing.resource);
  const written = listOf<Identifier>(resource.identifier);
  const withheld = held(before).filter(
    (one) => !written.some((other) => isIns(other) && other.use !== 'old' && one.use !== 'old'),
  );
  return {
    ...resource,
    ...(mergeLinks(before).length > 0 && { link: withMergeLinks(before, resource.link) }),
    ...(withheld.length > 0 && { identifier: [...written, ...withheld] }),
  };
}
/** What comes of an act is not created beside it. */
function mustBeFree(store: FhirStore, resources: readonly Writable[]): void {
  for (const resource of resources) {
    const refusal = actRefusal(store.caller, null, asJson(resource));
    if (refusal)
      throw new FhirProblem(refusal.status, refusal.outcome.issue[0]!.code, refusal.message, {
        issues: refusal.outcome.issue,
        about: `${resource.resourceType}/${resource.id}`,
      });
  }
}

/**
 * The store as the REST surface has it: an INS leaves only when it is qualified, and whoever was not shown one does not take it away by writing back what they read; what comes of an
 * act is left to that act (docs/adr/0045), nothing is addressed to someone whom the patient keeps from it (0051), and an entry of a record is marked as entered in error, not deleted.
 * @param pending of the running transaction
 */
export function outgoing(store: FhirStore, pending?: Pending): FhirStore {
  const addressedBy = (standing: JsonResource | null, next: JsonResource): Addressed | null =>
    store.caller.kind === 'system' ? null : newlyAddressed(standing, next);
  const outside: FhirStore = {
    ...store,
    create: async (resource, options) => {
      mustBeFree(store, [resource]);
      const addressed = addressedBy(null, asJson(resource));
      if (addressed && !pending) return outside.transaction((tx) => tx.create(resource, options));
      const stored = await store.create(resource, options);
      // Found by its condition, it was not written.
      if (addressed && stored.created) pending?.addressed.push(addressed);
      return shown(stored);
    },
    createMany: async (resources, options) => {
      mustBeFree(store, resources);
      const addressed = resources.flatMap((one) => addressedBy(null, asJson(one)) ?? []);
      if (addressed.length > 0 && !pending) return outside.transaction((tx) => tx.createMany(resources, options));
      pending?.addressed.push(...addressed);
      return (await store.createMany(resources, options)).map(shown);
    },
    read: async (type, id) => shown(await store.read(type, id)),
    readVersion: async (type, id, version) => shown(await store.readVersion(type, id, version)),
    update: async <T extends ResourceType>(resource: Writable<T>, options?: WriteOptions): Promise<Stored<T>> => {
      const unless: WriteOptions['unless'] = (standing, next) => {
        const refusal = actRefusal(store.caller, standing, next);
        if (refusal) return refusal;
        const corrects = standing !== null && saysOther(standing, next);
        const addressed = addressedBy(standing, next);
        if (!corrects && !addressed) return null;
        if (!pending) return apart;
        if (corrects) pending.values.add(next.id!);
        if (addressed) pending.addressed.push(addressed);
        return null;
      };
      try {
        return shown(await store.update<T>(await wholeOf(store, resource), { ...options, unless }));
      } catch (error) {
        if (error !== apart) throw error;
        return outside.transaction((tx) => tx.update<T>(resource, options));
      }
    },
    delete: (type, id, options) =>
      store.delete(type, id, {
        ...options,
        unless: (standing, next) => kept(standing) ?? meetingRefusal(store.caller, standing, next),
      }),
    history: async (type, id, query) => {
      const page = await store.history(type, id, query);
      return { ...page, versions: page.versions.map(shown) };
    },
    search: async (type, query, options) => {
      const page = await store.search(type, query, options);
      return { ...page, resources: page.resources.map(shown), included: page.included.map(shown) };
    },
    compartment: async (patient, query) => (await store.compartment(patient, query)).map(shown),
    compartmentOf: async (patient, named) => (await store.compartmentOf(patient, named)).map(shown),
    everything: async (patient, query) => {
      const page = await store.everything(patient, query);
      return { ...page, resources: page.resources.map(shown) };
    },
    transaction: (work) =>
      store.transaction(async (tx) => {
        if (pending) return work(outgoing(tx, pending));
        const own: Pending = { values: new Set(), addressed: [] };
        const done = await work(outgoing(tx, own));
        await validateAgain(tx, own.values);
        await tx.sql((sql) => mustReach(sql, store.caller.tenant, own.addressed));
        return done;
      }),
    asHouse: (reason) => outgoing(store.asHouse(reason), pending),
  };
  return outside;
}
