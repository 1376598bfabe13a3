import type { Act, Caller, KindOfData, Sight } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import type { FhirProblem } from '../outcome.ts';
import type { HistoryQuery } from './history.ts';
import type { Issue } from '../validation/index.ts';

/** Any FHIR R4 resource, as JSON. */
export interface Resource {
  resourceType: string;
  id?: string;
  meta?: {
    versionId?: string;
    lastUpdated?: string;
    profile?: string[];
    tag?: Coding[];
    security?: Coding[];
    [other: string]: unknown;
  };
  [element: string]: unknown;
}
/** What may be handed to the store: a resource as JSON, or one that has a type of FHIR's own (those have no index: only `any` takes them in). */
export interface Writable {
  resourceType: string;
  id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  [element: string]: any;
}
export interface Coding {
  system?: string;
  code?: string;
  display?: string;
}

/** A version of a resource as the store holds it. `text` is its JSON as served; `resource` parses it on demand. */
export interface Stored {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  /** ISO instant. */
  readonly updated: string;
  readonly deleted: boolean;
  readonly text: string;
  readonly resource: Resource;
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
  unless?: (standing: Resource | null, next: Resource) => FhirProblem | null;
}

export interface SearchPage {
  resources: Stored[];
  included: Stored[];
  /** Present when it was asked for. */
  total?: number;
  /** Opaque position of the next page; absent on the last. */
  next?: string;
  warnings: Issue[];
  /** The parameters that were really used, for the self link; what lenient handling passed over is not there. */
  applied?: [string, string][];
}

export type StoredKey = Pick<Stored, 'type' | 'id' | 'version'>;
export interface CompartmentQuery {
  /** Newest first within a type, by clinical date. */
  types: readonly string[];
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

export interface RecentQuery {
  types: readonly string[];
  /** ISO instant: written after it. */
  since: string;
  /** At most so many of each type. */
  each: number;
}

/** One thing looked for about each patient of a list. */
export interface Wanted {
  /** What the caller calls it. */
  name: string;
  type: string;
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
  types?: readonly string[];
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
  placeAdded(merge: string, type: string, id: string, place: 'kept' | 'gone'): Promise<void>;
  /** The next version of a document, in the record of another patient or in none; its bytes and its past go along (docs/adr/0024-received-documents.md). */
  handOver(next: Writable & { id: string }, options: { seen: number; reason: string }): Promise<Stored>;
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
  create(resource: Writable, options?: WriteOptions): Promise<Stored>;
  /** Many at once, in one statement a chunk; resources that have an id keep it (409 when it is taken). Order is kept. */
  createMany(resources: readonly Writable[], options?: WriteOptions): Promise<Stored[]>;
  read(type: string, id: string): Promise<Stored>;
  readVersion(type: string, id: string, version: string): Promise<Stored>;
  /** Creates when the id is unknown. */
  update(resource: Writable, options?: WriteOptions): Promise<Stored>;
  delete(type: string, id: string, options?: WriteOptions): Promise<void>;
  /** Newest version first. `type` null: the whole practice. */
  history(type: string | null, id: string | null, query: HistoryQuery): Promise<{ versions: Stored[]; next?: string }>;
  /** `query` is a FHIR search string: `patient=Patient/1&_sort=-date`. `compartment` ('Patient/1') keeps what is in that compartment. */
  search(
    type: string | null,
    query: string | URLSearchParams | [string, string][],
    options?: { strict?: boolean; compartment?: string },
  ): Promise<SearchPage>;
  /** The newest resources of each type about one patient, in one round trip: what a page about a patient is made of. */
  compartment(patient: string, query: CompartmentQuery): Promise<Stored[]>;
  /** The same by name and version, without what they say; `compartmentOf` gives those that are named. */
  compartmentKeys(patient: string, query: Pick<CompartmentQuery, 'types' | 'each'>): Promise<StoredKey[]>;
  compartmentOf(patient: string, named: readonly Pick<StoredKey, 'type' | 'id'>[]): Promise<Stored[]>;
  /** What others wrote lately about the caller's own patients (COO-10), newest first within a type. */
  recent(query: RecentQuery): Promise<Stored[]>;
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
