import type { Act, Caller, Sight } from '../../access/index.ts';
import type { Db, Sql } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import type { Validator } from '../validation/index.ts';
import { compartment, compartmentKeys, compartmentOf } from './compartment.ts';
import { create, gatheredCreate } from './create.ts';
import {
  type Change,
  type Engine,
  inOne,
  run,
  type Session,
  type Hook,
  type WriteAllHook,
  type WriteHook,
  type WrittenOne,
  whenWritten,
} from './engine.ts';
import { everything } from './everything.ts';
import { Gather } from './gather.ts';
import { history } from './history.ts';
import { type Importer, openImporter } from './import-many.ts';
import { gatheredLook } from './look.ts';
import { mergesOf } from './merge.ts';
import { gatheredRead, read, readVersion } from './read.ts';
import { gatheredReplace } from './replace.ts';
import { recent } from './recent.ts';
import { Rids } from './rids.ts';
import { rounds } from './rounds.ts';
import { gatheredSearch, search } from './search.ts';
import { type FhirStore, isOneOf, type Resource, type ResourceOf, type ResourceType } from './store.ts';
import { remove, update } from './update.ts';

export interface FhirOptions {
  db: Db;
  validator: Validator;
  /** Our own address, `https://host/fhir/R4`. */
  base?: string;
  /** The one decision place of rights. */
  sightOf(caller: Caller, act: Act, sql?: Sql): Promise<Sight>;
  now?: () => Date;
}

export interface Fhir {
  /** The store as this caller sees it: the only way to get one. */
  storeFor(caller: Caller): FhirStore;
  /** The store without limits, for the house itself (seed, import, backup). Each entry of the ledger carries the reason.
   * `sql`: joins this running transaction. */
  asSystem(tenant: number, reason: string, sql?: Sql): FhirStore;
  /** The bulk entry, for taking data in. */
  importer(tenant: number, reason: string): Importer;
  /** Runs in the transaction of every write of these types. */
  onWrite<T extends ResourceType>(types: readonly T[], hook: WriteHook<Resource & ResourceOf<T>>): void;
  /** The same, once for all that one write brings, after the hooks of each. */
  onWriteAll<T extends ResourceType>(types: readonly T[], hook: WriteAllHook<Resource & ResourceOf<T>>): void;
  /** Hears of committed changes. Returns the way to stop. */
  onChange(listener: (changes: readonly Change[]) => void): () => void;
}

export function openFhir(options: FhirOptions): Fhir {
  const hooks = new Map<string, Hook[]>();
  const listen = (types: readonly string[], hook: Hook) => {
    for (const type of types) hooks.set(type, [...(hooks.get(type) ?? []), hook]);
  };
  const lanes = options.db.engine === 'postgres' ? 2 : 1;
  const creates = new Map<number, ReturnType<Engine['creates']>>();
  const reads = new Map<string, ReturnType<Engine['reads']>>();
  const looks = new Map<string, ReturnType<Engine['looks']>>();
  const replaces = new Map<number, ReturnType<Engine['replaces']>>();
  const searches = new Map<string, ReturnType<Engine['searches']>>();
  const engine: Engine = {
    db: options.db,
    validator: options.validator,
    base: options.base,
    sightOf: options.sightOf,
    now: options.now ?? (() => new Date()),
    rids: new Rids(options.db),
    hooks,
    listeners: new Set(),
    creates(tenant) {
      return remembered(creates, tenant, () => new Gather(gatheredCreate(engine, tenant), { most: 128, lanes }));
    },
    reads(tenant, shape) {
      return remembered(
        reads,
        `${tenant} ${shape}`,
        () => new Gather(gatheredRead(engine, tenant, shape), { most: 128, lanes }),
      );
    },
    looks(tenant, shape) {
      return remembered(
        looks,
        `${tenant} ${shape}`,
        () => new Gather(gatheredLook(engine, tenant, shape), { most: 128, lanes }),
      );
    },
    replaces(tenant) {
      return remembered(replaces, tenant, () => new Gather(gatheredReplace(engine, tenant), { most: 64, lanes }));
    },
    searches(tenant, shape) {
      // A long search holds up few neighbours.
      return remembered(
        searches,
        `${tenant} ${shape}`,
        () => new Gather(gatheredSearch(engine, tenant), { most: 16, lanes }),
      );
    },
  };
  return {
    storeFor: (caller) => storeOf({ engine, caller, told: [] }),
    asSystem: (tenant, reason, sql) =>
      storeOf({ engine, caller: { kind: 'system', tenant, reason }, told: [], ...(sql && { sql }) }),
    importer: (tenant, reason) => openImporter(engine, tenant, reason),
    onWrite(types, hook) {
      const [, each] = whenWritten(types, hook);
      listen(types, { each });
    },
    onWriteAll<T extends ResourceType>(types: readonly T[], hook: WriteAllHook<Resource & ResourceOf<T>>) {
      type One = WrittenOne<Resource & ResourceOf<T>>;
      const isOne = (one: WrittenOne): one is WrittenOne & One => one.resource === null || isOneOf(one.resource, types);
      listen(types, { all: (sql, tenant, written) => hook(sql, tenant, written.filter(isOne)) });
    },
    onChange(listener) {
      engine.listeners.add(listener);
      return () => engine.listeners.delete(listener);
    },
  };
}

function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    if (map.size > 500) map.clear();
    value = make();
    map.set(key, value);
  }
  return value;
}

function storeOf(session: Session): FhirStore {
  return {
    caller: session.caller,
    sight: (act) => session.engine.sightOf(session.caller, act, session.sql),
    create: async (resource, options = {}) => {
      if (options.ifNoneExist === undefined) return (await create(session, [resource], options))[0]!;
      // The search and the write are one transaction; two writers with the same condition at the same moment are serialised by a lock on it.
      return inOne(session, async (tx) => {
        await tx.sql.query('select pg_advisory_xact_lock($1::int, hashtext($2))', [
          session.caller.tenant,
          `${resource.resourceType}?${options.ifNoneExist}`,
        ]);
        const { resources } = await search(tx, resource.resourceType, options.ifNoneExist!, { strict: true });
        if (resources.length > 1)
          throw new FhirProblem(
            412,
            'multiple-matches',
            `If-None-Exist matches ${resources.length} resources: make the condition narrower. Nothing was created.`,
          );
        return resources[0] ?? (await create(tx, [resource], options))[0]!;
      });
    },
    createMany: (resources, options) => create(session, resources, options),
    read: (type, id) => read(session, type, id),
    readVersion: (type, id, version) => readVersion(session, type, id, version),
    update: (resource, options) => update(session, resource, options),
    delete: (type, id, options) => remove(session, type, id, options),
    history: (type, id, query) => history(session, type, id, query),
    search: (type, query, options) => search(session, type, query, options),
    compartment: (patient, query) => compartment(session, patient, query),
    compartmentKeys: (patient, query) => compartmentKeys(session, patient, query),
    compartmentOf: (patient, named) => compartmentOf(session, patient, named),
    recent: (query) => recent(session, query),
    rounds: (query) => rounds(session, query),
    everything: (patient, query) => everything(session, patient, query),
    transaction: (work) => inOne(session, (tx) => work(storeOf(tx))),
    asHouse: (reason) =>
      storeOf({
        ...session,
        caller: { kind: 'system', tenant: session.caller.tenant, reason },
        behind: { caller: session.behind?.caller ?? session.caller, reason },
      }),
    sql: (work) => run(session, work),
    ...mergesOf(session),
  };
}
