import { parseExact } from '../decimals.ts';
import type { Resource, Stored } from './store.ts';

export interface ResourceRow {
  rid: number;
  type: string;
  id: string;
  version: number;
  updated: Date;
  deleted: boolean;
  content: string;
}

/** Columns of a ResourceRow from a row of fhir.resource or fhir.history. */
export const rowColumns = (row: string): string =>
  `${row}.rid, ${row}.type, ${row}.id, ${row}.version, ${row}.updated, ${row}.deleted, ${row}.content`;

class StoredRow implements Stored {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly text: string;
  readonly created?: boolean;
  #resource?: Resource;
  #updated: Date | string;
  constructor(
    row: Omit<ResourceRow, 'rid' | 'updated'> & { updated: Date | string; created?: boolean; resource?: Resource },
  ) {
    this.type = row.type;
    this.id = row.id;
    this.version = row.version;
    this.#updated = row.updated;
    this.deleted = row.deleted;
    this.text = row.content;
    this.created = row.created;
    this.#resource = row.resource;
  }
  // Pages of rows are served without anyone asking.
  get updated(): string {
    if (typeof this.#updated !== 'string') this.#updated = this.#updated.toISOString();
    return this.#updated;
  }
  get resource(): Resource {
    this.#resource ??= parseExact(this.text) as Resource;
    return this.#resource;
  }
}

export const storedFromRow = (row: ResourceRow): Stored => new StoredRow(row);
export const storedFromText = (made: {
  type: string;
  id: string;
  version: number;
  updated: string;
  deleted: boolean;
  text: string;
  resource?: Resource;
  created?: boolean;
}): Stored => new StoredRow({ ...made, content: made.text });
