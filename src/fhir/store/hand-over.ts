import { FhirProblem } from '../outcome.ts';
import { keyOf } from './concerns.ts';
import { inOne, type Session } from './engine.ts';
import { asJson, type Resource, type ResourceType, type Stored } from './store.ts';
import { update } from './update.ts';

/**
 * A document goes into another record, or to nobody: the next version names the new patient, its bytes and its Provenance follow, and the versions of before
 * are no longer read in the record it leaves (migrations/0032_record_documents.sql, docs/adr/0024-received-documents.md).
 */
export function handOver<T extends ResourceType>(
  session: Session,
  next: Resource & { resourceType: T; id: string },
  options: { seen: number; reason: string },
): Promise<Stored<T>> {
  if (session.caller.kind !== 'system')
    throw new FhirProblem(403, 'forbidden', 'Only the house hands a document over, for someone who may.');
  return inOne(session, async (tx) => {
    const { tenant } = tx.caller;
    const reference = `${next.resourceType}/${next.id}`;
    const [before] = await tx.sql.query<{ rid: number; patient: string | null; patients: string[] }>(
      `select r.rid, r.patient::text as patient, array(select p.id from unnest(coalesce(r.patients, array[r.patient])) as k (key) join fhir.resource p on p.tenant_id = $1 and p.key = k.key) as patients
       from fhir.resource r where r.tenant_id = $1 and r.type = $2 and r.id = $3 and not r.deleted for update`,
      [tenant, next.resourceType, next.id],
    );
    if (!before) throw new FhirProblem(404, 'not-found', `${reference} is not known.`);
    const stored = await update(tx, next, { ifMatch: `W/"${options.seen}"`, reason: options.reason });
    const [row] = await tx.sql.query<{ patient: string | null }>(
      'select patient::text as patient from fhir.resource where tenant_id = $1 and rid = $2::bigint',
      [tenant, before.rid],
    );
    const files =
      (asJson(next).content as { attachment?: { url?: string } }[] | undefined)?.flatMap(
        ({ attachment }) => /(?:^|\/)Binary\/([^/]+)$/.exec(attachment?.url ?? '')?.[1] ?? [],
      ) ?? [];
    // The bytes are this document's by their own word, and of the same record: a document that only points to another's file does not take it away.
    const followers = await tx.sql.query<{ rid: number }>(
      `update fhir.resource r set patient = $2::bigint, patients = null where r.tenant_id = $1::int and (
         (r.type = 'Binary' and r.id = any($3::text[]) and r.patient is not distinct from $4::bigint and strpos(r.content, $6) > 0)
         or (r.type = 'Provenance' and r.patient = $4::bigint and $5::bigint = any(r.refs))) returning r.rid`,
      [tenant, row!.patient, files, before.patient, String(keyOf(reference)), `"${reference}"`],
    );
    await tx.sql.query('select fhir.hand_over_history($1::bigint[], $2::bigint)', [
      [before.rid, ...followers.map(({ rid }) => rid)],
      row!.patient,
    ]);
    // Whoever has the record open that it leaves looks again.
    const told = tx.told.at(-1);
    if (told && before.patients.length > 0) tx.told.push({ ...told, patients: before.patients });
    return stored;
  });
}
