// https://hl7.org/fhir/R4/http.html#update
import { sightPredicate } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import { extract } from '../search/extract.ts';
import { keyOf, patientsOf } from './concerns.ts';
import { changeOf, create, findIndirect, namedIn, runHooks } from './create.ts';
import { inOne, type Session, tell, traceOf } from './engine.ts';
import { followKind } from './follow-kind.ts';
import { shapeOf, type Standing, standingColumns } from './look.ts';
import { mustBeAllowed } from './may-write.ts';
import { kindOfBit, mustBeValid, noIndex, type Prepared, prepare } from './prepare.ts';
import { exactChanges } from './replace.ts';
import { storedFromRow, storedFromText } from './rows.ts';
import { deleteIndexRows, indexChanges, insertResources, replaceResources } from './statements.ts';
import {
  asJson,
  type JsonResource,
  type Resource,
  type ResourceType,
  type Stored,
  type WriteOptions,
} from './store.ts';

/** The version that stands, locked to the end of the transaction; null when there is none. */
async function lock(session: Session & { sql: Sql }, type: string, id: string): Promise<Standing | null> {
  const sight = await session.engine.sightOf(session.caller, 'read', session.sql);
  const params: unknown[] = [session.caller.tenant, type, id];
  const seen = sightPredicate(sight, 'r', (value) => `$${params.push(value)}`);
  const rows = await session.sql.query<Standing>(
    `select ${standingColumns('r')}, (${seen}) as seen from fhir.resource r where r.tenant_id = $1 and r.type = $2 and r.id = $3 for update of r`,
    params,
  );
  return rows[0] ?? null;
}

function mustMatch(standing: Standing | null, type: string, id: string, ifMatch: string | undefined): void {
  if (ifMatch === undefined) return;
  const wanted = /^(?:W\/)?"?(\d+)"?$/.exec(ifMatch.trim())?.[1];
  if (wanted === undefined)
    throw new FhirProblem(400, 'value', `If-Match must be a version such as W/"3", not «${ifMatch}».`);
  if (!standing || standing.deleted)
    throw new FhirProblem(
      412,
      'conflict',
      `${type}/${id} does not stand at version ${wanted}: it is gone. Nothing was changed.`,
    );
  if (standing.version !== Number(wanted))
    throw new FhirProblem(
      412,
      'conflict',
      `${type}/${id} is at version ${standing.version}, you have seen version ${wanted}. Read it again, merge, and send it with the new version. Nothing was changed.`,
      { current: standing.content },
    );
}

/** The old version as the rights and the index knew it. */
function before(standing: Standing, type: ResourceType): Prepared {
  const resource: JsonResource = standing.deleted
    ? { resourceType: type, id: standing.id }
    : asJson(storedFromRow(standing).resource);
  const patients = patientsOf(resource);
  return {
    rid: standing.rid,
    type,
    id: standing.id,
    version: standing.version,
    updated: standing.updated.toISOString(),
    deleted: standing.deleted,
    kind: kindOfBit[standing.kind]!,
    key: keyOf(`${type}/${standing.id}`),
    patients,
    patientKeys: standing.patient_keys.map(BigInt),
    author: standing.author === null ? null : BigInt(standing.author),
    index: standing.deleted ? noIndex : extract(resource),
    text: standing.content,
    resource,
    indirect: [],
  };
}

/** How often an update that came too late is begun anew before it locks the resource instead. */
const races = 4;

/** Replaces a resource or creates it under its id. The second of two writers who saw the same version is told (412, If-Match). */
export async function update<T extends ResourceType>(
  session: Session,
  input: Resource & { resourceType: T },
  options: WriteOptions = {},
): Promise<Stored<T>> {
  try {
    return await updateOnce(session, input, options);
  } catch (error) {
    // Created by another in the same moment: now it is there. In a transaction that is for who began it to do anew.
    if (
      session.sql ||
      !(error instanceof FhirProblem) ||
      error.status !== 409 ||
      error.outcome.issue[0]!.code !== 'duplicate'
    )
      throw error;
    return updateOnce(session, input, options);
  }
}

async function updateOnce<T extends ResourceType>(
  session: Session,
  given: Resource & { resourceType: T },
  options: WriteOptions,
): Promise<Stored<T>> {
  mustBeValid(session.engine.validator, given);
  const { id } = given;
  if (typeof id !== 'string')
    throw new FhirProblem(400, 'required', 'An update needs the id in the resource.', {
      expression: `${given.resourceType}.id`,
    });
  const input = { ...given, id };
  const { engine, caller } = session;
  // What a person may write is asked of the database, and a hook writes too: both want a transaction. The rest goes with its neighbours.
  if (!session.sql && caller.kind !== 'person' && !engine.hooks.has(input.resourceType))
    for (let tries = 0; tries < races; tries++) {
      const stored = await gathered(session, input, options);
      if (stored === 'apart') break;
      if (stored) return stored;
    }
  return inOne(session, async (tx) => {
    const standing = await lock(tx, input.resourceType, id);
    const change = await prepared(tx, standing, input, options);
    if (!change) return (await created(tx, input, options))[0]!;
    await mustBeAllowed(
      tx,
      await tx.engine.sightOf(tx.caller, 'update', tx.sql),
      change.old.deleted ? [change.next] : [change.old, change.next],
    );
    mustNotBeRefused(change, options);
    await replace(tx, standing!, change.old, change.next, 'update', options.reason);
    return storedFromText({ ...change.next, created: standing!.deleted });
  });
}

/** The old and the new version, when the caller may know of the old; null when there is none to replace. */
async function prepared<T extends ResourceType>(
  session: Session,
  standing: Standing | null,
  input: Resource & { resourceType: T; id: string },
  options: WriteOptions,
) {
  const { resourceType: type, id } = input;
  mustMatch(standing?.seen === false ? null : standing, type, id, options.ifMatch);
  if (!standing) return null;
  // What one may not see one may not overwrite, and is not told of.
  if (!standing.seen && !standing.deleted)
    throw new FhirProblem(403, 'forbidden', `You may not write ${type}/${id}.`, { expression: type });
  const old = before(standing, type);
  const next = prepare(
    input,
    {
      rid: standing.rid,
      id,
      version: standing.version + 1,
      updated: session.engine.now().toISOString(),
      author: old.author,
    },
    session.behind?.caller ?? session.caller,
    session.engine.base,
  );
  await findIndirect(session, [next]);
  return { old, next };
}

function mustNotBeRefused({ old, next }: { old: Prepared; next: Prepared }, options: WriteOptions): void {
  const refusal = options.unless?.(old.deleted ? null : old.resource, next.resource);
  if (refusal) throw refusal;
}
async function created<T extends ResourceType>(
  session: Session,
  input: Resource & { resourceType: T },
  options: WriteOptions,
): Promise<Stored<T>[]> {
  const refusal = options.unless?.(null, asJson(input));
  if (refusal) throw refusal;
  return create(session, [input], options);
}

/** Looks, then replaces where what was seen still stands: two statements shared with other requests. Undefined: another was faster; `apart`: others follow, it wants a transaction. */
async function gathered<T extends ResourceType>(
  session: Session,
  input: Resource & { resourceType: T; id: string },
  options: WriteOptions,
): Promise<Stored<T> | 'apart' | undefined> {
  const { engine, caller } = session;
  const { shape, values } = shapeOf(await engine.sightOf(caller, 'read'));
  const standing = await engine
    .looks(caller.tenant, shape)
    .push({ type: input.resourceType, id: input.id, sight: values });
  const change = await prepared(session, standing, input, options);
  if (!change) return (await created(session, input, options))[0]!;
  const { old, next } = change;
  if (old.kind !== next.kind) return 'apart';
  await mustBeAllowed(session, await engine.sightOf(caller, 'update'), old.deleted ? [next] : [old, next]);
  mustNotBeRefused(change, options);
  const trace = traceOfReplacement(session, old, next, 'update', options.reason);
  const done = await engine
    .replaces(caller.tenant)
    .push({ seen: standing!.version, next, ...exactChanges(next.rid, old.index, next.index), trace });
  if (!done) return undefined;
  tell(engine, [changeOf(session, next)]);
  return storedFromText({ ...next, created: standing!.deleted });
}

/** Takes a resource out of sight; every version stays in its history. */
export async function remove(
  session: Session,
  type: ResourceType,
  id: string,
  options: WriteOptions = {},
): Promise<void> {
  await inOne(session, async (tx) => {
    const standing = await lock(tx, type, id);
    mustMatch(standing?.seen === false ? null : standing, type, id, options.ifMatch);
    // What is not there, and what is not for this person to know of, answer alike.
    if (!standing?.seen) throw new FhirProblem(404, 'not-found', `${type}/${id} is not known.`);
    if (standing.deleted) return;
    const old = before(standing, type);
    const next: Prepared = {
      ...old,
      version: standing.version + 1,
      updated: tx.engine.now().toISOString(),
      deleted: true,
      index: noIndex,
      text: '',
      resource: { resourceType: type, id },
    };
    await mustBeAllowed(tx, await tx.engine.sightOf(tx.caller, 'delete', tx.sql), [old, next]);
    const refusal = options.unless?.(old.resource, next.resource);
    if (refusal) throw refusal;
    await replace(tx, standing, old, next, 'delete', options.reason);
  });
}

async function replace(
  tx: Session & { sql: Sql },
  standing: Standing,
  old: Prepared,
  next: Prepared,
  action: 'update' | 'delete',
  reason?: string,
): Promise<void> {
  const { tenant } = tx.caller;
  const { doomed, fresh } = indexChanges(standing.rid, old.index, next.index);
  if ((await replaceResources(tx.sql, tenant, [{ seen: standing.version, next }])) !== 1)
    throw new FhirProblem(409, 'conflict', `${next.type}/${next.id} changed meanwhile. Read it again and repeat.`);
  await deleteIndexRows(tx.sql, tenant, doomed);
  await insertResources(tx.sql, tenant, [], fresh, [traceOfReplacement(tx, old, next, action, reason)]);
  await followKind(tx, old, next);
  await runHooks(tx, [next]);
  tx.told.push(changeOf(tx, next));
}

/** The patient it belonged to is told too. */
const traceOfReplacement = (
  session: Session,
  old: Prepared,
  next: Prepared,
  action: 'update' | 'delete',
  reason?: string,
) =>
  traceOf(session, {
    action,
    target: `${next.type}/${next.id}`,
    patients: [...new Set([...namedIn(old), ...namedIn(next)])],
    version: next.version,
    reason,
  });
