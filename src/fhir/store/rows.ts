import { parseExact } from '../decimals.ts';
import type { Resource, ResourceOf, ResourceType, Stored, StoredVersion } from './store.ts';

export interface ResourceRow<T extends ResourceType = ResourceType> {
  rid: number;
  type: T;
  id: string;
  version: number;
  updated: Date;
  deleted: boolean;
  content: string;
}

/** Columns of a ResourceRow from a row of fhir.resource or fhir.history. */
export const rowColumns = (row: string): string =>
  `${row}.rid, ${row}.type, ${row}.id, ${row}.version, ${row}.updated, ${row}.deleted, ${row}.content`;

/** What a version is made from. A search finds nothing that is deleted, and does not say it. */
type Columns<T extends ResourceType> = Omit<ResourceRow<T>, 'rid' | 'updated' | 'deleted'> & {
  deleted?: boolean;
  updated: Date | string;
  created?: boolean;
  resource?: Resource;
};

class StoredRow<T extends ResourceType> implements StoredVersion<T> {
  readonly type: T;
  readonly id: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly text: string;
  readonly created?: boolean;
  #resource?: Resource;
  #updated: Date | string;
  constructor(row: Columns<T>) {
    this.type = row.type;
    this.id = row.id;
    this.version = row.version;
    this.#updated = row.updated;
    this.deleted = row.deleted ?? false;
    this.text = row.content;
    this.created = row.created;
    this.#resource = row.resource;
  }
  // Pages of rows are served without anyone asking.
  get updated(): string {
    if (typeof this.#updated !== 'string') this.#updated = this.#updated.toISOString();
    return this.#updated;
  }
  // Here a text gets its type: it was found valid, as the type of its row, before it was stored.
  get resource(): ResourceOf<T> {
    this.#resource ??= parseExact(this.text) as ResourceOf<T>;
    return this.#resource as ResourceOf<T>;
  }
}

export const storedFromRow = <T extends ResourceType>(row: Columns<T>): Stored<T> => new StoredRow(row);
export const storedFromText = <T extends ResourceType>(made: {
  type: T;
  id: string;
  version: number;
  updated: string;
  deleted: boolean;
  text: string;
  resource?: Resource;
  created?: boolean;
}): Stored<T> => new StoredRow({ ...made, content: made.text });
