// https://hl7.org/fhir/R4/http.html#ccreate
import type { FhirStore } from '../store/store.ts';

/**
 * Two writers with the same condition wait for each other until the end of the transaction, so that the second finds what the first
 * created. The same lock as the store's own If-None-Exist.
 */
export async function lockCondition(store: FhirStore, type: string, condition: string): Promise<void> {
  await store.sql((sql) =>
    sql.query('select pg_advisory_xact_lock($1::int, hashtext($2))', [store.caller.tenant, `${type}?${condition}`]),
  );
}
