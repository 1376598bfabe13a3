import type { CarePlan } from '@medplum/fhirtypes';
import { keyOf, type WriteHook } from '../../fhir/index.ts';
import { publish, type Sql } from '../../platform/index.ts';
import { idOf } from '../../record/index.ts';
import { followsOf, isProtocolPlan } from './plan-state.rules.ts';

/** The index of plans: no words. */

/** One change of a plan at a time: held to the end of the transaction. */
export const holdPlan = (sql: Sql, tenant: number, plan: string): Promise<unknown> =>
  sql.query('select pg_advisory_xact_lock($1::int, hashtext($2))', [tenant, `CarePlan/${plan}`]);

/** Keeps the index in step with every CarePlan, whoever writes it, and tells that it changed: in the transaction of the write. */
export const onPlanWritten: WriteHook<CarePlan> = async (sql, tenant, id, plan) => {
  const follows = plan && isProtocolPlan(plan) ? followsOf(plan) : undefined;
  const patient = idOf(plan?.subject, 'Patient');
  if (!plan || !follows || !patient || plan.status === 'entered-in-error') {
    await sql.query('delete from coordination.plan where tenant_id = $1 and id = $2', [tenant, id]);
    return;
  }
  await sql.query(
    `insert into coordination.plan (tenant_id, id, protocol, version, state, patient_key) values ($1, $2, $3, $4, $5, $6::bigint)
     on conflict (tenant_id, id) do update set protocol = excluded.protocol, version = excluded.version, state = excluded.state, patient_key = excluded.patient_key,
       look = case when coordination.plan.state = excluded.state and coordination.plan.version = excluded.version then coordination.plan.look else '-infinity' end`,
    [tenant, id, follows.id, follows.version, plan.status, String(keyOf(`Patient/${patient}`))],
  );
  await publish(sql, tenant, 'plan.changed', { plan: id, patient });
};

/** How a plan stands; undefined when it is not one of a protocol. */
export const stateOfPlan = async (sql: Sql, tenant: number, plan: string): Promise<string | undefined> =>
  (
    await sql.query<{ state: string }>('select state from coordination.plan where tenant_id = $1 and id = $2', [
      tenant,
      plan,
    ])
  )[0]?.state;

/** The day on which someone must look again; null: nothing is to come. */
export const lookAgain = (sql: Sql, tenant: number, plan: string, day: string | null): Promise<unknown> =>
  sql.query(
    `update coordination.plan set look = coalesce($3::timestamptz, 'infinity') where tenant_id = $1 and id = $2`,
    [tenant, plan, day === null ? null : `${day}T00:00:00Z`],
  );

/** Plans in which a step may have come near, across practices. */
export const plansToLookAt = (sql: Sql, now: Date, most: number): Promise<{ tenant: number; id: string }[]> =>
  sql.query(
    'select tenant_id as tenant, id from coordination.plan where state = $1 and look <= $2::timestamptz order by look, tenant_id, id limit $3',
    ['active', now.toISOString(), most],
  );
