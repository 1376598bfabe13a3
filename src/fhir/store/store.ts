import type { ExtractResource, ResourceType } from '@medplum/fhirtypes';
import type { Act, Caller, KindOfData, Sight } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import type { FhirProblem } from '../outcome.ts';
import type { HistoryQuery } from './history.ts';
import type { Issue } from '../validation/index.ts';

/** What is common to all resources of FHIR R4. A type of FHIR's own (`Task`, `Observation` …) is one; its elements are seen once its type was asked. */
export interface Resource {
  resourceType: ResourceType;
  id?: string;
  meta?: {
    versionId?: string;
    lastUpdated?: string;
    profile?: string[];
    tag?: Coding[];
    security?: Coding[];
  };
}
/** A resource as JSON of a type that is not looked at: each element has to be, before it is used. */
export interface JsonResource extends Resource {
  [element: string]: unknown;
}
/** Any resource by the names of its elements: true of every object, as nothing is said of what they hold. */
export const asJson = (resource: Resource): JsonResource => resource as JsonResource;
/** The resource of a type. */
export type ResourceOf<T extends ResourceType> = ExtractResource<T>;
export type { ResourceType };
/** Whether a resource is of this type. */
export const isResource = <T extends ResourceType>(
  resource: Resource | null | undefined,
  type: T,
): resource is Resource & ResourceOf<T> => resource?.resourceType === type;
/** What may be handed to the store. One that is written in place has the elements of the type it says it is. */
export type Writable<T extends ResourceType = ResourceType> = (Resource | ResourceOf<T>) & { resourceType: T };
export interface Coding {
  system?: string;
  code?: string;
  display?: string;
}

/** Whether a resource is of one of these types. */
export const isOneOf = <T extends ResourceType>(
  resource: Resource,
  types: readonly T[],
): resource is Resource & ResourceOf<T> => types.some((type) => resource.resourceType === type);

/**
 * A version of a resource as the store holds it: of one of the types T, which `type` tells apart, so that `stored.type === 'Task'` makes
 * `stored.resource` a Task.
 */
export type Stored<T extends ResourceType = ResourceType> = { [K in T]: StoredVersion<K> }[T];
/** Whether a version is of a resource of this type. */
export const isStored = <T extends ResourceType>(stored: Stored, type: T): stored is Stored & Stored<T> =>
  stored.type === type;
/** Those of these types. */
export function ofType<T extends ResourceType>(stored: readonly Stored[], ...types: readonly T[]): Stored<T>[] {
  const wanted: readonly ResourceType[] = types;
  return stored.filter((one): one is Stored & Stored<T> => wanted.includes(one.type));
}
/** `text` is its JSON as served; `resource` parses it on demand. */
export interface StoredVersion<T extends ResourceType> {
  readonly type: T;
  readonly id: string;
  readonly version: number;
  /** ISO instant. */
  readonly updated: string;
  readonly deleted: boolean;
  readonly text: string;
  readonly resource: ResourceOf<T>;
  /** The kind of data it is, as its row says; absent where nobody asked the database for it. */
  readonly kind?: KindOfData;
  /** True when this call made it (create, update as create). */
  readonly created?: boolean;
}

export interface WriteOptions {
  /** Version the writer has seen; anything else in the store is a 412 that carries the newer version. */
  ifMatch?: string;
  /** Search that must match nothing (create) — FHIR If-None-Exist. */
  ifNoneExist?: string;
  /** Why, for the ledger. */
  reason?: string;
  /** Of an update or a deletion by who may write it: says why it is refused all the same, of the version that stands (null: it is new), or nothing. */
  unless?: (standing: JsonResource | null, next: JsonResource) => FhirProblem | null;
}

export interface SearchPage<T extends ResourceType = ResourceType> {
  resources: Stored<T>[];
  included: Stored[];
  /** Present when it was asked for. */
  total?: number;
  /** Opaque position of the next page; absent on the last. */
  next?: string;
  warnings: Issue[];
  /** The parameters that were really used, for the self link; what lenient handling passed over is not there. */
  applied?: [string, string][];
}

/** A version by name, without what it says. */
export interface StoredKey<T extends ResourceType = ResourceType> {
  type: T;
  id: string;
  version: number;
}
export interface CompartmentQuery<T extends ResourceType = ResourceType> {
  /** Newest first within a type, by clinical date. */
  types: readonly T[];
  /** At most so many of each type; a list: of each in its turn. */
  each: number | readonly number[];
  /** For who only shows what is found: `resource` has numbers as JavaScript writes them, `kind` is there. */
  toShow?: boolean;
  /** What another room writes down in the same statement when the patient is known here. */
  along?: Along;
}
/** `sql`: a data-changing query whose one row has one text; `said` hears it, null when it gave none. */
export interface Along {
  sql(param: (value: unknown) => string): string;
  said(text: string | null): void;
}

export interface RecentQuery<T extends ResourceType = ResourceType> {
  types: readonly T[];
  /** ISO instant: written after it. */
  since: string;
  /** At most so many of each type. */
  each: number;
}

/** One thing looked for about each patient of a list. */
export interface Wanted {
  /** What the caller calls it. */
  name: string;
  type: ResourceType;
  /** At most so many for each patient, newest first by clinical date. */
  each: number;
  /** One of these tokens or references must be there, as `param`, `code` or `Type/id`: `['code', '4548-4']`. */
  any?: readonly (readonly [param: string, value: string])[];
}
export interface RoundsQuery {
  patients: readonly string[];
  wanted: readonly Wanted[];
}
export interface Found {
  patient: string;
  wanted: string;
  stored: Stored;
}

export interface EverythingQuery {
  types?: readonly ResourceType[];
  since?: string;
  start?: string;
  end?: string;
  count: number;
  cursor?: string;
}

export interface MergeDone {
  id: string;
  /** ISO instant. */
  at: string;
  /** How many resources of each type have changed patient. */
  moved: Record<string, number>;
}
export interface Separated {
  id: string;
  /** How many were given back. */
  back: number;
  /** How many were added meanwhile, for someone to sort. */
  toSort: number;
}
/** Two records of one person (docs/adr/0017-merge.md), through `asHouse` only: who may is the caller's to ask. 55P03 from the database: try again. */
export interface MergeStore {
  /** The record of `gone` goes into that of `kept`. `seen`: the versions of the two Patients that were looked at; 412 when one has changed. */
  mergePatients(
    gone: string,
    kept: string,
    options: { reason: string; seen: readonly [gone: number, kept: number] },
  ): Promise<MergeDone>;
  /** Gives every resource back as it was; 409 when a later merge stands on this one. */
  separatePatients(merge: string, options: { reason: string }): Promise<Separated>;
  placeAdded(merge: string, type: ResourceType, id: string, place: 'kept' | 'gone'): Promise<void>;
  /** The next version of a document, in the record of another patient or in none; its bytes and its past go along (docs/adr/0024-received-documents.md). */
  handOver<T extends ResourceType>(
    next: Writable<T> & { id: string },
    options: { seen: number; reason: string },
  ): Promise<Stored<T>>;
}

/**
 * The store as one caller sees it: every answer is already cut to what the caller may see, every act is checked and written to the
 * ledger in the same transaction. Errors are FhirProblem: 400 bad request, 403 no right to write, 404 absent or unseen, 409 conflict,
 * 410 deleted, 412 version or condition, 422 invalid resource.
 */
export interface FhirStore extends MergeStore {
  readonly caller: Caller;
  /** What the caller may reach, for statements of other rooms. */
  sight(act: Act): Promise<Sight>;
  create<T extends ResourceType>(resource: Writable<T>, options?: WriteOptions): Promise<Stored<T>>;
  /** Many at once, in one statement a chunk; resources that have an id keep it (409 when it is taken). Order is kept. */
  createMany<T extends ResourceType>(resources: readonly Writable<T>[], options?: WriteOptions): Promise<Stored<T>[]>;
  read<T extends ResourceType>(type: T, id: string): Promise<Stored<T>>;
  readVersion<T extends ResourceType>(type: T, id: string, version: string): Promise<Stored<T>>;
  /** Creates when the id is unknown. */
  update<T extends ResourceType>(resource: Writable<T>, options?: WriteOptions): Promise<Stored<T>>;
  delete(type: ResourceType, id: string, options?: WriteOptions): Promise<void>;
  /** Newest version first. `type` null: the whole practice. */
  history<T extends ResourceType>(
    type: T | null,
    id: string | null,
    query: HistoryQuery,
  ): Promise<{ versions: Stored<T>[]; next?: string }>;
  /** `query` is a FHIR search string: `patient=Patient/1&_sort=-date`. `compartment` ('Patient/1') keeps what is in that compartment. */
  search<T extends ResourceType>(
    type: T | null,
    query: string | URLSearchParams | [string, string][],
    options?: { strict?: boolean; compartment?: string },
  ): Promise<SearchPage<T>>;
  /** The newest resources of each type about one patient, in one round trip: what a page about a patient is made of. */
  compartment<T extends ResourceType>(patient: string, query: CompartmentQuery<T>): Promise<Stored<T>[]>;
  /** The same by name and version, without what they say; `compartmentOf` gives those that are named. */
  compartmentKeys<T extends ResourceType>(
    patient: string,
    query: Pick<CompartmentQuery<T>, 'types' | 'each'>,
  ): Promise<StoredKey<T>[]>;
  compartmentOf<T extends ResourceType>(
    patient: string,
    named: readonly Pick<StoredKey<T>, 'type' | 'id'>[],
  ): Promise<Stored<T>[]>;
  /** What others wrote lately about the caller's own patients (COO-10), newest first within a type. */
  recent<T extends ResourceType>(query: RecentQuery<T>): Promise<Stored<T>[]>;
  /** The newest of each wanted thing about each of these patients, in one round trip: what a list of patients shows beside the names. */
  rounds(query: RoundsQuery): Promise<Found[]>;
  /**
   * $everything: the Patient, all that is about this patient (compartment), then what these point to outside of it (professionals,
   * places…). In a fixed order, so that pages hold still. `start`/`end`: clinical dates (ISO); `since`: meta.lastUpdated.
   */
  everything(patient: string, query: EverythingQuery): Promise<{ resources: Stored[]; next?: string }>;
  /** Several acts, all or nothing. Acts must go through the store given to `work`. */
  transaction<T>(work: (store: FhirStore) => Promise<T>): Promise<T>;
  /**
   * The same transaction without the caller's limits, for an act of the house that follows from an allowed one (a new patient's creator
   * joins the care team). The ledger keeps the caller and the reason.
   */
  asHouse(reason: string): FhirStore;
  /** Statements of a room of its own tables, in the store's transaction when there is one. */
  sql<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}
