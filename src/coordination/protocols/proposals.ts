import { daysBetween } from '../../record/index.ts';
import type { RunningPlanDetail } from '../contract/running-plans.ts';
import { allProtocols, around, lineOf, type Shelf } from './library.ts';
import { whyItFits } from './proposals.rules.ts';
import type { AtPlans } from './read-plans.ts';

/** Protocols in force that fit this patient and are not followed; of the problems only those that the reader may see. */
export async function proposedFor(shelf: Shelf, at: AtPlans, plans: readonly RunningPlanDetail[]) {
  if (
    !at.entered.rights.see.has('history') ||
    at.entered.patient.deceasedBoolean ||
    at.entered.patient.deceasedDateTime
  )
    return [];
  const conditions = (await at.store.compartment(at.patient, { types: ['Condition'], each: 200 })).map(
    (one) => one.resource,
  );
  const birth = at.entered.patient.birthDate;
  const age = birth ? Math.floor(daysBetween(birth, at.day) / 365.25) : null;
  const all = await allProtocols(at.store);
  const running = new Set(
    plans.filter((plan) => plan.state === 'active' || plan.state === 'on-hold').map((plan) => plan.protocol.id),
  );
  const near = await around(shelf, all);
  return all.flatMap((held) => {
    if (held.definition.status !== 'active' || running.has(held.stored.id)) return [];
    const why = whyItFits(held.model, conditions, age);
    return why ? [{ ...lineOf(shelf, held, near), why }] : [];
  });
}
