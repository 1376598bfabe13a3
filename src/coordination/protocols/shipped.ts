import { FhirProblem, type FhirStore } from '../../fhir/index.ts';
import type { Shipped } from '../data/protocols/index.ts';
import type { Room } from '../room.ts';
import { notGivenYet } from './library.store.ts';
import { planDefinitionOf } from './plan-definition.rules.ts';

/**
 * Puts the protocols that come with the product into a practice that has not had them: once each, whoever asks first. What the practice made of
 * one, or that it withdrew it, stays; a newer edition is offered (`takeShipped`).
 * @param store as the house.
 */
export async function giveShipped(store: FhirStore, shipped: readonly Shipped[], now: Date): Promise<void> {
  const { tenant } = store.caller;
  await store.transaction(async (tx) => {
    const keys = new Set(
      await tx.sql((sql) =>
        notGivenYet(
          sql,
          tenant,
          shipped.map((one) => one.key),
        ),
      ),
    );
    for (const { key, edition, published, model } of shipped.filter((one) => keys.has(one.key))) {
      const definition = planDefinitionOf(model, {
        id: `protocole-${key}`,
        status: 'active',
        edition,
        published,
        now: now.toISOString(),
        note: 'Édition livrée avec le produit.',
        shipped: { key, edition },
      });
      // One that is there without having been noted came in by an import: it is the practice's.
      if (!(await exists(tx, definition.id!))) await tx.create(definition);
    }
  });
}
async function exists(store: FhirStore, id: string): Promise<boolean> {
  try {
    await store.read('PlanDefinition', id);
    return true;
  } catch (error) {
    if (error instanceof FhirProblem && error.status === 404) return false;
    if (error instanceof FhirProblem && error.status === 410) return true;
    throw error;
  }
}

const given = new WeakMap<Room, Map<readonly Shipped[], Set<number>>>();
/** The same, asked of the database once by this process. */
export async function giveShippedOnce(room: Room, tenant: number, shipped: readonly Shipped[]): Promise<void> {
  const known = given.get(room) ?? new Map<readonly Shipped[], Set<number>>();
  given.set(room, known);
  const tenants = known.get(shipped) ?? new Set();
  known.set(shipped, tenants);
  if (tenants.has(tenant)) return;
  await giveShipped(room.house(tenant, 'protocoles livrés avec le produit'), shipped, room.now());
  tenants.add(tenant);
}
