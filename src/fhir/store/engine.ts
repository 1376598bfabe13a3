import { type Act, actorOf, type Caller, type Sight } from '../../access/index.ts';
import type { AuditEntry, Db, Sql } from '../../platform/index.ts';
import type { Validator } from '../validation/index.ts';
import type { CreateItem } from './create.ts';
import type { Gather } from './gather.ts';
import type { LookItem, Standing } from './look.ts';
import type { ReadItem } from './read.ts';
import type { ReplaceItem } from './replace.ts';
import type { Rids } from './rids.ts';
import type { SearchItem } from './search.ts';
import { isOneOf, type Resource, type ResourceOf, type ResourceType, type Stored } from './store.ts';

/** What other rooms do when a resource of a type is written, inside the write's transaction. `resource` is null when it was deleted. */
export type WriteHook<R extends Resource = Resource> = (
  sql: Sql,
  tenant: number,
  id: string,
  resource: R | null,
) => Promise<void>;
/** A hook and the types whose writes it hears. */
export type TypedHook = readonly [types: readonly ResourceType[], hook: WriteHook];
/** A hook that is given each resource as what it is. */
export const whenWritten = <T extends ResourceType>(
  types: readonly T[],
  hook: WriteHook<Resource & ResourceOf<T>>,
): TypedHook => [
  types,
  async (sql, tenant, id, resource) => {
    if (resource === null || isOneOf(resource, types)) await hook(sql, tenant, id, resource);
  },
];
/** The same for what derives rows by the hundred: once for all that one write of the store brings, each resource once. */
export type WriteAllHook<R extends Resource = Resource> = (
  sql: Sql,
  tenant: number,
  written: readonly WrittenOne<R>[],
) => Promise<void>;
export interface WrittenOne<R extends Resource = Resource> {
  type: R['resourceType'];
  id: string;
  resource: R | null;
  /** A connected program wrote it: no person, nor the house. */
  byProgram?: boolean;
}
export type Hook = { each: WriteHook } | { all: WriteAllHook };

/** What became of the store, told after the commit. A hint: rights must be checked again before anything is shown. */
export interface Change {
  tenant: number;
  type: string;
  id: string;
  version: number;
  patients: readonly string[];
  kind: string;
  actor: string;
  actorName: string;
  deleted: boolean;
}

/** The one store of the process; sessions of callers are cut from it. */
export interface Engine {
  db: Db;
  validator: Validator;
  /** Our own address, `https://host/fhir/R4`: absolute references that begin with it are ours. */
  base?: string;
  sightOf(caller: Caller, act: Act, sql?: Sql): Promise<Sight>;
  now(): Date;
  rids: Rids;
  hooks: ReadonlyMap<string, readonly Hook[]>;
  listeners: Set<(changes: readonly Change[]) => void>;
  creates(tenant: number): Gather<CreateItem, void>;
  reads(tenant: number, shape: string): Gather<ReadItem, Stored | null>;
  looks(tenant: number, shape: string): Gather<LookItem, Standing | null>;
  replaces(tenant: number): Gather<ReplaceItem, boolean>;
  searches(tenant: number, shape: string): Gather<SearchItem, unknown[]>;
}

/** One caller at the store, in a transaction when `sql` is there. */
export interface Session {
  engine: Engine;
  caller: Caller;
  /** The person behind an act of the house; their name goes to the ledger. */
  behind?: { caller: Caller; reason: string };
  sql?: Sql;
  /** Changes to tell after the commit. */
  told: Change[];
}

export const run = <T>(session: Session, work: (sql: Sql) => Promise<T>): Promise<T> =>
  session.sql ? work(session.sql) : session.engine.db.tenant(session.caller.tenant, work);

/** Joins the running transaction or opens one; listeners hear of it once it is on disk. */
export async function inOne<T>(session: Session, work: (session: Session & { sql: Sql }) => Promise<T>): Promise<T> {
  if (session.sql) return work(session as Session & { sql: Sql });
  const { result, told } = await session.engine.db.transaction(session.caller.tenant, async (sql) => {
    const inner = { ...session, sql, told: [] as Change[] };
    return { result: await work(inner), told: inner.told };
  });
  tell(session.engine, told);
  return result;
}

export function tell(engine: Engine, changes: readonly Change[]): void {
  if (changes.length > 0) for (const listener of engine.listeners) listener(changes);
}

export function traceOf(session: Session, act: Omit<AuditEntry, 'actor'>): AuditEntry {
  if (!session.behind) return { ...actorOf(session.caller), ...act };
  return { ...actorOf(session.behind.caller), ...act, reason: act.reason ?? session.behind.reason };
}
