// https://hl7.org/fhir/R4/http.html#create
import { isClinical, type KindOfData } from '../../access/index.ts';
import { type AuditEntry, type Sql, sqlState } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import { keyOf } from './concerns.ts';
import {
  type Change,
  type Engine,
  inOne,
  run,
  type Session,
  tell,
  traceOf,
  type WriteAllHook,
  type WrittenOne,
} from './engine.ts';
import { kindOf } from './kind-of-type.ts';
import { mustBeAllowed } from './may-write.ts';
import { newId } from './new-id.ts';
import { kindOfBit, mustBeValid, type Prepared, prepare } from './prepare.ts';
import { storedFromText } from './rows.ts';
import { addRows, insertResources, noRows } from './statements.ts';
import type { Resource, ResourceType, Stored, WriteOptions } from './store.ts';

export interface CreateItem {
  prepared: Prepared;
  trace: AuditEntry;
}

const goodId = /^[A-Za-z0-9\-.]{1,64}$/;

/** Creates resources in order; ids that are given are kept. One statement outside a transaction for one plain resource. */
export async function create<T extends ResourceType>(
  session: Session,
  inputs: readonly (Resource & { resourceType: T })[],
  options: WriteOptions = {},
): Promise<Stored<T>[]> {
  const { engine, caller } = session;
  if (inputs.length === 0) return [];
  for (const input of inputs) {
    mustBeValid(engine.validator, input);
    if (input.id !== undefined && !goodId.test(input.id))
      throw new FhirProblem(
        400,
        'value',
        `The id «${input.id}» is not a FHIR id: 1 to 64 letters, digits, «-» or «.».`,
        { expression: `${input.resourceType}.id` },
      );
  }
  const now = engine.now().toISOString();
  const rids = await engine.rids.take(caller.tenant, inputs.length, session.sql);
  const writes = inputs.map((input, i) =>
    prepare(
      input,
      { rid: rids[i]!, id: input.id ?? newId(), version: 1, updated: now },
      session.behind?.caller ?? caller,
      engine.base,
    ),
  );
  await findIndirect(session, writes);
  const sight = await engine.sightOf(caller, 'create', session.sql);
  await mustBeAllowed(session, sight, writes);
  const trace = traceOfCreation(session, writes, options.reason);
  const hooked = writes.some((write) => engine.hooks.has(write.type));
  if (session.sql || hooked || writes.length > 1) {
    await inOne(session, async (tx) => {
      await insertAll(tx.sql, caller.tenant, writes, trace);
      await runHooks(tx, writes);
      tx.told.push(...writes.map((write) => changeOf(session, write)));
    });
  } else {
    await engine.creates(caller.tenant).push({ prepared: writes[0]!, trace: trace[0]! });
    tell(engine, [changeOf(session, writes[0]!)]);
  }
  return writes.map((write) => storedFromText({ ...write, created: true }));
}

/** A private note names no patient in the ledger: who reads the log of a record is not told that someone keeps notes. The line itself is there. */
export const namedIn = (write: Prepared): string[] => (write.kind === 'private-notes' ? [] : write.patients);

/**
 * One entry a resource. What the house takes in by the hundred (import, demo data) is one entry a patient, with the counts: the patient's
 * log stays readable, and the versions themselves say the rest.
 */
function traceOfCreation(session: Session, writes: readonly Prepared[], reason?: string): AuditEntry[] {
  if (session.caller.kind !== 'system' || session.behind || writes.length < 20)
    return writes.map((write) =>
      traceOf(session, {
        action: 'create',
        target: `${write.type}/${write.id}`,
        patients: namedIn(write),
        version: 1,
        reason,
      }),
    );
  const byPatients = new Map<string, { patients: string[]; types: Record<string, number> }>();
  for (const { patients, type } of writes) {
    const key = patients.join(' ');
    let group = byPatients.get(key);
    if (!group) byPatients.set(key, (group = { patients, types: {} }));
    group.types[type] = (group.types[type] ?? 0) + 1;
  }
  return [...byPatients.values()].map(({ patients, types }) =>
    traceOf(session, { action: 'create', target: '*', patients, reason, details: { created: types } }),
  );
}

export async function insertAll(
  sql: Sql,
  tenant: number,
  writes: readonly Prepared[],
  trace: readonly AuditEntry[],
): Promise<void> {
  const rows = noRows();
  for (const write of writes) addRows(rows, write.rid, write.index);
  try {
    await insertResources(sql, tenant, writes, rows, trace);
  } catch (error) {
    if (sqlState(error) === '23505')
      throw new FhirProblem(
        409,
        'duplicate',
        `${writes.length === 1 ? `${writes[0]!.type}/${writes[0]!.id}` : 'One of these ids'} exists already: update it (PUT) or create without an id.`,
      );
    throw error;
  }
}

/** The gathered form of `create`: what several requests bring in the same moment goes down in one statement. */
export const gatheredCreate =
  (engine: Engine, tenant: number) =>
  async (items: CreateItem[]): Promise<void[]> => {
    await engine.db.tenant(tenant, (sql) =>
      insertAll(
        sql,
        tenant,
        items.map((item) => item.prepared),
        items.map((item) => item.trace),
      ),
    );
    return items.map(() => undefined);
  };

export async function runHooks(
  session: Session & { sql: Sql },
  writes: readonly Pick<Prepared, 'type' | 'id' | 'deleted' | 'resource'>[],
): Promise<void> {
  const gathered = new Map<WriteAllHook, Map<string, WrittenOne>>();
  for (const { type, id, deleted, resource } of writes)
    for (const hook of session.engine.hooks.get(type) ?? []) {
      const one = { type, id, resource: deleted ? null : resource, byProgram: session.caller.kind === 'client' };
      if ('each' in hook) await hook.each(session.sql, session.caller.tenant, id, one.resource);
      else {
        const all = gathered.get(hook.all) ?? new Map<string, WrittenOne>();
        gathered.set(hook.all, all.set(`${type}/${id}`, one));
      }
    }
  for (const [hook, all] of gathered) await hook(session.sql, session.caller.tenant, [...all.values()]);
}

export function changeOf(session: Session, write: Prepared): Change {
  const { actor, actorName = '' } = traceOf(session, { action: 'change' });
  return {
    tenant: session.caller.tenant,
    type: write.type,
    id: write.id,
    version: write.version,
    patients: write.patients,
    kind: write.kind,
    actor,
    actorName,
    deleted: write.deleted,
  };
}

/** Kinds that close what points to them, the most closed first. */
const closing: readonly KindOfData[] = ['private-notes', 'sexual-health', 'mental-health'];
/** The kind of what speaks of several things: of theirs when they have one, of the most closed when there is one. */
function kindBehind(kinds: readonly KindOfData[]): KindOfData | undefined {
  const clinical = [...new Set(kinds)].filter(isClinical);
  return closing.find((kind) => clinical.includes(kind)) ?? (clinical.length === 1 ? clinical[0] : undefined);
}

/**
 * Provenance and Binary belong to the patient of what they point to and are as closed as it: rights would otherwise not follow. A kind that their own label or tag says stays.
 */
export async function findIndirect(session: Session, writes: readonly Prepared[]): Promise<void> {
  const waiting = writes.filter((write) => write.indirect.length > 0);
  if (waiting.length === 0) return;
  const known = new Map<string, { patients: readonly string[]; kind: KindOfData }>(
    writes.map((write) => [`${write.type}/${write.id}`, write]),
  );
  // The version that is meant does not matter here.
  const targetsOf = (write: Prepared) => write.indirect.map((reference) => reference.split('/').slice(0, 2).join('/'));
  const asked = [...new Set(waiting.flatMap(targetsOf).filter((reference) => !known.has(reference)))];
  if (asked.length > 0) {
    // Row-level security lets a condition into an index only where nothing in it could tell of a row: «= any(coalesce(…))» read the whole practice for each target.
    const rows = await run(session, (sql) =>
      sql.query<{ reference: string; patients: string[]; kind: number }>(
        `select r.type || '/' || r.id as reference, r.kind, array(select p.id from unnest(coalesce(r.patients, array[r.patient])) as k (key) join fhir.resource p on p.tenant_id = $1 and p.key = k.key) as patients
         from unnest($2::text[], $3::text[]) as a (type, id) join fhir.resource r on r.tenant_id = $1 and r.type = a.type and r.id = a.id`,
        [
          session.caller.tenant,
          asked.map((reference) => reference.split('/')[0]),
          asked.map((reference) => reference.split('/')[1] ?? ''),
        ],
      ),
    );
    for (const row of rows) known.set(row.reference, { patients: row.patients, kind: kindOfBit[row.kind]! });
  }
  for (const write of waiting) {
    const targets = targetsOf(write).flatMap((reference) => known.get(reference) ?? []);
    if (write.patients.length === 0) {
      write.patients = [...new Set(targets.flatMap(({ patients }) => patients))];
      write.patientKeys = write.patients.map((id) => keyOf(`Patient/${id}`));
    }
    if (write.kind === kindOf({ resourceType: write.type }, true))
      write.kind = kindBehind(targets.map(({ kind }) => kind)) ?? write.kind;
  }
}
